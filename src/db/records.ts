import { type Connection, type Model, Schema } from 'mongoose';
import type { Head, Records } from '../services/ports/proof';
import type { Provable } from '../services/ports/retention';
import { type CaseDocument, caseSchema, toStored } from './case-document';
import { type TombstoneDocument, tombstonesOf, toTombstone } from './tombstones';

/** The progress of the round of checks. */
interface RoundDocument {
  _id: 'round';
  after: string;
}
const roundSchema = new Schema<RoundDocument>(
  { _id: String, after: { type: String, required: true } },
  { collection: 'record_checks', versionKey: false },
);

/** How many heads are read at once. */
const PAGE = 500;

/** All cases of one database, as records to check, anchor and export. */
export function recordStore(connection: Connection): Records {
  const cases: Model<CaseDocument> = connection.models.Case ?? connection.model<CaseDocument>('Case', caseSchema);
  const rounds = connection.model<RoundDocument>('RecordCheck', roundSchema);
  const tombstones = tombstonesOf(connection);
  const page = async (afterId: string | null, limit: number): Promise<readonly Provable[]> => {
    const after = { _id: { $gt: afterId ?? '' } };
    // Cases first: one deleted between the two reads is then in both, never in none.
    const found = await cases.find(after).sort({ _id: 1 }).limit(limit).lean<CaseDocument[]>().exec();
    const buried = await tombstones.find(after).sort({ _id: 1 }).limit(limit).lean<TombstoneDocument[]>().exec();
    return inOrder(found.map(toStored), buried.map(toTombstone)).slice(0, limit);
  };

  return {
    page,
    about: async () =>
      (await cases.estimatedDocumentCount().exec()) + (await tombstones.estimatedDocumentCount().exec()),
    async byRef(ref) {
      const found = await cases.findOne({ ref }).lean<CaseDocument>().exec();
      if (found) return toStored(found);
      const buried = await tombstones.findOne({ ref }).lean<TombstoneDocument>().exec();
      return buried && toTombstone(buried);
    },

    async claim(limit) {
      const after = (await rounds.findById('round').lean<RoundDocument>().exec())?.after ?? '';
      const claimed = await page(after, limit);
      const next = claimed.length < limit ? '' : (claimed.at(-1)?.id ?? '');
      // Another instance that reads the same position at the same time checks the same cases, which is harmless.
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

/** Both by id. A case that is still there counts, whatever its deletion has left so far. */
function inOrder(cases: readonly Provable[], tombstones: readonly Provable[]): Provable[] {
  const alive = new Set(cases.map(({ id }) => id));
  const all = [...cases, ...tombstones.filter(({ id }) => !alive.has(id))];
  return all.sort((a, b) => (a.id < b.id ? -1 : 1));
}
