import { type Connection, Schema } from 'mongoose';
import { lastKnown } from '../cache';
import { heard, lapsed, lapsesAt, type SpStanding } from '../domain/sp-standing';
import type { SpStandings } from '../services/ports/standings';
import { inBatches } from './batch';
import { isDuplicateKey } from './duplicate-key';

type StandingDocument = Omit<SpStanding, 'account'> & {
  _id: string;
  version: number;
  /** When the first of its standings ends by itself, or null. */
  lapsesAt: Date | null;
};

const { Mixed } = Schema.Types;
const standingSchema = new Schema<StandingDocument>(
  { _id: String, version: Number, said: [Mixed], past: [Mixed], lapsesAt: Date },
  { collection: 'sp_standings', versionKey: false, id: false, minimize: false },
);
standingSchema.index({ lapsesAt: 1, _id: 1 });

const FRESH_MS = 5_000;
const KEPT = 10_000;
/** More lost races in a row are a fault. */
const MOST_TRIES = 20;

interface StandingOptions {
  readonly now: () => Date;
  /** Gets the reason if something could not be read and an earlier result is used. */
  readonly onStale?: (error: unknown) => void;
}

/**
 * The standings of SPs in one database. A change here is seen by the next read here, and elsewhere within 5 s. While
 * the database is unreachable, the last known standing counts.
 */
export function spStandingStore(
  connection: Connection,
  { now, onStale = () => undefined }: StandingOptions,
): SpStandings & { ensureIndexes(): Promise<void> } {
  const model = connection.model<StandingDocument>('SpStanding', standingSchema);
  const read = inBatches<string, SpStanding | null>(async (accounts) => {
    const found = await model
      .find({ _id: { $in: accounts } })
      .lean<StandingDocument[]>()
      .exec();
    const byAccount = new Map(found.map((document) => [document._id, standingOf(document)]));
    return accounts.map((account) => byAccount.get(account) ?? null);
  });
  const kept = lastKnown({ now, freshMs: FRESH_MS, most: KEPT, onFault: onStale }, read);

  /** One write that succeeds only if the document is unchanged; false if someone was faster. */
  async function written(before: StandingDocument | null, sp: SpStanding): Promise<boolean> {
    const { account, ...rest } = sp;
    const fields = { ...rest, lapsesAt: lapsesAt(sp), version: (before?.version ?? 0) + 1 };
    const _id = account as never;
    if (before) {
      const { matchedCount } = await model.collection.updateOne({ _id, version: before.version }, { $set: fields });
      return matchedCount > 0;
    }
    try {
      await model.collection.insertOne({ _id, ...fields });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  return {
    async ensureIndexes() {
      await model.createIndexes();
    },

    of: kept.get,

    async all(accounts) {
      const found = await model
        .find({ _id: { $in: [...accounts] } })
        .lean<StandingDocument[]>()
        .exec();
      return new Map(found.map((document) => [document._id, standingOf(document)]));
    },

    async page(after, limit) {
      const found = await model
        .find({ _id: { $gt: after ?? '' } })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<StandingDocument[]>()
        .exec();
      return found.map(standingOf);
    },

    async hear(account, said, at) {
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        const before = await model.findById(account).lean<StandingDocument>().exec();
        const sp = heard(before && standingOf(before), account, said, at);
        if (!sp || (await written(before, sp))) return kept.forget(account);
      }
      throw new Error(`The standing of ${account} changed ${MOST_TRIES} times while it was being stored.`);
    },

    async lapsing(moment, limit, beyond) {
      const past = beyond && {
        $or: [{ lapsesAt: { $gt: beyond.at } }, { lapsesAt: beyond.at, _id: { $gt: beyond.account } }],
      };
      const found = await model
        .find({ lapsesAt: { $gte: beyond?.at ?? new Date(0), $lte: moment }, ...past })
        .sort({ lapsesAt: 1, _id: 1 })
        .limit(limit)
        .lean<StandingDocument[]>()
        .exec();
      return found.map((document) => ({
        account: document._id,
        at: document.lapsesAt ?? moment,
        refs: lapsed(document, moment),
      }));
    },
  };
}

const standingOf = ({ _id, said, past }: StandingDocument): SpStanding => ({ account: _id, said, past });
