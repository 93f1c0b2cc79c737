import { type Connection, Schema } from 'mongoose';
import type { HeardUntil } from '../services/ports/watch';

const heardSchema = new Schema<{ _id: string; at: Date }>(
  { _id: String, at: { type: Date, required: true } },
  { collection: 'heard_until', versionKey: false, id: false },
);
const SLACK = 'slack';

/** One small document for all instances. */
export function heardUntilStore(connection: Connection): HeardUntil {
  const model = connection.model('HeardUntil', heardSchema);
  return {
    get: async () => (await model.findById(SLACK).lean().exec())?.at ?? null,
    set: async (at) => void (await model.updateOne({ _id: SLACK }, { $set: { at } }, { upsert: true })),
  };
}
