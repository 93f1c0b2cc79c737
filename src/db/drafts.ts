import { type Connection, Schema } from 'mongoose';
import type { Draft, DraftStore } from '../services/ports';

type DraftDocument = Draft & { _id: string };

const { Mixed } = Schema.Types;
const draftSchema = new Schema<DraftDocument>(
  {
    _id: String,
    user: { type: String, required: true },
    kind: { type: String, required: true },
    startedAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    answers: Mixed,
    metadata: String,
  },
  { collection: 'drafts', versionKey: false, minimize: false, id: false },
);
// For the job that purges what is older than a draft's life.
draftSchema.index({ updatedAt: 1 });

/** The drafts of one database, one document for a person and a form. An emptied one stays until it is purged. */
export function draftStore(connection: Connection): DraftStore & { ensureIndexes(): Promise<void> } {
  const model = connection.model<DraftDocument>('Draft', draftSchema);

  return {
    async ensureIndexes() {
      await model.createIndexes();
    },

    async find(user, kind) {
      const found = await model.collection.findOne<DraftDocument>({ _id: `${user}:${kind}` } as never);
      if (!found || Object.keys(found.answers).length === 0) return null;
      const { _id, ...draft } = found;
      return draft;
    },

    async save(draft) {
      try {
        await model.collection.updateOne(
          { _id: `${draft.user}:${draft.kind}`, updatedAt: { $lte: draft.updatedAt } } as never,
          { $set: { ...draft } },
          { upsert: true },
        );
      } catch (error) {
        // The document is there and newer: the filter missed it, and the upsert met its id.
        if ((error as { code?: unknown }).code !== 11000) throw error;
      }
    },
  };
}
