import { type Connection, Schema } from 'mongoose';
import { type CaseFacts, type CaseState, nextNudgeAt } from '../domain/case';
import type { Mailbox } from '../domain/effects';
import type { CaseStore, StoredCase, Waiting } from '../services/ports';
import { type SealedEvent, seal } from './evidence';

/** A case's document: the stored case plus what the indexes need. */
type CaseDocument = Omit<StoredCase, 'id' | 'events'> & {
  _id: string;
  events: SealedEvent[];
  /** When the next rung fires; absent while no clock runs. */
  nextNudgeAt: Date | null;
  /** Lanes with something to send, and the oldest of it. */
  outboxLanes: string[];
  outboxAt: Date | null;
};

/** Everything but the history and the outgoing messages: see `CaseRecord`. */
const RECORD = { events: 0, outbox: 0 } as const;

const CLOSED: readonly CaseState[] = ['resolved', 'void'];
const { Mixed } = Schema.Types;

const caseSchema = new Schema<CaseDocument>(
  {
    _id: String,
    ref: { type: String, required: true },
    kind: { type: String, required: true },
    version: { type: Number, required: true },
    state: { type: String, required: true },
    hold: Mixed,
    reporter: String,
    filedAt: Date,
    sp: Mixed,
    sj: String,
    answers: Mixed,
    title: String,
    severity: String,
    severityReason: String,
    tone: String,
    codes: [String],
    source: Mixed,
    area: String,
    owner: String,
    unrouted: String,
    clocks: [Mixed],
    acknowledged: Mixed,
    notes: [Mixed],
    contacts: [Mixed],
    resolution: Mixed,
    reopened: Number,
    seq: Number,
    changedAt: Date,
    events: [Mixed],
    posts: [Mixed],
    outbox: [Mixed],
    nextNudgeAt: Date,
    outboxLanes: [String],
    outboxAt: Date,
  },
  { collection: 'cases', versionKey: false, minimize: false, id: false },
);
caseSchema.index({ ref: 1 }, { unique: true });
caseSchema.index({ nextNudgeAt: 1 });
caseSchema.index({ outboxAt: 1 });
caseSchema.index({ outboxLanes: 1, outboxAt: 1 });
caseSchema.index({ sj: 1, filedAt: -1 });
caseSchema.index({ 'sp.account': 1, filedAt: -1 });
caseSchema.index({ owner: 1, nextNudgeAt: 1 });
caseSchema.index({ reporter: 1, filedAt: -1 });
caseSchema.index({ 'posts.sent.ts': 1, 'posts.sent.channel': 1 });

function mailboxFields({ posts, outbox }: Mailbox) {
  const alive = outbox.filter((delivery) => delivery.dead === null);
  return {
    posts,
    outbox,
    outboxLanes: [...new Set(alive.map((delivery) => delivery.lane))],
    outboxAt: alive.length ? new Date(Math.min(...alive.map((delivery) => +delivery.at))) : null,
  };
}

const toStored = ({ _id, nextNudgeAt: _n, outboxLanes: _l, outboxAt: _a, ...rest }: CaseDocument): StoredCase => ({
  id: _id,
  ...rest,
});

/** The facts alone, without what else a stored case carries. */
function factsOf(stored: CaseFacts): CaseFacts {
  const { id: _i, version: _v, events: _e, posts: _p, outbox: _o, ...facts } = stored as StoredCase;
  return facts;
}

const isDuplicateKey = (error: unknown) => (error as { code?: unknown }).code === 11000;

