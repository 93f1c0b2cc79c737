import type { Connection } from 'mongoose';
import type { SpHolds } from '../services/ports/sp-holds';
import { type HoldDocument, holdOf, spHoldModel } from './config-documents';

/** The SPs of one database that are on legal hold, as the configuration has them. */
export function spHoldStore(connection: Connection): SpHolds {
  const model = spHoldModel(connection);
  return {
    async of(account) {
      const found = await model.findById(account.trim().toUpperCase()).lean<HoldDocument>().exec();
      return found && !found.removed ? holdOf(found) : null;
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
