import { type Connection, type Model, Schema } from 'mongoose';
import type { Queue } from '../domain/lane-queue';
import type { LaneLeases, LaneReports, LaneState, Trouble } from '../services/ports/lanes';
import { isDuplicateKey } from './duplicate-key';

interface LaneDocument {
  _id: Queue;
  /** The instance that sends in this queue, or null. */
  holder: string | null;
  /** Counted up by its holder: while it moves, the holder lives. */
  beat?: number;
  /** Who held it last. */
  last?: string;
  /** Of its last holder: see `LaneState`. */
  orphaned?: boolean;
  suspects?: string[];
  troubles?: Trouble[];
  restMs?: number;
  blocked?: string | null;
}

const { Mixed } = Schema.Types;
const laneSchema = new Schema<LaneDocument>(
  {
    _id: String,
    holder: { type: String, default: null },
    beat: Number,
    last: String,
    orphaned: Boolean,
    suspects: [String],
    troubles: [Mixed],
    restMs: Number,
    blocked: String,
  },
  { collection: 'lanes', versionKey: false },
);
laneSchema.index({ holder: 1 });
laneSchema.index({ blocked: 1 });

const laneModel = (connection: Connection): Model<LaneDocument> =>
  connection.models.Lane ?? connection.model<LaneDocument>('Lane', laneSchema);

/** The clocks of one machine, ms. Neither is compared with another machine's. */
export interface MachineClock {
  /** Monotonic; may pause while the machine sleeps. */
  steady(): number;
  /** Goes on while the machine sleeps; may be set. */
  wall(): number;
}
const MACHINE: MachineClock = { steady: () => performance.now(), wall: () => Date.now() };

/** A holder stops this much before others may take over: a call that is on its way then has time to arrive. */
const SAFE = 0.75;

/**
 * Leases of one instance over queues. `leaseMs` is how long a dead instance keeps one: others take over a queue whose
 * beat they have seen stand still for so long, by their own clock. A live one counts its beats up well before.
 */
export function laneLeases(
  connection: Connection,
  instance: string,
  leaseMs: number,
  clock: MachineClock = MACHINE,
): LaneLeases {
  const model = laneModel(connection);
  /** When each queue was last confirmed to be this instance's own: the moment before the store was asked. */
  const held = new Map<Queue, { steady: number; wall: number }>();
  /** Beats of others, and since when they have not moved. */
  const watched = new Map<Queue, { holder: string; beat: number; since: number }>();
  const asked = () => ({ steady: clock.steady(), wall: clock.wall() });

  /** Whether a queue of another instance has stood still long enough; the first look only begins to count. */
  function isStill(queue: Queue, holder: string, beat: number): boolean {
    const seen = watched.get(queue);
    if (seen?.holder === holder && seen.beat === beat) return clock.steady() - seen.since >= leaseMs;
    watched.set(queue, { holder, beat, since: clock.steady() });
    return false;
  }

  const take = (filter: object, upsert: boolean) =>
    model
      .findOneAndUpdate(
        filter,
        { $set: { holder: instance, last: instance }, $inc: { beat: 1 } },
        { upsert, returnDocument: 'before' },
      )
      .lean()
      .exec();

  function taken(queue: Queue, before: LaneDocument | null, at: { steady: number; wall: number }) {
    held.set(queue, at);
    watched.delete(queue);
    const isOwn = before?.last === instance;
    return {
      orphaned: Boolean(before?.orphaned || (before?.holder && before.holder !== instance)),
      suspects: before?.suspects ?? [],
      troubles: before?.troubles ?? [],
      restMs: isOwn ? 0 : (before?.restMs ?? 0),
    };
  }

  return {
    async claim(queue) {
      const at = asked();
      try {
        return taken(queue, await take({ _id: queue, $or: [{ holder: null }, { holder: instance }] }, true), at);
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
      const now = await model.findById(queue).lean().exec();
      if (!now?.holder) return null;
      const { holder, beat = 0 } = now;
      if (!isStill(queue, holder, beat)) return null;
      const since = asked();
      const before = await take({ _id: queue, holder, beat: now.beat ?? null }, false);
      return before && taken(queue, before, since);
    },

    holds(queue) {
      const confirmed = held.get(queue);
      if (!confirmed) return false;
      const now = asked();
      return now.steady - confirmed.steady < SAFE * leaseMs && now.wall - confirmed.wall < SAFE * leaseMs;
    },

    async renew() {
      const at = asked();
      await model.updateMany({ holder: instance }, { $inc: { beat: 1 } });
      const own = await model.find({ holder: instance }, { _id: 1 }).lean().exec();
      const ids = new Set(own.map(({ _id }) => _id));
      for (const [queue, before] of held) {
        if (before.steady > at.steady) continue; // claimed since
        if (ids.has(queue)) held.set(queue, at);
        else held.delete(queue);
      }
    },

    async release(queue, state) {
      held.delete(queue);
      await model.updateOne({ _id: queue, holder: instance }, { $set: { holder: null, ...stored(state) } });
    },
  };
}

const stored = ({ orphaned, suspects, troubles, restMs, blocked }: LaneState) => ({
  orphaned,
  suspects: [...suspects],
  troubles: [...troubles],
  restMs,
  blocked,
});

/** What the queues of one database tell of themselves. */
export function laneReports(connection: Connection): LaneReports & { ensureIndexes(): Promise<void> } {
  const model = laneModel(connection);
  return {
    async ensureIndexes() {
      await model.createIndexes();
    },
    async blocked() {
      const found = await model
        .find({ blocked: { $type: 'string' } }, { blocked: 1 })
        .lean()
        .exec();
      return new Map(found.map(({ _id, blocked }) => [_id, blocked ?? '']));
    },
  };
}
