import type { Connection, Model, QueryFilter } from 'mongoose';
import type { CardPlace } from '../domain/mailbox';
import type { Aged } from '../domain/policy';
import { ACCESS_CHANGES } from '../domain/reads';
import type { Due, Ended, Retention } from '../services/ports/retention';
import { type CaseDocument, caseSchema } from './case-document';
import { filtersOf } from './case-filters';
import { BURIED, type TombstoneDocument, tombstoneOf, tombstonesOf, toTombstone, toUnfinished } from './tombstones';

/** Collections outside of cases, the date of their age, and what may be deleted; each has a matching index. */
const AGED: Readonly<Record<Aged, { collection: string; by: string; only: object }>> = {
  drafts: { collection: 'drafts', by: 'updatedAt', only: {} },
  // Settled: neither waiting to be sent, nor failed.
  letters: { collection: 'letters', by: 'at', only: { dueAt: null, failedAt: null } },
  transfers: { collection: 'transfers', by: 'askedAt', only: {} },
  // An exception has its own copy.
  contacts: { collection: 'contacts', by: 'at', only: {} },
  access_log: { collection: 'access_log', by: 'at', only: { how: { $nin: [...ACCESS_CHANGES] } } },
  access_grants: { collection: 'access_log', by: 'at', only: { how: { $in: [...ACCESS_CHANGES] } } },
  homes: { collection: 'homes', by: 'at', only: {} },
};

const casesOf = (connection: Connection): Model<CaseDocument> =>
  connection.models.Case ?? connection.model<CaseDocument>('Case', caseSchema);

/** What is deleted once its time is over, in one database. */
export function retentionStore(connection: Connection): Retention & { ensureIndexes(): Promise<void> } {
  const tombstones = tombstonesOf(connection);
  const list = async (which: QueryFilter<TombstoneDocument>, limit: number) =>
    (await tombstones.find(which).sort({ dueAt: 1 }).limit(limit).lean<TombstoneDocument[]>().exec()).map(toUnfinished);
  return {
    ...ended(connection),
    ...burial(connection),
    ...aged(connection),
    async ensureIndexes() {
      // One after the other: a missing connection throws at once, and would leave the others' rejections unhandled.
      await tombstones.createIndexes();
      await connection.collection('letters').createIndex({ dueAt: 1, failedAt: 1, at: 1 });
      await connection.collection('homes').createIndex({ at: 1 });
      await connection.collection('case_places').createIndex({ caseId: 1 });
    },
    uncleared: (limit) => list({ cleared: false }, limit),
    standing: (now, limit) => list({ cleared: true, dueAt: { $lte: now, $type: 'date' } }, limit),
    async keepLeftovers(id, leftovers, again) {
      const refused = leftovers.some(({ fault }) => fault !== null);
      await tombstones.collection.updateOne({ _id: id as never }, { $set: { leftovers, dueAt: again, refused } });
    },
    refused: (atMost) => tombstones.countDocuments({ refused: true }).limit(atMost).exec(),
    async byRef(ref) {
      const found = await tombstones.findOne({ ref }).lean<TombstoneDocument>().exec();
      return found && toTombstone(found);
    },
  };
}

/** The index has no severity: cases in its range with a longer period are read and skipped. */
const ofSeverity = (severities: Ended['severities']) => (severities ? { severity: { $in: [...severities] } } : {});

/** Without the cases of these SPs: few are on hold at a time. */
const notOf = (heldSps: readonly string[]) => (heldSps.length ? { 'sp.account': { $nin: [...heldSps] } } : {});

/** The cases whose time is over. */
function ended(connection: Connection): Pick<Retention, 'due' | 'held' | 'heldBySp'> {
  const cases = casesOf(connection);
  return {
    async due({ kind, severities, before, heldSps }, limit, beyond) {
      const past = beyond && {
        $or: [{ closedAt: { $gt: beyond.closedAt } }, { closedAt: beyond.closedAt, _id: { $gt: beyond.id } }],
      };
      const found = await cases
        .find(
          {
            isOpen: false,
            held: false,
            kind,
            closedAt: { $gte: beyond?.closedAt ?? new Date(0), $lte: before },
            ...ofSeverity(severities),
            ...notOf(heldSps),
            ...past,
          },
          { ref: 1, kind: 1, severity: 1, closedAt: 1 },
        )
        .sort({ closedAt: 1, _id: 1 })
        .limit(limit)
        .lean<(Omit<Due, 'id'> & { _id: string })[]>()
        .exec();
      return found.map(({ _id, ...rest }) => ({ id: _id, ...rest }));
    },
    held: ({ kind, severities, before }, atMost) =>
      cases
        .countDocuments({
          isOpen: false,
          held: true,
          kind,
          closedAt: { $gte: new Date(0), $lte: before },
          ...ofSeverity(severities),
        })
        .limit(atMost)
        .exec(),
    // By SP: few of those whose time is over belong to them.
    heldBySp: async ({ kind, severities, before, heldSps }, atMost) =>
      heldSps.length
        ? cases
            .countDocuments({
              ...(await filtersOf(cases)).keyed('sp', ...heldSps),
              isOpen: false,
              held: false,
              kind,
              closedAt: { $gte: new Date(0), $lte: before },
              ...ofSeverity(severities),
              'sp.account': { $in: [...heldSps] },
            })
            .limit(atMost)
            .exec()
        : 0,
  };
}

