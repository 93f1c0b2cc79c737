import { randomUUID } from 'node:crypto';
import { type Connection, Schema } from 'mongoose';
import type { Read, ReadFilter } from '../domain/reads';
import type { AccessLog } from '../services/ports/people';

type ReadDocument = Read & { _id: string };

const readSchema = new Schema<ReadDocument>(
  {
    _id: String,
    who: { type: String, required: true },
    ref: String,
    how: { type: String, required: true },
    by: String,
    hours: Number,
    event: Number,
    at: { type: Date, required: true },
    right: String,
    grant: Schema.Types.Mixed,
  },
  { collection: 'access_log', versionKey: false, id: false },
);
// Queries: who has read this case, what this person has read, what was read on these days.
readSchema.index({ ref: 1, at: 1 });
readSchema.index({ who: 1, at: 1 });
readSchema.index({ who: 1, ref: 1, at: 1 });
readSchema.index({ at: 1 });
// Access changes have their own retention.
readSchema.index({ how: 1, at: 1 });

/** The access log of one database: one document per read, never edited (domain section 10). */
export function accessLog(connection: Connection): AccessLog & { ensureIndexes(): Promise<void> } {
  const model = connection.model<ReadDocument>('Read', readSchema);
  return {
    async ensureIndexes() {
      await model.createIndexes();
    },
    async add(reads) {
      await model.insertMany(reads.map((read) => ({ _id: randomUUID(), ...read })));
    },
    async keep(id, read) {
      await model.collection.updateOne({ _id: id as never }, { $setOnInsert: read }, { upsert: true });
    },
    page: (filter, { skip, limit }) =>
      model.find(asked(filter), { _id: 0 }).sort({ at: -1 }).skip(skip).limit(limit).lean<Read[]>().exec(),
    count: (filter, atMost) => model.countDocuments(asked(filter), { limit: atMost }),
  };
}

const asked = ({ who, ref, since }: ReadFilter) => ({
  ...(who && { who }),
  ...(ref && { ref }),
  ...(since && { at: { $gte: since } }),
});
