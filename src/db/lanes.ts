import { type Connection, type Model, Schema } from 'mongoose';
import type { LaneLeases, LaneReports, LaneState, Trouble } from '../services/ports/lanes';

interface LaneDocument {
  _id: string;
  /** The instance that sends in this lane, or null. */
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
  /** Never set; may stand still while the machine sleeps. */
  steady(): number;
  /** Goes on while the machine sleeps; may be set. */
  wall(): number;
}
const MACHINE: MachineClock = { steady: () => performance.now(), wall: () => Date.now() };

/** A holder stops this much before others may take over: a call that is on its way then has time to arrive. */
const SAFE = 0.75;

/**
 * Leases of one instance over lanes. `leaseMs` is how long a dead instance keeps a lane: others take over a lane whose
 * beat they have seen stand still for so long, by their own clock. A live one counts its beats up well before.
 */
export function laneLeases(
  connection: Connection,
  instance: string,
  leaseMs: number,
  clock: MachineClock = MACHINE,
): LaneLeases {
  const model = laneModel(connection);
  /** When each lane was last confirmed to be this instance's own: the moment before the store was asked. */
  const held = new Map<string, { steady: number; wall: number }>();
  /** Beats of others, and since when they have not moved. */
  const watched = new Map<string, { holder: string; beat: number; since: number }>();
  const asked = () => ({ steady: clock.steady(), wall: clock.wall() });

  /** Whether a lane of somebody else has stood still long enough; the first look only begins to count. */
  function isStill(lane: string, holder: string, beat: number): boolean {
    const seen = watched.get(lane);
    if (seen?.holder === holder && seen.beat === beat) return clock.steady() - seen.since >= leaseMs;
    watched.set(lane, { holder, beat, since: clock.steady() });
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

  function taken(lane: string, before: LaneDocument | null, at: { steady: number; wall: number }) {
    held.set(lane, at);
    watched.delete(lane);
    const isOwn = before?.last === instance;
    return {
      orphaned: Boolean(before?.orphaned || (before?.holder && before.holder !== instance)),
      suspects: before?.suspects ?? [],
      troubles: before?.troubles ?? [],
      restMs: isOwn ? 0 : (before?.restMs ?? 0),
    };
  }

  return {
    async claim(lane) {
      const at = asked();
      try {
        return taken(lane, await take({ _id: lane, $or: [{ holder: null }, { holder: instance }] }, true), at);
      } catch (error) {
        if ((error as { code?: unknown }).code !== 11000) throw error;
      }
      const now = await model.findById(lane).lean().exec();
      if (!now?.holder) return null;
      const { holder, beat = 0 } = now;
      if (!isStill(lane, holder, beat)) return null;
      const since = asked();
      const before = await take({ _id: lane, holder, beat: now.beat ?? null }, false);
      return before && taken(lane, before, since);
    },

    holds(lane) {
      const confirmed = held.get(lane);
      if (!confirmed) return false;
      const now = asked();
      return now.steady - confirmed.steady < SAFE * leaseMs && now.wall - confirmed.wall < SAFE * leaseMs;
    },

    async renew() {
      const at = asked();
      await model.updateMany({ holder: instance }, { $inc: { beat: 1 } });
      const own = await model.find({ holder: instance }, { _id: 1 }).lean().exec();
      const ids = new Set(own.map(({ _id }) => _id));
      for (const [lane, before] of held) {
        if (before.steady > at.steady) continue; // claimed since
        if (ids.has(lane)) held.set(lane, at);
        else held.delete(lane);
      }
    },

    async release(lane, state) {
      held.delete(lane);
      await model.updateOne({ _id: lane, holder: instance }, { $set: { holder: null, ...stored(state) } });
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

/** What the lanes of one database tell of themselves. */
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
