import { type Connection, mongo } from 'mongoose';
import { wordsOf } from '../domain/words';
import type { CaseRow } from '../services/ports/cases';
import type { CaseSearch } from '../services/ports/search';
import { type CaseDocument, caseSchema, RECORD, withinBounds } from './case-document';
import { filtersOf } from './case-filters';
import { caseHistory } from './case-history';
import { NEWEST_FIRST } from './case-lists';
import { casePages, wayOf } from './case-pages';
import { filterOf } from './case-query';

const BATCH = 500;
/** Only what a row needs, so that nothing else is fetched and decoded. */
const ROW: Readonly<Record<keyof CaseRow, 1>> = {
  ref: 1,
  kind: 1,
  state: 1,
  severity: 1,
  title: 1,
  tone: 1,
  codes: 1,
  sp: 1,
  sj: 1,
  area: 1,
  owner: 1,
  reporter: 1,
  filedAt: 1,
  acknowledged: 1,
  resolution: 1,
  reopened: 1,
  contacts: 1,
  notes: 1,
  totals: 1,
  answers: 1,
  subjects: 1,
  followers: 1,
  marks: 1,
};
/** Larger batches move the driver's bookkeeping to V8's old space, which is collected late: memory would grow. */
const ROWS_AT_ONCE = 100;
const MOST_BATCHES = 20;

/** Searches over the cases of one database, each by an index that returns the newest first. */
export function caseSearch(connection: Connection, now: () => Date): CaseSearch {
  const model = connection.model<CaseDocument>('Case', caseSchema);
  const history = caseHistory(connection);

  return {
    ...casePages(model, now),

    async *stream(query) {
      // As bytes: when the driver decodes by itself, it leaves a copy of the cursor's options for each document.
      const { how } = await wayOf(model, query);
      const filter = filterOf(await filtersOf(model), query, how(query.filedFrom));
      const cursor = model.collection.find<Buffer>(filter, {
        projection: { _id: 0, ...ROW },
        sort: NEWEST_FIRST,
        batchSize: ROWS_AT_ONCE,
        raw: true,
      });
      for await (const bytes of cursor)
        yield withinBounds({ links: [], ...(mongo.BSON.deserialize(bytes) as CaseRow) });
    },

    async *histories({ from, to }, notAbout, only = null) {
      const { keyed } = await filtersOf(model);
      const cursor = model
        .find(
          {
            filedAt: { $gte: from, $lt: to },
            subjects: { $ne: notAbout },
            ...(only && { ...keyed('area', ...only.areas), kind: { $in: [...only.kinds] } }),
          },
          { kind: 1, area: 1, events: 1 },
        )
        .lean<CaseDocument>()
        .cursor({ batchSize: BATCH });
      for await (const { _id, kind, area, events } of cursor)
        yield { kind, area, events: history.all({ id: _id, events }) };
    },

    async fillWords() {
      let filled = 0;
      for (let batch = 0; batch < MOST_BATCHES; batch++) {
        const lacking = await model
          .find({ words: null }, { ...RECORD, posts: 0 })
          .limit(BATCH)
          .lean<CaseDocument[]>()
          .exec();
        if (!lacking.length) break;
        const { modifiedCount } = await model.collection.bulkWrite(
          lacking.map((document) => ({
            // Whatever saved it meanwhile has derived its words.
            updateOne: {
              filter: { _id: document._id as never, words: null },
              update: { $set: { words: wordsOf(document) } },
            },
          })),
          { ordered: false },
        );
        filled += modifiedCount;
      }
      return filled;
    },
  };
}
