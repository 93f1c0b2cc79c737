import { type Connection, mongo } from 'mongoose';
import { RESTRICTED_KINDS } from '../domain/access';
import type { CaseState } from '../domain/case';
import { EXPOSURES } from '../domain/exposure';
import { isReady, type Owed, queueOf } from '../domain/mailbox';
import type { CaseStore, LateDelivery } from '../services/ports';
import { inBatches } from './batch';
import { type CaseDocument, caseSchema, derived, documentOf, factsOf, toStored } from './case-document';
import { caseHistory, keptOf } from './case-history';
import { casePlaces, type Place } from './case-places';
import { lanesWithWork, requeue, waitingIn } from './case-queues';
import { type SealedEvent, seal } from './evidence';

const EARLIEST = new Date(0);
const CLOSED: CaseState[] = ['resolved', 'void'];
/** Everything but the history and the outgoing messages: see `CaseRecord`. */
const RECORD = { events: 0, outbox: 0 } as const;

const isDuplicateKey = (error: unknown) => (error as { code?: unknown }).code === 11000;

/** The cases of one database (architecture sections 3 and 5). */
export function caseStore(connection: Connection): CaseStore & { ensureIndexes(): Promise<void> } {
  const model = connection.model<CaseDocument>('Case', caseSchema);
  const history = caseHistory(connection);
  const places = casePlaces(connection);
  const list = async (query: Promise<unknown>) => ((await query) as CaseDocument[]).map(toStored);
  const page = (only: { nextNudgeAt?: null }, afterId: string | null, limit: number) =>
    list(
      model
        .find({ isOpen: true, ...only, _id: { $gt: afterId ?? '' } }, RECORD)
        .sort({ _id: 1 })
        .limit(limit)
        .lean()
        .exec(),
    );
  const one = async (query: Promise<unknown>) => {
    const found = (await query) as CaseDocument | null;
    return found && toStored(found);
  };

  const byId = (id: string) => one(model.findById(id).lean().exec());

  /** Cases that are filed at the same time go in together, each with its own success or fault. */
  const insertOne = inBatches<object, 'inserted'>(async (documents) => {
    try {
      await model.collection.insertMany(documents as never[], { ordered: false });
      return documents.map(() => 'inserted');
    } catch (error) {
      if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
      const faults = new Map([error.writeErrors].flat().map((fault) => [fault.index, fault]));
      if (faults.size === 0) throw error;
      return documents.map((_, i) => {
        const fault = faults.get(i);
        return fault ? Object.assign(new Error(fault.errmsg ?? 'not inserted'), { code: fault.code }) : 'inserted';
      });
    }
  });

  return {
    async ensureIndexes() {
      await Promise.all([model.createIndexes(), history.ensureIndexes()]);
      // Cases stored before these fields were derived: an index finds them, and a second run finds none.
      const lacking = async (field: 'isOpen' | 'hasDead', when: object, value: boolean) => {
        await model.updateMany({ [field]: null, ...when }, { $set: { [field]: value } });
      };
      await lacking('isOpen', { state: { $in: CLOSED } }, false);
      await lacking('isOpen', {}, true);
      await lacking('hasDead', { 'outbox.dead': { $type: 'string' } }, true);
      await lacking('hasDead', {}, false);
      await requeue(model);
    },

    async insert(stored) {
      try {
        await insertOne(documentOf(stored));
        return 'inserted';
      } catch (error) {
        if (isDuplicateKey(error) && (await model.exists({ _id: stored.id }))) return 'exists';
        throw error;
      }
    },

    byId,
    byRef: (ref) => one(model.findOne({ ref }).lean().exec()),
    async byPost(channel, ts) {
      const query = model.findOne({ posts: { $elemMatch: { 'sent.ts': ts, 'sent.channel': channel } } });
      const stored = await one(query.lean().exec());
      if (stored) return stored;
      const id = await places.caseAt({ channel, ts });
      return id === null ? null : byId(id);
    },
    byNote: (channel, ts) => one(model.findOne({ 'notes.id': ts, 'posts.sent.channel': channel }).lean().exec()),
    shownInFull: (channel, limit) =>
      list(
        model
          .find({
            posts: { $elemMatch: { 'sent.channel': channel, show: 'full' } },
            kind: { $in: [...RESTRICTED_KINDS] },
          })
          .limit(limit)
          .lean()
          .exec(),
      ),
    keptFrom: (channel, limit) =>
      list(
        model
          .find({
            isOpen: true,
            kind: { $in: [...RESTRICTED_KINDS] },
            posts: {
              $elemMatch: { show: 'redacted', 'redirected.from': channel, 'redirected.fault': { $in: [...EXPOSURES] } },
            },
          })
          .limit(limit)
          .lean()
          .exec(),
      ),
    openBySj: (sj) => list(model.find({ sj, isOpen: true }).sort({ filedAt: -1 }).limit(10).lean().exec()),
    openBySp: (account, codes, since) =>
      list(
        model
          .find({
            'sp.account': account,
            filedAt: { $gte: since },
            codes: { $in: [...codes] },
            isOpen: true,
          })
          .sort({ filedAt: -1 })
          .limit(10)
          .lean()
          .exec(),
      ),
    bySj: (sj, limit) => list(model.find({ sj }, RECORD).sort({ filedAt: -1 }).limit(limit).lean().exec()),
    bySp: (account, limit) =>
      list(model.find({ 'sp.account': account }, RECORD).sort({ filedAt: -1 }).limit(limit).lean().exec()),
    scoresOf: (account, since) =>
      list(
        model
          .find(
            {
              $or: [
                { 'sp.account': account, filedAt: { $gte: since } },
                { 'sp.account': account, isOpen: true },
              ],
            },
            RECORD,
          )
          .sort({ filedAt: -1 })
          .lean()
          .exec(),
      ),
    openOf: (owner, limit) =>
      list(model.find({ owner, isOpen: true }).sort({ nextNudgeAt: 1 }).limit(limit).lean().exec()),

    async save(based, { facts, events, mailbox }) {
      const stored = based.events as readonly SealedEvent[];
      const last = stored.at(-1)?.hash;
      if (!last) throw new Error(`${based.ref} was not read from the store: what it is based on has no seal.`);
      const added = seal(last, events);
      const kept = keptOf(stored, added);
      // What the document gives up is kept first: a crash before the write leaves it in both places, never in none.
      await history.keep(based.id, stored.slice(0, stored.length - kept));
      await places.keep(based.id, leftBehind(based, mailbox));
      const change = { $each: added, ...(kept < stored.length ? { $slice: -(kept + added.length) } : {}) };
      const result = await model.collection.updateOne({ _id: based.id, version: based.version } as never, {
        $set: { ...factsOf(facts), ...derived(facts, mailbox) },
        $inc: { version: 1 },
        ...(added.length || kept < stored.length ? { $push: { events: change } as never } : {}),
      });
      return result.modifiedCount === 1;
    },

    async due(now, limit, beyond) {
      const past = beyond && {
        $or: [{ nextNudgeAt: { $gt: beyond.at } }, { nextNudgeAt: beyond.at, _id: { $gt: beyond.id } }],
      };
      const found = await model
        .find(
          { isOpen: true, nextNudgeAt: { $type: 'date', $gte: beyond?.at ?? EARLIEST, $lte: now }, ...past },
          { ref: 1, nextNudgeAt: 1 },
        )
        .sort({ nextNudgeAt: 1, _id: 1 })
        .limit(limit)
        .lean()
        .exec();
      return found.map(({ _id, ref, nextNudgeAt }) => ({ id: _id, ref, at: nextNudgeAt ?? now }));
    },

    openPage: (afterId, limit) => page({}, afterId, limit),
    stalled: (afterId, limit) => page({ nextNudgeAt: null }, afterId, limit),
    changedAfter: (moment, limit) =>
      list(
        model
          .find({ hasDead: { $in: [true, false] }, changedAt: { $gt: moment } }, RECORD)
          .sort({ changedAt: -1 })
          .limit(limit)
          .lean()
          .exec(),
      ),
    async openOwners() {
      const owners: unknown[] = await model.distinct('owner', { isOpen: true }).exec();
      return owners.filter((owner) => typeof owner === 'string');
    },
    ownerless: (limit) =>
      list(
        model
          .find({ isOpen: true, owner: null, unrouted: null }, RECORD)
          .sort({ nextNudgeAt: 1 })
          .limit(limit)
          .lean()
          .exec(),
      ),
    async undelivered(moment, limit) {
      const found = await model
        .find({ outboxAt: { $lt: moment, $type: 'date' } }, { ref: 1, posts: 1, outbox: 1 })
        .sort({ outboxAt: 1 })
        .limit(limit)
        .lean()
        .exec();
      return found
        .flatMap(({ ref, posts, outbox }) =>
          outbox
            .filter((delivery) => isReady(posts, delivery) && delivery.at < moment)
            .map((delivery): LateDelivery => ({ ref, lane: delivery.lane, queue: queueOf(delivery), at: delivery.at })),
        )
        .sort((a, b) => +a.at - +b.at);
    },
    async backlog() {
      const waiting = { outboxAt: { $type: 'date' } } as const;
      const [counted, oldest, casesWithDead] = await Promise.all([
        model
          .aggregate<{ deliveries: number }>([
            { $match: waiting },
            { $unwind: '$outbox' },
            { $match: { 'outbox.dead': null } },
            { $count: 'deliveries' },
          ])
          .exec(),
        model.findOne(waiting, { outboxAt: 1 }).sort({ outboxAt: 1 }).lean().exec(),
        model.countDocuments({ hasDead: true }).exec(),
      ]);
      return { deliveries: counted[0]?.deliveries ?? 0, oldest: oldest?.outboxAt ?? null, casesWithDead };
    },

    waiting: waitingIn(model),
    lanesWithWork: lanesWithWork(model),
  };
}

/** Where cards of a case stood until now. */
function leftBehind({ posts: before }: Owed, { posts: after }: Owed): Place[] {
  const isTold = ({ channel, ts }: Place) => after.some(({ sent }) => sent?.channel === channel && sent.ts === ts);
  return before.flatMap(({ sent }) => (sent && !isTold(sent) ? [sent] : []));
}
