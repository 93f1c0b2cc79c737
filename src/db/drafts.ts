import { type Connection, mongo, Schema } from 'mongoose';
import { CLOCKS_DIFFER_MS } from '../domain/clocks';
import type { Draft, DraftStore } from '../services/ports/people';
import { inBatches } from './batch';

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
    submitted: Mixed,
    filed: String,
    again: Mixed,
  },
  { collection: 'drafts', versionKey: false, minimize: false, id: false },
);
// For the job that purges old drafts.
draftSchema.index({ updatedAt: 1 });

/**
 * Writes a draft unless there is a newer one, or its window was filed. One that is newer by minutes came from a clock
 * that was ahead, because no write is that late.
 */
const unlessNewer = ({ window, ...draft }: Draft) => {
  const beyond = new Date(+draft.updatedAt + CLOCKS_DIFFER_MS);
  const older = [{ updatedAt: { $lte: draft.updatedAt } }, { updatedAt: { $gt: beyond } }];
  return {
    updateOne: {
      filter: {
        _id: `${draft.user}:${draft.kind}`,
        $or: older,
        ...(window === undefined ? {} : { filed: { $ne: window } }),
      } as never,
      update: { $set: { ...draft } },
      upsert: true,
    },
  };
};

/** The drafts of one database, one document per person and form. An emptied one stays until it is purged. */
export function draftStore(connection: Connection): DraftStore & { ensureIndexes(): Promise<void> } {
  const model = connection.model<DraftDocument>('Draft', draftSchema);

  const find = inBatches<string, DraftDocument | null>(async (ids) => {
    const found = await model.collection.find<DraftDocument>({ _id: { $in: ids } } as never).toArray();
    const byId = new Map(found.map((document) => [document._id, document]));
    return ids.map((id) => byId.get(id) ?? null);
  });
  const save = inBatches<Draft, void>(async (drafts) => {
    try {
      await model.collection.bulkWrite(drafts.map(unlessNewer), { ordered: false });
    } catch (error) {
      // If there is a newer document, or its window was filed, the filter missed it and the upsert hit its id.
      const bulk = error instanceof mongo.MongoBulkWriteError ? [error.writeErrors].flat() : [];
      const faults = new Map(bulk.filter(({ code }) => code !== 11000).map((fault) => [fault.index, fault]));
      if (bulk.length === 0) throw error;
      return drafts.map((_, i) => {
        const fault = faults.get(i);
        return fault ? new Error(fault.errmsg ?? 'a draft was not kept') : undefined;
      });
    }
    return drafts.map(() => undefined);
  });

  return {
    async ensureIndexes() {
      await model.createIndexes();
    },

    async find(user, kind) {
      const found = await find(`${user}:${kind}`);
      if (!found) return null;
      const { _id, ...draft } = found;
      return draft;
    },

    save: (draft) => save(draft),
  };
}
