import { type Connection, Schema } from 'mongoose';
import type { LaneLeases } from '../services/ports';

interface LaneDocument {
  _id: string;
  /** The instance that sends in this lane, or null. */
  holder: string | null;
  until: Date;
  nextAt: Date;
  /** Deliveries whose last attempt may have arrived, whoever holds the lane next. */
  suspects?: string[];
}

const laneSchema = new Schema<LaneDocument>(
  { _id: String, holder: { type: String, default: null }, until: Date, nextAt: Date, suspects: [String] },
  { collection: 'lanes', versionKey: false },
);
laneSchema.index({ holder: 1 });

const NEVER = new Date(0);

/**
 * Leases of one instance over lanes. `leaseMs` is how long a dead instance keeps a lane; a live one renews well before.
 * Leases run on the machine's own clock: they guard processes, not business time.
 */
export function laneLeases(connection: Connection, instance: string, leaseMs: number): LaneLeases {
  const model = connection.model<LaneDocument>('Lane', laneSchema);
  /** Until when, ms, this instance knows each lane to be its own. */
  const held = new Map<string, number>();

  return {
    async claim(lane) {
      const until = Date.now() + leaseMs;
      try {
        const before = await model
          .findOneAndUpdate(
            { _id: lane, $or: [{ holder: null }, { holder: instance }, { until: { $lt: new Date() } }] },
            { $set: { holder: instance, until: new Date(until) }, $setOnInsert: { nextAt: NEVER } },
            { upsert: true, returnDocument: 'before' },
          )
          .lean()
          .exec();
        held.set(lane, until);
        return {
          orphaned: Boolean(before?.holder && before.holder !== instance),
          suspects: before?.suspects ?? [],
          nextAt: before?.nextAt ?? NEVER,
        };
      } catch (error) {
        if ((error as { code?: unknown }).code === 11000) return null;
        throw error;
      }
    },
    holds: (lane) => (held.get(lane) ?? 0) > Date.now(),
    async renew() {
      const until = Date.now() + leaseMs;
      await model.updateMany({ holder: instance }, { $set: { until: new Date(until) } });
      // A lease that ran out meanwhile may be somebody else's by now: it is not extended here, and so it is lost.
      const renewedAt = Date.now();
      for (const [lane, before] of held) if (before > renewedAt) held.set(lane, until);
    },
    async release(lane, nextAt, suspects) {
      held.delete(lane);
      await model.updateOne({ _id: lane, holder: instance }, { $set: { holder: null, nextAt, suspects } });
    },
  };
}
