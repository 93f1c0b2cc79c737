import { type Connection, type Model, Schema } from 'mongoose';
import type { Queue } from '../domain/lane-queue';
import type { LaneLeases, LaneReports, LaneState, Trouble } from '../services/ports/lanes';
import { inTurns } from './batch';
import { isKnownAlready } from './case-places';
import { isDuplicateKey } from './duplicate-key';
import { Holdings, MACHINE, type MachineClock, type Moment } from './lane-holdings';

interface LaneDocument {
  _id: Queue;
  /** The instance that sends in this queue, or null. */
  holder: string | null;
  /** Incremented by its holder: while it changes, the holder lives. */
  beat?: number;
  /** Who held it last. */
  last?: string;
  /** From its last holder: see `LaneState`. */
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

/**
 * Leases of one instance over queues. `leaseMs`: how long a dead instance keeps one: others take over a queue whose
 * beat they have seen unchanged for that long, by their own clock. A live one increments its beats well before.
 */
export function laneLeases(
  connection: Connection,
  instance: string,
  leaseMs: number,
  clock: MachineClock = MACHINE,
): LaneLeases {
  const model = laneModel(connection);
  const own = new Holdings(leaseMs, clock);
  const release = inTurns<Released, void>(async (released) => {
    await giveBack(model, instance, released);
    return released.map(() => undefined);
  });

  return {
    claim: claiming(model, instance, own),
    holds: (queue) => own.has(queue),

    async renew() {
      const at = own.now();
      await model.updateMany({ holder: instance }, { $inc: { beat: 1 } });
      const found = await model.find({ holder: instance }, { _id: 1 }).lean().exec();
      own.confirmed(
        found.map(({ _id }) => _id),
        at,
      );
    },

    release(queue, state) {
      own.gave(queue);
      return release({ queue, state });
    },
  };
}

/** How queues are claimed: those claimed together share round trips. */
function claiming(model: Model<LaneDocument>, instance: string, own: Holdings): LaneLeases['claim'] {
  const take = (filter: object, upsert: boolean) => takeOne(model, instance, filter, upsert);

  function taken(queue: Queue, before: LaneDocument | null, at: Moment): Claimed {
    own.took(queue, at);
    const isOwn = before?.last === instance;
    return {
      orphaned: Boolean(before?.orphaned || (before?.holder && before.holder !== instance)),
      suspects: before?.suspects ?? [],
      troubles: before?.troubles ?? [],
      restMs: isOwn ? 0 : (before?.restMs ?? 0),
    };
  }

  async function claimOne(queue: Queue): Promise<Claimed> {
    const at = own.now();
    try {
      return taken(queue, await take({ _id: queue, $or: [{ holder: null }, { holder: instance }] }, true), at);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    const now = await model.findById(queue).lean().exec();
    if (!now?.holder) return null;
    const { holder, beat = 0 } = now;
    if (!own.isStill(queue, holder, beat)) return null;
    const since = own.now();
    const before = await take({ _id: queue, holder, beat: now.beat ?? null }, false);
    return before && taken(queue, before, since);
  }

  const claimEach = (queues: readonly Queue[]) =>
    Promise.all(
      queues.map((queue) =>
        claimOne(queue).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error)))),
      ),
    );

  /** Many claims in two round trips; those that someone else has or took are claimed again one by one. */
  async function claimSome(queues: readonly Queue[]): Promise<readonly (Claimed | Error)[]> {
    const found = await model
      .find({ _id: { $in: [...queues] } })
      .lean()
      .exec();
    const before = new Map(found.map((lane) => [lane._id, lane]));
    const free = queues.filter((queue) => [undefined, null, instance].includes(before.get(queue)?.holder));
    const at = own.now();
    const won = new Map(
      (await takeSome(model, instance, free, before)).map((queue) => [
        queue,
        taken(queue, before.get(queue) ?? null, at),
      ]),
    );
    const others = queues.filter((queue) => !won.has(queue));
    const looked = new Map((await claimEach(others)).map((claimed, i) => [others[i], claimed]));
    return queues.map((queue) => looked.get(queue) ?? won.get(queue) ?? null);
  }

  return inTurns<Queue, Claimed>((queues) => (queues.length < MANY ? claimEach(queues) : claimSome(queues)));
}

type Claimed = Awaited<ReturnType<LaneLeases['claim']>>;

/** From this many queues on, claiming together pays off. */
const MANY = 3;

const takeOne = (model: Model<LaneDocument>, instance: string, filter: object, upsert: boolean) =>
  model
    .findOneAndUpdate(
      filter,
      { $set: { holder: instance, last: instance }, $inc: { beat: 1 } },
      { upsert, returnDocument: 'before' },
    )
    .lean()
    .exec();

interface Released {
  readonly queue: Queue;
  readonly state: LaneState;
}

async function giveBack(model: Model<LaneDocument>, instance: string, released: readonly Released[]): Promise<void> {
  const updates = released.map(({ queue, state }) => ({
    updateOne: {
      filter: { _id: queue, holder: instance } as never,
      update: { $set: { holder: null, ...stored(state) } },
    },
  }));
  await model.collection.bulkWrite(updates, { ordered: false });
}

/**
 * Takes what is free, guarded by the beat: if it changed, someone else had the queue meanwhile, and its state may
 * differ. Returns what was taken.
 */
async function takeSome(
  model: Model<LaneDocument>,
  instance: string,
  queues: readonly Queue[],
  before: ReadonlyMap<Queue, LaneDocument>,
): Promise<readonly Queue[]> {
  if (!queues.length) return [];
  const writes = queues.map((queue) => {
    const lane = before.get(queue);
    const mine = { holder: instance, last: instance };
    if (!lane)
      return { insertOne: { document: { _id: queue, ...mine, beat: 1, suspects: [], troubles: [] } as never } };
    const filter = { _id: queue, holder: lane.holder ?? null, beat: lane.beat ?? null } as never;
    return { updateOne: { filter, update: { $set: mine, $inc: { beat: 1 } } } };
  });
  try {
    const { matchedCount, insertedCount } = await model.collection.bulkWrite(writes, { ordered: false });
    if (matchedCount + insertedCount === queues.length) return queues;
  } catch (error) {
    if (!isKnownAlready(error)) throw error;
  }
  const own = await model
    .find({ _id: { $in: [...queues] }, holder: instance }, { beat: 1 })
    .lean()
    .exec();
  return own.flatMap(({ _id, beat = 0 }) => (beat === (before.get(_id)?.beat ?? 0) + 1 ? [_id] : []));
}

const stored = ({ orphaned, suspects, troubles, restMs, blocked }: LaneState) => ({
  orphaned,
  suspects: [...suspects],
  troubles: [...troubles],
  restMs,
  blocked,
});

/** The reports of one database's queues. */
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
