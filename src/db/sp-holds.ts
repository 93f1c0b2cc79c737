import type { Connection } from 'mongoose';
import type { SpHolds } from '../services/ports/sp-holds';
import { cached } from './cached';
import { type HoldDocument, holdOf, spHoldModel } from './config-documents';

/** Up to this many holds are cached together; there are only a few at a time. */
const FEW = 500;

interface HoldOptions {
  readonly now: () => Date;
  /** Gets the reason if something could not be read and an earlier result is used. */
  readonly onStale?: (error: unknown) => void;
}

/** The SPs of one database on legal hold, according to the configuration. `forget`: one of them changed. */
export function spHoldStore(
  connection: Connection,
  { now, onStale = () => undefined }: HoldOptions,
): SpHolds & { forget(): void } {
  const model = spHoldModel(connection);
  /** All of them if they are few, so that no card has to look up its SP; else null. */
  const all = cached(now, onStale, async () => {
    const found = await model
      .find({ removed: false }, { _id: 1 })
      .limit(FEW + 1)
      .lean<HoldDocument[]>()
      .exec();
    return found.length > FEW ? null : new Set(found.map(({ _id }) => _id));
  });
  const of = async (account: string) => {
    const found = await model.findById(account.trim().toUpperCase()).lean<HoldDocument>().exec();
    return found && !found.removed ? holdOf(found) : null;
  };
  return {
    of,
    forget: all.forget,
    async isHeld(account) {
      const held = await all.get();
      return held ? held.has(account.trim().toUpperCase()) : (await of(account)) !== null;
    },
    async page(after, limit) {
      const found = await model
        .find({ removed: false, _id: { $gt: after ?? '' } })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<HoldDocument[]>()
        .exec();
      return found.map(holdOf);
    },
  };
}
