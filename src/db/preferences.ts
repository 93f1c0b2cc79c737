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

const chosenIn = ({ by, quiet }: PreferencesDocument): Preferences => ({ by, quiet: quiet ?? null });

/** What people chose, in one database: one small document per person (domain section 8). */
export function preferenceStore(
  connection: Connection,
  now: () => Date,
  onStale: (error: unknown) => void,
): PreferenceStore {
  const model = connection.model<PreferencesDocument>('Preferences', preferencesSchema);
  const recent = cached<ReadonlyMap<Actor, Preferences>>(now, onStale, async () => {
    const found = await model.find().lean<PreferencesDocument[]>().exec();
    return new Map(found.map((one) => [one._id, chosenIn(one)]));
  });

  return {
    recent: recent.get,
    async of(person) {
      const found = await model.findOne({ _id: person }).lean<PreferencesDocument>().exec();
      return found && chosenIn(found);
    },
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
