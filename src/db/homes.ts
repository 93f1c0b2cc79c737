import { type Connection, Schema } from 'mongoose';
import type { HomeStore, HomeVisit } from '../services/ports/desks';

type HomeDocument = Omit<HomeVisit, 'user'> & { _id: string };

const homeSchema = new Schema<HomeDocument>(
  { _id: String, at: { type: Date, required: true }, place: String, filters: Schema.Types.Mixed },
  { collection: 'homes', versionKey: false, minimize: false, id: false },
);

const toVisit = ({ _id, filters, ...rest }: HomeDocument): HomeVisit => ({
  user: _id,
  filters: filters ?? {},
  ...rest,
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
      await model.collection.updateOne(
        { _id: user as never },
        { $set: { at, place, ...Object.fromEntries(byTab) } },
        { upsert: true },
      );
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
