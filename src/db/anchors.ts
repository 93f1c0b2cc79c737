import { type Connection, Schema } from 'mongoose';
import type { Anchor, Anchors, Head } from '../services/ports/proof';
import { isDuplicateKey } from './duplicate-key';

type AnchorDocument = Omit<Anchor, 'number'> & {
  _id: number;
  /** Which heads it was made of. */
  attempt: string;
};
/** A head, stored once for each attempt at an anchor. */
type HeadDocument = Head & { _id: string; attempt: string };

const anchorSchema = new Schema<AnchorDocument>(
  {
    _id: Number,
    at: { type: Date, required: true },
    previous: String,
    digest: { type: String, required: true },
    hash: { type: String, required: true },
    cases: Number,
    attempt: { type: String, required: true },
  },
  { collection: 'anchors', versionKey: false, id: false },
);
const headSchema = new Schema<HeadDocument>(
  { _id: String, attempt: { type: String, required: true }, caseId: String, seq: Number, hash: String },
  { collection: 'anchor_heads', versionKey: false, id: false },
);
// Queries: an anchor's heads by case, and all anchors of a case.
headSchema.index({ attempt: 1, caseId: 1 });
headSchema.index({ caseId: 1, attempt: 1 });

const PAGE = 500;

/** The anchors of one database. */
export function anchorStore(connection: Connection): Anchors & { ensureIndexes(): Promise<void> } {
  const anchors = connection.model<AnchorDocument>('Anchor', anchorSchema);
  const heads = connection.model<HeadDocument>('AnchorHead', headSchema);
  return {
    async ensureIndexes() {
      await heads.createIndexes();
    },
    async newest(by) {
      const found = await anchors
        .findOne(by ? { at: { $lte: by } } : {})
        .sort({ _id: -1 })
        .lean<AnchorDocument>()
        .exec();
      return found && anchorOf(found);
    },
    all: () => pages(anchors.find().sort({ _id: 1 }).lean<AnchorDocument[]>().cursor({ batchSize: PAGE }), anchorOf),
    async of(caseIds) {
      const found = await heads
        .find({ caseId: { $in: caseIds } })
        .lean<HeadDocument[]>()
        .exec();
      const attempts = [...new Set(found.map(({ attempt }) => attempt))];
      const made = await anchors
        .find({ attempt: { $in: attempts } }, { attempt: 1 })
        .lean<AnchorDocument[]>()
        .exec();
      const numbers = new Map(made.map(({ attempt, _id }) => [attempt, _id]));
      const byCase = new Map<string, (Head & { number: number })[]>();
      for (const { caseId, seq, hash, attempt } of found) {
        const number = numbers.get(attempt);
        if (number !== undefined) byCase.set(caseId, [...(byCase.get(caseId) ?? []), { caseId, seq, hash, number }]);
      }
      return byCase;
    },
    async keep(attempt, kept) {
      // A case that changes while the heads are read comes again with its newer head.
      const writes = kept.map((head) => ({
        updateOne: {
          filter: { _id: `${attempt}:${head.caseId}` },
          update: { $set: { attempt, ...head } },
          upsert: true,
        },
      }));
      await heads.collection.bulkWrite(writes as never[], { ordered: false });
    },
    heads: (attempt) =>
      pages(
        heads.find({ attempt }).sort({ caseId: 1 }).lean<HeadDocument[]>().cursor({ batchSize: PAGE }),
        ({ caseId, seq, hash }): Head => ({ caseId, seq, hash }),
      ),
    async add(attempt, { number, ...anchor }) {
      try {
        await anchors.collection.insertOne({ _id: number, ...anchor, attempt } as never);
        return true;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        await heads.deleteMany({ attempt });
        return false;
      }
    },
  };
}

const anchorOf = ({ _id, at, previous, digest, hash, cases }: AnchorDocument): Anchor => ({
  number: _id,
  at,
  previous,
  digest,
  hash,
  cases,
});

/** A cursor's results, in pages. */
async function* pages<Found, Item>(found: AsyncIterable<Found>, itemOf: (one: Found) => Item) {
  let page: Item[] = [];
  for await (const one of found) {
    page.push(itemOf(one));
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length) yield page;
}
