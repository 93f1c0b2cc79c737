import { type Connection, Schema } from 'mongoose';
import type { Cover } from '../domain/cover';
import type { CoverStore, OwingCover } from '../services/ports/people';
import { cached } from './cached';

type CoverDocument = Omit<Cover, 'id'> & { _id: string; owes?: OwingCover['owes'] };

const coverSchema = new Schema<CoverDocument>(
  {
    _id: String,
    person: { type: String, required: true },
    deputy: { type: String, required: true },
    from: { type: Date, required: true },
    until: { type: Date, required: true },
    state: { type: String, required: true },
    calendar: String,
    owes: String,
  },
  { collection: 'covers', versionKey: false, id: false },
);
coverSchema.index({ until: 1, from: 1 });
coverSchema.index({ owes: 1 }, { sparse: true });

const toCover = ({ _id, owes: _o, ...rest }: CoverDocument): Cover => ({ id: _id, ...rest });

/** Who covers for whom, in one database (domain section 7). */
export function coverStore(
  connection: Connection,
  now: () => Date,
  onStale: (error: unknown) => void,
): CoverStore & { ensureIndexes(): Promise<void> } {
  const model = connection.model<CoverDocument>('Cover', coverSchema);
  const read = async () => {
    const found = await model
      .find({ until: { $gt: now() } })
      .sort({ until: 1, from: 1 })
      .lean<CoverDocument[]>()
      .exec();
    return found.map(toCover);
  };
  const recent = cached<readonly Cover[]>(now, onStale, read);
  const byId = async (id: string) => {
    const found = await model.findById(id).lean<CoverDocument>().exec();
    return found && toCover(found);
  };

  return {
    async ensureIndexes() {
      await model.createIndexes();
    },
    recent: recent.get,
    notOver: read,
    byId,
    async ask({ id, ...cover }) {
      await model.updateOne({ _id: id }, { $setOnInsert: { ...cover, owes: 'state' } }, { upsert: true });
      recent.forget();
    },
    async settle(id, from, to) {
      const { modifiedCount } = await model.updateOne(
        { _id: id, state: { $in: [...from] } },
        { $set: { state: to, owes: 'state' } },
      );
      recent.forget();
      return modifiedCount === 1;
    },
    async shorten(id, { from, until }) {
      const { modifiedCount } = await model.updateOne(
        { _id: id, state: 'accepted' },
        { $set: { from, until, owes: 'days' } },
      );
      recent.forget();
      return modifiedCount === 1;
    },
    async owing(limit) {
      const found = await model
        .find({ owes: { $type: 'string' } })
        .limit(limit)
        .lean<CoverDocument[]>()
        .exec();
      return found.map((document) => ({ cover: toCover(document), owes: document.owes ?? 'state' }));
    },
    async told({ id, state, from, until }) {
      await model.updateOne({ _id: id, state, from, until }, { $unset: { owes: '' } });
    },
  };
}
