import { type Connection, Schema } from 'mongoose';
import type { ConfigEvent } from '../domain/configuration';
import type { HistoryFilter } from '../services/ports/directory';

/** `before` and `after` are JSON text: their keys may contain dots, which field names may not. */
interface EventDocument extends Omit<ConfigEvent, 'id' | 'before' | 'after'> {
  readonly _id: string;
  readonly before: string | null;
  readonly after: string | null;
}
const schema = new Schema<EventDocument>(
  {
    _id: String,
    at: { type: Date, required: true },
    by: { type: String, required: true },
    what: { type: String, required: true },
    key: { type: String, required: true },
    version: Number,
    before: String,
    after: String,
    tally: Schema.Types.Mixed,
  },
  { collection: 'config_events', versionKey: false, minimize: false, id: false },
);
schema.index({ at: -1 });
schema.index({ what: 1, at: -1 });
schema.index({ what: 1, key: 1, at: -1 });
schema.index({ by: 1, at: -1 });
schema.index({ by: 1, what: 1, at: -1 });

/** The configuration changes of one database: appended, never edited. */
export function configHistory(connection: Connection) {
  const model = connection.model<EventDocument>('ConfigEvent', schema);
  return {
    ensureIndexes: () => model.createIndexes(),
    /** Repeating it changes nothing. */
    async add(event: ConfigEvent): Promise<void> {
      const { _id, ...rest } = documentOf(event);
      await model.updateOne({ _id }, { $setOnInsert: rest }, { upsert: true });
    },
    /** Repeating it changes only what an import has counted so far. */
    async put(event: ConfigEvent): Promise<void> {
      const { _id, tally, ...rest } = documentOf(event);
      await model.updateOne({ _id }, { $set: { tally }, $setOnInsert: rest }, { upsert: true });
    },
    async byId(id: string): Promise<ConfigEvent | null> {
      const found = await model.findById(id).lean<EventDocument>().exec();
      return found && eventOf(found);
    },
    async page(filter: HistoryFilter, { skip, limit }: { skip: number; limit: number }): Promise<ConfigEvent[]> {
      const query = model.find({ ...filter }).sort({ at: -1 });
      const found = await query.skip(skip).limit(limit).lean<EventDocument[]>().exec();
      return found.map(eventOf);
    },
    count: (filter: HistoryFilter, atMost: number): Promise<number> =>
      model.countDocuments({ ...filter }, { limit: atMost }),
    authors: (): Promise<string[]> => model.distinct('by').exec(),
  };
}

const text = (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value));
const documentOf = ({ id, at, by, what, key, version, before, after, tally }: ConfigEvent): EventDocument => ({
  _id: id,
  at,
  by,
  what,
  key,
  version,
  before: text(before),
  after: text(after),
  tally,
});
const value = (json: string | null): unknown => (json === null ? null : JSON.parse(json));
const eventOf = ({ _id, at, by, what, key, version, before, after, tally }: EventDocument): ConfigEvent => ({
  id: _id,
  at,
  by,
  what,
  key,
  version,
  before: value(before),
  after: value(after),
  tally,
});