/** What is kept outside of cases. */
function aged(connection: Connection): Pick<Retention, 'older' | 'drop'> {
  const of = (what: Aged, before: Date) => {
    const { collection, by, only } = AGED[what];
    return { all: connection.collection(collection), filter: { ...only, [by]: { $lte: before } } };
  };
  return {
    older: (what, before, atMost) => {
      const { all, filter } = of(what, before);
      return all.countDocuments(filter, { limit: atMost });
    },
    async drop(what, before, limit) {
      const { all, filter } = of(what, before);
      const found = await all.find(filter, { projection: { _id: 1 }, limit }).toArray();
      if (!found.length) return 0;
      // The filter again: what was used meanwhile stays.
      const { deletedCount } = await all.deleteMany({ _id: { $in: found.map(({ _id }) => _id) }, ...filter });
      return deletedCount;
    },
  };
}

/** The steps of deleting cases. Each can be repeated, and a crash between two of them only leaves the rest to do. */
function burial(connection: Connection): Pick<Retention, 'bury' | 'clear'> {
  const cases = casesOf(connection);
  const tombstones = tombstonesOf(connection);
  const places = connection.collection<{ _id: string; caseId: string }>('case_places');
  const alive = async (ids: readonly string[]) =>
    new Set(await cases.distinct('_id', { _id: { $in: [...ids] } }).exec());
  /** Removes tombstones whose case continues; only this version, as someone may have buried a newer one. */
  const withdraw = (buried: readonly Pick<TombstoneDocument, '_id' | 'version'>[]) =>
    tombstones.deleteMany({ $or: buried.map(({ _id, version }) => ({ _id, version, gone: false })) });

  /** A run that saw these cases earlier may have removed their tombstones; from now on, it removes none. */
  async function settle(buried: readonly TombstoneDocument[]): Promise<void> {
    const kept = buried.map(({ gone: _g, ...rest }) => ({
      updateOne: { filter: { _id: rest._id }, update: { $set: { gone: true }, $setOnInsert: rest }, upsert: true },
    }));
    if (kept.length) await tombstones.collection.bulkWrite(kept as never[], { ordered: false });
  }

  return {
    async bury(ids, now, heldSps) {
      const found = await cases
        .find({ _id: { $in: [...ids] }, held: false, closedAt: { $type: 'date' }, ...notOf(heldSps) }, BURIED)
        .lean<CaseDocument[]>()
        .exec();
      if (!found.length) return 0;
      const former = await places.find({ caseId: { $in: found.map(({ _id }) => _id) } }).toArray();
      const buried = found.map((one) => {
        const then = former.filter(({ caseId }) => caseId === one._id).map(({ _id }) => placeOf(_id));
        return tombstoneOf({ ...one, id: one._id }, [...placesIn(one), ...then], now);
      });
      // Tombstones first: a crash before the cases are deleted leaves both, and the cases count.
      const laid = buried.map((one) => ({ replaceOne: { filter: { _id: one._id }, replacement: one, upsert: true } }));
      await tombstones.collection.bulkWrite(laid as never[], { ordered: false });
      const gone = found.map(({ _id, version }) => ({ deleteOne: { filter: { _id, version, held: false } } }));
      const { deletedCount } = await cases.collection.bulkWrite(gone as never[], { ordered: false });
      const left = deletedCount < found.length ? await alive(ids) : new Set<string>();
      await settle(buried.filter(({ _id }) => !left.has(_id)));
      const early = buried.filter(({ _id }) => left.has(_id));
      if (early.length) await withdraw(early);
      return deletedCount;
    },
    async clear(buried) {
      const ids = buried.map(({ id }) => id);
      const left = await alive(ids);
      if (left.size) await tombstones.deleteMany({ _id: { $in: [...left] }, gone: { $ne: true } });
      const gone = ids.filter((id) => !left.has(id));
      const said = ['actor', 'key', 'data', 'salt'].map((field) => [`event.${field}`, '']);
      await connection.collection('case_events').updateMany(
        // Also events with words about a person that were erased before: the rest of their contents goes.
        { caseId: { $in: gone }, 'event.data': { $exists: true } },
        { $set: { 'event.erased': true, handles: [] }, $unset: Object.fromEntries(said) },
      );
      await places.deleteMany({ caseId: { $in: gone } });
      await tombstones.updateMany({ _id: { $in: gone } }, { $set: { cleared: true } });
    },
  };
}

/** Where its cards are and were, and its other messages. */
const placesIn = ({ posts, said = [] }: Pick<CaseDocument, 'posts' | 'said'>): CardPlace[] => [
  ...posts.flatMap(({ sent, former = [] }) => [...former, ...(sent ? [sent] : [])]),
  ...said,
];

/** The place in `<channel>:<ts>`. */
function placeOf(text: string): CardPlace {
  const [channel = '', ts = ''] = text.split(':');
  return { channel, ts };
}
