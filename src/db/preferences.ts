import { type Connection, Schema } from 'mongoose';
import type { Actor } from '../domain/actor';
import type { Preferences } from '../domain/preferences';
import type { PreferenceStore } from '../services/ports/people';
import { cached } from './cached';

type PreferencesDocument = Preferences & { _id: Actor };

const preferencesSchema = new Schema<PreferencesDocument>(
  { _id: String, by: { type: String, required: true }, quiet: Schema.Types.Mixed },
  { collection: 'preferences', versionKey: false, minimize: false, id: false },
);

/** What people chose, in one database: one small document per person (domain section 8). */
export function preferenceStore(
  connection: Connection,
  now: () => Date,
  onStale: (error: unknown) => void,
): PreferenceStore {
  const model = connection.model<PreferencesDocument>('Preferences', preferencesSchema);
  const recent = cached<ReadonlyMap<Actor, Preferences>>(now, onStale, async () => {
    const found = await model.find().lean<PreferencesDocument[]>().exec();
    return new Map(found.map(({ _id, by, quiet }) => [_id, { by, quiet: quiet ?? null }]));
  });

  return {
    recent: recent.get,
    async save(person, preferences) {
      await model.updateOne({ _id: person }, { $set: preferences }, { upsert: true });
      recent.forget();
    },
    async reset(person) {
      await model.deleteOne({ _id: person });
      recent.forget();
    },
  };
}
