import { type Connection, Schema } from 'mongoose';
import { METRIC_NAMES, type SpMetrics } from '../domain/sp-metrics';
import type { SpMetricsStore } from '../services/ports/records';

/** One period of one SP; its id is `account:period`, so that an SP's newest come in order from the index of ids. */
type MetricsDocument = SpMetrics & { _id: string; importedAt: Date; importedBy: string };

const metricsSchema = new Schema<MetricsDocument>(
  {
    _id: String,
    account: { type: String, required: true },
    period: { type: String, required: true },
    values: { type: Schema.Types.Mixed, required: true },
    importedAt: Date,
    importedBy: String,
  },
  { collection: 'sp_metrics', versionKey: false, id: false, minimize: false },
);

const idOf = ({ account, period }: SpMetrics) => `${account}:${period}`;

/** The imported metrics of one database. */
export function spMetricsStore(connection: Connection): SpMetricsStore {
  const model = connection.model<MetricsDocument>('SpMetrics', metricsSchema);
  return {
    async newest(account, limit) {
      const found = await model
        .find({ _id: { $gte: `${account}:`, $lt: `${account}:\uffff` } })
        .sort({ _id: -1 })
        .limit(limit)
        .lean<MetricsDocument[]>()
        .exec();
      return found.map(({ account: of, period, values }) => ({ account: of, period, values }));
    },

    async save(list, { by, at, dryRun }) {
      const found = await model
        .find({ _id: { $in: list.map(idOf) } })
        .lean<MetricsDocument[]>()
        .exec();
      const stored = new Map(found.map((document) => [document._id, document]));
      const changed = list.filter((one) => !isSame(stored.get(idOf(one)), one));
      if (!dryRun && changed.length)
        await model.collection.bulkWrite(
          changed.map(({ account, period, values }) => ({
            updateOne: {
              filter: { _id: idOf({ account, period, values }) as never },
              update: { $set: { account, period, values, importedAt: at, importedBy: by } },
              upsert: true,
            },
          })),
          { ordered: false },
        );
      const inserted = changed.filter((one) => !stored.has(idOf(one))).length;
      return { inserted, updated: changed.length - inserted, unchanged: list.length - changed.length };
    },
  };
}

const isSame = (stored: SpMetrics | undefined, one: SpMetrics): boolean =>
  stored !== undefined && METRIC_NAMES.every((name) => stored.values[name] === one.values[name]);
