import type { Connection, Model } from 'mongoose';
import type { DigestCase } from '../domain/digest';
import type { WatchedCase } from '../domain/patterns';
import type { CaseReports } from '../services/ports/reports';
import { inBatches } from './batch';
import { type CaseDocument, caseSchema, firstAnswer } from './case-document';
import { askingBy, type By, filtersOf } from './case-filters';
import { type TombstoneDocument, tombstonesOf } from './tombstones';

/** The queries of digests, reports and repeat rules in one database: projections over indexed queries. */
export function caseReports(connection: Connection): CaseReports {
  const model = connection.model<CaseDocument>('Case', caseSchema);
  const by = askingBy(model);
  const digestCases = (filter: object, options: object = {}) =>
    model.find(filter, DIGEST, options).lean<DigestCase[]>().exec();

  return {
    openIn: (area) =>
      // The index sorts them by due time, and they are few enough to sort here.
      by(async ({ onDesk }) => (await digestCases(onDesk('area', area))).sort((a, b) => +a.filedAt - +b.filedAt)),
    praiseIn: (area, since) =>
      by(({ keyed }) =>
        digestCases({ ...keyed('praise', area), filedAt: { $gte: since }, tone: 'positive' }, { sort: OLDEST_FIRST }),
      ),
    inState: (state, limit) =>
      by(({ keyed }) => digestCases({ ...keyed('state', state), isOpen: true }, { sort: OLDEST_FIRST, limit })),
    unrouted: (limit) => by(({ onDesk }) => digestCases(onDesk('unrouted', 'yes'), { limit })),
    hasOpen: (area) => by(async ({ onDesk }) => (await model.exists(onDesk('area', area))) !== null),
    hasAny: async () => (await model.exists({})) !== null,
    async dead(limit) {
      const found = await model
        .find({ hasDead: true }, { ref: 1, subjects: 1, outbox: 1 })
        .sort({ changedAt: -1 })
        .limit(limit)
        .lean<Pick<CaseDocument, 'ref' | 'subjects' | 'outbox'>[]>()
        .exec();
      return found.flatMap(({ ref, subjects, outbox }) =>
        outbox.flatMap(({ lane, dead }) => (dead === null ? [] : [{ ref, subjects, to: lane, fault: dead }])),
      );
    },
    async *reported(area, since, week) {
      const { keyed, ended } = await filtersOf(model);
      const filter = {
        $or: [
          {
            ...(area === null ? keyed('no_area', 'yes') : keyed('area', area)),
            filedAt: { $gte: since, $lt: week.to },
          },
          {
            ...(area === null ? ended('no_area', 'yes') : ended('area', area)),
            'resolution.at': { $gte: week.from, $lt: week.to },
          },
        ],
      };
      const found = model.find(filter, REPORT).lean<CaseDocument>().cursor({ batchSize: 500 });
      for await (const { totals, events, ...one } of found) yield totals ? one : { ...one, ...firstAnswer(events) };
    },
    ...watchReports(model, tombstonesOf(connection), by),
  };
}

/** What the repeat rules read and store. */
function watchReports(model: Model<CaseDocument>, tombstones: Model<TombstoneDocument>, by: By) {
  // Cases filed at the same time each look at their SP: they share round trips.
  const watchedOf = inBatches<{ readonly account: string; readonly since: Date }, WatchedCase[]>((asked) =>
    by(async ({ keyed }) => {
      const accounts = [...new Set(asked.map(({ account }) => account))];
      const since = new Date(Math.min(...asked.map((one) => +one.since)));
      const found = await model
        .find({ ...keyed('sp', ...accounts), filedAt: { $gte: since } }, WATCHED)
        .lean<WatchedCase[]>()
        .exec();
      return asked.map((one) => found.filter(({ sp, filedAt }) => sp.account === one.account && filedAt >= one.since));
    }),
  );
  const watched = inBatches<readonly string[], void>(async (ids) => {
    await model.collection.updateMany(
      { _id: { $in: ids.flat() as never[] } },
      { $unset: { unwatched: '', untold: '' } },
    );
    return ids.map(() => undefined);
  });

  return {
    async unwatched(limit) {
      const found = await model
        .find({ unwatched: true }, { kind: 1, reporter: 1, sp: 1, filedAt: 1, untold: 1 })
        // By the whole index: by the day alone, an engine may use the one of all cases.
        .sort({ unwatched: 1, filedAt: 1, _id: 1 })
        .limit(limit)
        .lean<Pick<CaseDocument, '_id' | 'kind' | 'reporter' | 'sp' | 'filedAt' | 'untold'>[]>()
        .exec();
      return found.map(({ _id, untold = null, ...facts }) => ({ id: _id, untold, ...facts }));
    },
    watched,
    async told(id) {
      await model.collection.updateOne({ _id: id as never }, { $unset: { untold: '' } });
    },
    watchedOf: (account, since) => watchedOf({ account, since }),
    async raisedFor(prefix) {
      const range = { _id: { $gte: prefix, $lt: `${prefix}\uffff` } };
      const [found, deleted] = await Promise.all([
        model.find(range, { links: 1, filedAt: 1 }).lean<Pick<CaseDocument, '_id' | 'links' | 'filedAt'>[]>().exec(),
        // Their ids are taken, too: another case under one of them would continue a deleted record.
        tombstones.find(range, { filedAt: 1 }).lean<{ _id: string; filedAt: Date }[]>().exec(),
      ]);
      const known = new Map([...deleted.map((one) => ({ ...one, links: [] })), ...found].map((one) => [one._id, one]));
      return [...known.values()].map(({ _id, links, filedAt }) => ({ id: _id, links, filedAt }));
    },
  } satisfies Partial<CaseReports>;
}

const OLDEST_FIRST = { filedAt: 1, _id: 1 } as const;
const DIGEST = {
  ref: 1,
  kind: 1,
  state: 1,
  title: 1,
  sp: 1,
  severity: 1,
  tone: 1,
  area: 1,
  owner: 1,
  filedAt: 1,
  handedAt: 1,
  clocks: 1,
  subjects: 1,
  unrouted: 1,
  posts: 1,
} as const;
const REPORT = {
  kind: 1,
  state: 1,
  tone: 1,
  title: 1,
  codes: 1,
  sp: 1,
  filedAt: 1,
  resolution: 1,
  area: 1,
  firstAcknowledged: 1,
  'clocks.name': 1,
  'clocks.dueAt': 1,
  // For older cases without it, the history says when.
  totals: 1,
  'events.type': 1,
  'events.at': 1,
} as const;
const WATCHED = { ref: 1, kind: 1, state: 1, tone: 1, severity: 1, filedAt: 1, sp: 1, reporter: 1 } as const;
