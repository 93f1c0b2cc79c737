import { type Connection, Schema } from 'mongoose';
import type { ContactAttempt } from '../domain/contact-rule';
import type { ContactStore } from '../services/ports/records';
import { isDuplicateKey } from './duplicate-key';

type ContactDocument = ContactAttempt & { _id: string };

const contactSchema = new Schema<ContactDocument>(
  {
    _id: String,
    sj: { type: String, required: true },
    at: { type: Date, required: true },
    by: { type: String, required: true },
    reached: { type: Boolean, required: true },
    resolved: Boolean,
    outcome: String,
    voicemail: Boolean,
    noteOnJob: Boolean,
    publicWithEmail: Boolean,
  },
  { collection: 'contacts', versionKey: false, id: false },
);
contactSchema.index({ sj: 1, at: 1 });
contactSchema.index({ at: 1 });

/** Attempts to contact SPs, one document each, never edited (domain section 6). */
export function contactStore(connection: Connection): ContactStore & { ensureIndexes(): Promise<void> } {
  const model = connection.model<ContactDocument>('Contact', contactSchema);
  const byId = async (id: string): Promise<ContactAttempt | null> => {
    const found = await model.findById(id).lean().exec();
    if (!found) return null;
    const { _id, ...attempt } = found;
    return attempt;
  };
  return {
    byId,
    async ensureIndexes() {
      await model.createIndexes();
    },
    async add(id, attempt) {
      try {
        await model.collection.insertOne({ _id: id, ...attempt } as never);
        return attempt;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        return (await byId(id)) ?? attempt;
      }
    },
    async ofSj(sj) {
      const found = await model.find({ sj }).sort({ at: 1 }).lean().exec();
      return found.map(({ _id, ...attempt }) => attempt);
    },
  };
}