/** The cases of one database (architecture sections 3 and 5). */
export function caseStore(connection: Connection): CaseStore & { ensureIndexes(): Promise<void> } {
  const model = connection.model<CaseDocument>('Case', caseSchema);
  const list = async (query: Promise<unknown>) => ((await query) as CaseDocument[]).map(toStored);
  const one = async (query: Promise<unknown>) => {
    const found = (await query) as CaseDocument | null;
    return found && toStored(found);
  };

  return {
    async ensureIndexes() {
      await model.createIndexes();
    },

    async insert(stored) {
      const document = {
        _id: stored.id,
        version: stored.version,
        ...factsOf(stored),
        events: seal('', stored.events),
        nextNudgeAt: nextNudgeAt(stored),
        ...mailboxFields(stored),
      };
      try {
        await model.collection.insertOne(document as never);
        return 'inserted';
      } catch (error) {
        if (isDuplicateKey(error) && (await model.exists({ _id: stored.id }))) return 'exists';
        throw error;
      }
    },

    byId: (id) => one(model.findById(id).lean().exec()),
    byRef: (ref) => one(model.findOne({ ref }).lean().exec()),
    byPost: (channel, ts) =>
      one(
        model
          .findOne({ posts: { $elemMatch: { 'sent.ts': ts, 'sent.channel': channel } } })
          .lean()
          .exec(),
      ),
    openBySj: (sj) =>
      list(
        model
          .find({ sj, state: { $nin: [...CLOSED] } })
          .sort({ filedAt: -1 })
          .limit(10)
          .lean()
          .exec(),
      ),
    openBySp: (account, codes, since) =>
      list(
        model
          .find({
            'sp.account': account,
            filedAt: { $gte: since },
            codes: { $in: [...codes] },
            state: { $nin: [...CLOSED] },
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
            { 'sp.account': account, $or: [{ filedAt: { $gte: since } }, { state: { $nin: [...CLOSED] } }] },
            RECORD,
          )
          .sort({ filedAt: -1 })
          .lean()
          .exec(),
      ),
    openOf: (owner, limit) =>
      list(
        model
          .find({ owner, state: { $nin: [...CLOSED] } })
          .sort({ nextNudgeAt: 1 })
          .limit(limit)
          .lean()
          .exec(),
      ),
    filedBy: (reporter, limit) => list(model.find({ reporter }).sort({ filedAt: -1 }).limit(limit).lean().exec()),

    async save(based, { facts, events, mailbox }) {
      const last = (based.events.at(-1) as SealedEvent | undefined)?.hash ?? '';
      const result = await model.collection.updateOne({ _id: based.id, version: based.version } as never, {
        $set: { ...factsOf(facts), nextNudgeAt: nextNudgeAt(facts), ...mailboxFields(mailbox) },
        $inc: { version: 1 },
        ...(events.length ? { $push: { events: { $each: seal(last, events) } } as never } : {}),
      });
      return result.modifiedCount === 1;
    },

    async due(now, limit) {
      const found = await model
        .find({ nextNudgeAt: { $lte: now, $type: 'date' } }, { _id: 1 })
        .sort({ nextNudgeAt: 1 })
        .limit(limit)
        .lean()
        .exec();
      return found.map((document) => document._id);
    },

    async waiting(lane, limit) {
      const found = await model
        .find({ outboxLanes: lane }, { outbox: 1, outboxAt: 1 })
        .sort({ outboxAt: 1 })
        .limit(limit)
        .lean()
        .exec();
      const inLane = (found as unknown as CaseDocument[])
        .flatMap(({ _id, outbox }) =>
          outbox
            .filter((delivery) => delivery.lane === lane && delivery.dead === null)
            .map((delivery): Waiting => ({ caseId: _id, deliveryId: delivery.id, at: delivery.at })),
        )
        .sort((a, b) => +a.at - +b.at);
      // A full page may hide an older message of a case beyond it: what is younger than the page's last case waits.
      const horizon = found.length === limit ? +(found.at(-1)?.outboxAt ?? 0) : Number.POSITIVE_INFINITY;
      const safe = inLane.filter((waiting) => +waiting.at <= horizon);
      return safe.length ? safe : inLane.slice(0, 1);
    },

    async lanesWithWork(limit) {
      const found = await model
        .find({ outboxAt: { $type: 'date' } }, { outboxLanes: 1 })
        .sort({ outboxAt: 1 })
        .limit(limit)
        .lean()
        .exec();
      return [...new Set(found.flatMap((document) => document.outboxLanes))];
    },
  };
}
