import { Schema } from 'mongoose';
import { broughtWithinBounds } from '../domain/at-hand';
import { type CaseFacts, isOpen, nextNudgeAt } from '../domain/case';
import type { CaseEvent, SealedEvent } from '../domain/event';
import { type Queue, queuesOf } from '../domain/lane-queue';
import { closedAt, holdReason } from '../domain/legal-hold';
import { isReady, type Owed } from '../domain/mailbox';
import { isWatched } from '../domain/patterns';
import { breaksAt } from '../domain/queue';
import { isInForce } from '../domain/sp-standing';
import { WORDED, type Worded, wordsOf } from '../domain/words';
import type { StoredCase, Untold } from '../services/ports/cases';
import { caseIndexes } from './case-indexes';
import { ANY_QUEUE, keyFields } from './case-keys';
import { seal } from './seal';

/** A case's document: the stored case plus what the indexes need. */
export type CaseDocument = Omit<StoredCase, 'id' | 'events'> & {
  _id: string;
  events: SealedEvent[];
  /** Until it is resolved or void. */
  isOpen: boolean;
  /** When the next rung fires; null if none is left. */
  nextNudgeAt: Date | null;
  /** When the first of its clocks is due; far in the future if none runs. */
  breaksAt: Date;
  /** Queues with something to send (`queueOf`), and `ANY_QUEUE`; without messages that wait for their card. */
  outboxLanes: Queue[];
  outboxAt: Date | null;
  /** Whether a message was given up. */
  hasDead: boolean;
  /** Its search words: see `wordsOf`. */
  words: string[];
  /** When it was closed; null while it is open. */
  closedAt?: Date | null;
  /** Whether it is on legal hold. */
  held?: boolean;
  /** Its keys (`case-keys.ts`): among all cases, among open ones, among those with an outcome. */
  keys?: string[];
  desks?: string[];
  ended?: string[];
  /** Whether a rung may be left to fire: it is open, or closed with one. */
  ticks?: boolean;
  /** True from filing until the repeat rules have looked at its SP and its reporter was told; then absent. */
  unwatched?: boolean;
  /** What its reporter is still to be told. */
  untold?: Untold;
};

const { Mixed } = Schema.Types;

export const caseSchema = new Schema<CaseDocument>(
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
    totals: Mixed,
    firstAcknowledged: Mixed,
    handedAt: Date,
    resolution: Mixed,
    reopened: Number,
    seq: Number,
    changedAt: Date,
    events: [Mixed],
    posts: [Mixed],
    said: { type: [Mixed], default: undefined },
    outbox: [Mixed],
    isOpen: Boolean,
    nextNudgeAt: Date,
    breaksAt: Date,
    outboxLanes: [String],
    outboxAt: Date,
    hasDead: Boolean,
    words: [String],
    unwatched: Boolean,
    untold: Mixed,
    legalHold: Mixed,
    closedAt: Date,
    held: Boolean,
    keys: { type: [String], default: undefined },
    desks: { type: [String], default: undefined },
    ended: { type: [String], default: undefined },
    ticks: Boolean,
  },
  { collection: 'cases', versionKey: false, minimize: false, id: false },
);
for (const [keys, options] of caseIndexes()) caseSchema.index(keys, options);
/** Everything but the events and the outgoing messages: see `CaseRecord`. The words are only for the index. */
export const RECORD = { events: 0, outbox: 0, words: 0 } as const;

/** What the indexes need, apart from the mailbox. */
export const derivedFields = (stored: CaseFacts & Owed) => ({
  isOpen: isOpen(stored),
  nextNudgeAt: nextNudgeAt(stored),
  breaksAt: breaksAt(stored),
  ...retentionFields(stored),
  ...keyFields(stored),
});

/** Since when a case has counted as closed for retention, and whether it must not be deleted. */
export const retentionFields = (
  facts: Parameters<typeof closedAt>[0] & Parameters<typeof holdReason>[0] & Pick<CaseFacts, 'sanction'>,
) => ({
  closedAt: closedAt(facts),
  // What it set for its SP depends on the case, and only there can it be lifted.
  held: holdReason(facts) !== null || isInForce(facts.sanction),
});

/** The mailbox, and what the indexes need of it. */
export function mailFields({ posts, outbox }: Owed) {
  const ready = outbox.filter((delivery) => isReady(posts, delivery));
  return {
    posts,
    outbox,
    hasDead: outbox.some(({ dead }) => dead !== null),
    outboxLanes: ready.length ? [ANY_QUEUE, ...queuesOf({ posts, outbox })] : [],
    outboxAt: ready.length ? new Date(ready.reduce((first, { at }) => Math.min(first, +at), Infinity)) : null,
  };
}

/** The search words, if any of their texts changed. */
export const wordFields = (before: Worded, after: Worded) =>
  WORDED.some((field) => before[field] !== after[field]) ? { words: wordsOf(after) } : {};

/** All fields of a document except its events. */
export const fieldsOf = (stored: CaseFacts & Owed) => ({
  ...factsOf(stored),
  ...mailFields(stored),
  ...derivedFields(stored),
  words: wordsOf(stored),
});

/** The document of a new case. */
export const documentOf = (stored: StoredCase, untold?: Untold) => ({
  _id: stored.id,
  version: stored.version,
  ...fieldsOf(stored),
  events: seal(stored.id, '', stored.events),
  ...(untold || isWatched(stored) ? { unwatched: true } : {}),
  ...(untold ? { untold } : {}),
});

export function toStored(document: CaseDocument): StoredCase {
  const {
    _id,
    isOpen: _o,
    nextNudgeAt: _n,
    breaksAt: _b,
    outboxLanes: _l,
    outboxAt: _a,
    hasDead: _d,
    unwatched: _u,
    untold: _ut,
    words: _w,
    closedAt: _c,
    held: _h,
    keys,
    desks: _s,
    ended: _e,
    ticks: _t,
    ...rest
  } = document;
  const stored = { id: _id, ...withinBounds(rest) };
  if (!keys || !rest.totals) ofOldDocuments.add(stored);
  return stored;
}

/** Cases read from documents that lack fields of this version: their next write is complete. */
const ofOldDocuments = new WeakSet<object>();
export const isOfOldDocument = (stored: StoredCase): boolean => ofOldDocuments.has(stored);

type Bounded = Pick<CaseFacts, 'notes' | 'contacts' | 'links' | 'followers' | 'totals'>;

/** A case stored before there were bounds, and so without totals, as it would be stored today; others unchanged. */
export function withinBounds<Stored extends Bounded & { readonly events?: readonly CaseEvent[] }>(
  stored: Stored,
): Stored {
  if (stored.totals) return stored;
  return { ...stored, ...broughtWithinBounds(stored), ...(stored.events && firstAnswer(stored.events)) };
}

/** The first acknowledgment, from a whole history. */
export function firstAnswer(
  events: readonly Pick<CaseEvent, 'type' | 'at'>[],
): Pick<CaseFacts, 'firstAcknowledged' | 'handedAt'> {
  const at = events.find(({ type }) => type === 'acknowledged')?.at;
  const handed = (before: Date) => events.findLast((one) => one.type === 'sent_to_manager' && one.at <= before)?.at;
  return {
    firstAcknowledged: at ? { at, handedAt: handed(at) ?? null } : null,
    handedAt: handed(events.at(-1)?.at ?? new Date(0)) ?? null,
  };
}

/** Only the facts of a stored case. */
export function factsOf(stored: CaseFacts): CaseFacts {
  const { id: _i, version: _v, events: _e, posts: _p, outbox: _o, said: _s, ...facts } = stored as StoredCase;
  return facts;
}
