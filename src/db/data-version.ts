import type { Connection } from 'mongoose';
import { isDuplicateKey } from './duplicate-key';

/** The state of the data. */
export interface DataState {
  /** Some instance has run on the database. */
  readonly isKnown: boolean;
  /** Every step up to this one is done. */
  readonly version: number;
  /** The oldest version whose release can work with them. */
  readonly needs: number;
  /** The progress of the next step. */
  readonly at: { readonly number: number; readonly from: string | null } | null;
  /** A restore into this database has begun and not ended. */
  readonly isRestoring: boolean;
}

/** A running instance. */
export interface Presence {
  readonly id: string;
  /** The data version of its release. */
  readonly keeps: number;
  /** Incremented while it lives. */
  readonly beat: number;
}

interface DataDocument {
  _id: string;
  version: number;
  needs: number;
  at?: { number: number; from: string | null };
}
interface InstanceDocument {
  _id: string;
  keeps: number;
  release: string;
  beat: number;
}

const DATA = 'data';
/** Present in the same collection while a restore runs. */
export const RESTORE = 'restore';

/**
 * The data version of one database, and the instances that run on it. No clocks are compared: an instance increments a
 * beat, and others judge by their own clock how long it has been unchanged.
 */
export function dataVersion(connection: Connection) {
  // Looked up each time: while the database is unreachable, there is none.
  const data = () => connection.collection<DataDocument>('schema');
  const instances = () => connection.collection<InstanceDocument>('instances');

  async function read(): Promise<DataState> {
    const found = await data()
      .find({ _id: { $in: [DATA, RESTORE] } })
      .toArray();
    const stored = found.find(({ _id }) => _id === DATA);
    const { version = 0, needs = 0, at = null } = stored ?? {};
    return { isKnown: stored !== undefined, version, needs, at, isRestoring: found.some(({ _id }) => _id === RESTORE) };
  }

  return {
    read,

    /**
     * Registers an instance, then reads what the data need: in this order, so that of an instance that starts and a
     * step that raises the need at the same time, one sees the other.
     */
    async enter(id: string, keeps: number, release: string): Promise<DataState> {
      await instances().updateOne({ _id: id }, { $set: { keeps, release }, $inc: { beat: 1 } }, { upsert: true });
      try {
        await data().updateOne({ _id: DATA }, { $setOnInsert: { version: 0, needs: 0 } }, { upsert: true });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error; // another one was faster
      }
      return read();
    },

    /** What an older release is about to write lacks what newer steps filled in, so these must run again. */
    async setBack(keeps: number): Promise<void> {
      await data().updateOne({ _id: DATA, 'at.number': { $gt: keeps } }, { $unset: { at: '' } });
      await data().updateOne({ _id: DATA, version: { $gt: keeps } }, { $set: { version: keeps } });
    },

    /** Increments the beat; false if the instance was taken for dead meanwhile. */
    async beat(id: string): Promise<boolean> {
      const { matchedCount } = await instances().updateOne({ _id: id }, { $inc: { beat: 1 } });
      return matchedCount > 0;
    },

    async leave(id: string): Promise<void> {
      await instances().deleteOne({ _id: id });
    },

    /** The running instances: a handful. */
    async running(): Promise<readonly Presence[]> {
      return (await instances().find().toArray()).map(({ _id, keeps, beat }) => ({ id: _id, keeps, beat }));
    },

    /** Removes an instance that died, unless it lives after all. */
    async forget({ id, beat }: Presence): Promise<void> {
      await instances().deleteOne({ _id: id, beat });
    },

    async raise(needs: number): Promise<void> {
      await data().updateOne({ _id: DATA, needs: { $lt: needs } }, { $set: { needs } });
    },

    /** Stores a step's progress, or that it is done; false if another instance, or another release, was faster. */
    async advance(before: DataState, number: number, end: string | null): Promise<boolean> {
      const guard = { _id: DATA, version: number - 1, ...guardOf(before.at) };
      const { matchedCount } = await data().updateOne(
        guard,
        end === null ? { $set: { version: number }, $unset: { at: '' } } : { $set: { at: { number, from: end } } },
      );
      return matchedCount > 0;
    },
  };
}
export type DataVersion = ReturnType<typeof dataVersion>;

const guardOf = (at: DataState['at']) =>
  at ? { 'at.number': at.number, 'at.from': at.from } : { at: { $exists: false } };
