import { type Connection, Schema } from 'mongoose';
import type { HomeStore, HomeVisit } from '../services/ports/desks';

type HomeDocument = Omit<HomeVisit, 'user'> & {
  _id: string;
  /** How many drawings began, and the newest that reached Slack. */
  draws?: number;
  reached?: number;
};

const homeSchema = new Schema<HomeDocument>(
  {
    _id: String,
    at: { type: Date, required: true },
    place: String,
    filters: Schema.Types.Mixed,
    draws: Number,
    reached: Number,
  },
  { collection: 'homes', versionKey: false, minimize: false, id: false },
);

const toVisit = ({ _id, filters, at, place }: HomeDocument): HomeVisit => ({
  user: _id,
  filters: filters ?? {},
  at,
  place,
});

/** Where people are on Home, in one database: one small document per person. */
export function homeStore(connection: Connection): HomeStore {
  const model = connection.model<HomeDocument>('Home', homeSchema);
  return {
    async find(user) {
      const found = await model.findById(user).lean<HomeDocument>().exec();
      return found && toVisit(found);
    },
    async keep({ user, at, place, filters }) {
      const byTab = Object.entries(filters).map(([tab, kept]) => [`filters.${tab}`, kept]);
      const kept = await model
        .findOneAndUpdate(
          { _id: user },
          { $set: { at, place, ...Object.fromEntries(byTab) }, $inc: { draws: 1 } },
          { upsert: true, returnDocument: 'after' },
        )
        .lean<HomeDocument>()
        .exec();
      return kept?.draws ?? 0;
    },
    async redraws(user) {
      const found = await model
        .findOneAndUpdate({ _id: user }, { $inc: { draws: 1 } }, { returnDocument: 'after' })
        .lean<HomeDocument>()
        .exec();
      return found && { place: found.place, number: found.draws ?? 0 };
    },
    async reached(user, number) {
      const before = await model
        .findOneAndUpdate({ _id: user }, { $max: { reached: number } }, { returnDocument: 'before' })
        .lean<HomeDocument>()
        .exec();
      return before && { place: before.place, newest: before.reached ?? 0 };
    },
    async lately(users, since) {
      const found = await model
        .find({ _id: { $in: [...users] }, at: { $gte: since } })
        .lean<HomeDocument[]>()
        .exec();
      return found.map(toVisit);
    },
  };
}
