import { type Connection, type Model, Schema } from 'mongoose';
import type { Head, Records } from '../services/ports/proof';
import { type CaseDocument, caseSchema, toStored } from './case-document';

/** How far the round of checks has come. */
interface RoundDocument {
  _id: 'round';
  after: string;
}
const roundSchema = new Schema<RoundDocument>(
  { _id: String, after: { type: String, required: true } },
  { collection: 'record_checks', versionKey: false },
);

/** So many heads are read at once. */
const PAGE = 500;

/** All cases of one database, as records that are checked, anchored and exported. */
export function recordStore(connection: Connection): Records {
  const cases: Model<CaseDocument> = connection.models.Case ?? connection.model<CaseDocument>('Case', caseSchema);
  const rounds = connection.model<RoundDocument>('RecordCheck', roundSchema);
  const page = async (afterId: string | null, limit: number) =>
    (
      await cases
        .find({ _id: { $gt: afterId ?? '' } })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<CaseDocument[]>()
        .exec()
    ).map(toStored);

  return {
    page,
    about: () => cases.estimatedDocumentCount().exec(),

    async claim(limit) {
      const after = (await rounds.findById('round').lean<RoundDocument>().exec())?.after ?? '';
      const claimed = await page(after, limit);
      const next = claimed.length < limit ? '' : (claimed.at(-1)?.id ?? '');
      // Whoever reads the same place at the same time checks the same cases: twice does no harm.
      await rounds.collection.updateOne({ _id: 'round' as never }, { $set: { after: next } }, { upsert: true });
      return claimed;
    },

    async *heads(after) {
      const found = cases
        .find({ hasDead: { $in: [true, false] }, changedAt: { $gt: after } }, { seq: 1, events: { $slice: -1 } })
        .lean<Pick<CaseDocument, '_id' | 'seq' | 'events'>[]>()
        .cursor({ batchSize: PAGE });
      let heads: Head[] = [];
      for await (const { _id, seq, events } of found) {
        heads.push({ caseId: _id, seq, hash: events[0]?.hash ?? '' });
        if (heads.length < PAGE) continue;
        yield heads;
        heads = [];
      }
      if (heads.length) yield heads;
    },
  };
}
