import { type Connection, Schema } from 'mongoose';
import type { WarmTransfer } from '../domain/transfer';
import type { TransferStore } from '../services/ports/records';

type TransferDocument = Omit<WarmTransfer, 'id'> & { _id: string };

const transferSchema = new Schema<TransferDocument>(
  {
    _id: String,
    agent: { type: String, required: true },
    sp: { type: String, default: '' },
    sj: { type: String, default: '' },
    askedAt: { type: Date, required: true },
    claimedBy: { type: String, default: null },
    claimedAt: { type: Date, default: null },
  },
  { collection: 'transfers', versionKey: false, id: false },
);
transferSchema.index({ askedAt: 1 });

/** The warm transfers that agents requested, in one database (domain section 5). */
export function transferStore(connection: Connection): TransferStore & { ensureIndexes(): Promise<void> } {
  const model = connection.model<TransferDocument>('Transfer', transferSchema);
  const byId = async (id: string): Promise<WarmTransfer | null> => {
    const found = await model.findById(id).lean<TransferDocument>().exec();
    if (!found) return null;
    const { _id, ...rest } = found;
    return { id: _id, ...rest };
  };

  return {
    async ensureIndexes() {
      await model.createIndexes();
    },
    async ask({ id, ...transfer }) {
      const { upsertedCount } = await model.updateOne({ _id: id }, { $setOnInsert: transfer }, { upsert: true });
      return upsertedCount === 1;
    },
    async withdraw(id) {
      await model.deleteOne({ _id: id });
    },
    byId,
    async claim(id, by, at) {
      await model.updateOne({ _id: id, claimedBy: null }, { $set: { claimedBy: by, claimedAt: at } });
      return byId(id);
    },
  };
}
