import { Schema } from 'mongoose';
import { broughtWithinBounds } from '../domain/at-hand';
import { type CaseEvent, type CaseFacts, isOpen, nextNudgeAt, type SealedEvent } from '../domain/case';
import { type Queue, queuesOf } from '../domain/lane-queue';
import { closedAt, holdReason } from '../domain/legal-hold';
import { isReady, type Owed } from '../domain/mailbox';
import { isWatched } from '../domain/patterns';
import { breaksAt } from '../domain/queue';
import { isInForce } from '../domain/sp-standing';
import { WORDED, type Worded, wordsOf } from '../domain/words';
import type { StoredCase } from '../services/ports/cases';
import { seal } from './seal';

/** A case's document: the stored case plus what the indexes need. */
export type CaseDocument = Omit<StoredCase, 'id' | 'events'> & {
  _id: string;
  events: SealedEvent[];
  /** Until it is resolved or void. */
  isOpen: boolean;
  /** When the next rung fires; null while none is left to fire. */
  nextNudgeAt: Date | null;
  /** When the first of its clocks is due; far ahead while none runs. */
  breaksAt: Date;
  /** Queues with something to send (`queueOf`), and the oldest of it. What waits for its card is in none. */
  outboxLanes: Queue[];
  outboxAt: Date | null;
  /** Whether a message was given up. */
  hasDead: boolean;
  /** What it is found by in a search: see `wordsOf`. */
  words: string[];
  /** When it was closed; null while it is open. */
  closedAt?: Date | null;
  /** Whether it is on legal hold. */
  held?: boolean;
  /** True from filing until the repeat rules have looked at its SP; then absent. */
  unwatched?: boolean;
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
    outbox: [Mixed],
    isOpen: Boolean,
    nextNudgeAt: Date,
    breaksAt: Date,
    outboxLanes: [String],
    outboxAt: Date,
    hasDead: Boolean,
    words: [String],
    unwatched: Boolean,
    legalHold: Mixed,
    closedAt: Date,
    held: Boolean,
  },
  { collection: 'cases', versionKey: false, minimize: false, id: false },
);
caseSchema.index({ ref: 1 }, { unique: true });
// Open cases only, so that what is closed costs nothing: the tick, the auditor, a walk over them, a person's desk.
caseSchema.index({ isOpen: 1, nextNudgeAt: 1, _id: 1 });
caseSchema.index({ isOpen: 1, _id: 1 });
caseSchema.index({ isOpen: 1, owner: 1, nextNudgeAt: 1 });
caseSchema.index({ sj: 1, isOpen: 1, filedAt: -1 });
caseSchema.index({ 'sp.account': 1, isOpen: 1, filedAt: -1 });
caseSchema.index({ sj: 1, filedAt: -1, _id: -1 });
caseSchema.index({ 'sp.account': 1, filedAt: -1, _id: -1 });
caseSchema.index({ reporter: 1, filedAt: -1, _id: -1 });
caseSchema.index({ outboxAt: 1 });
caseSchema.index({ outboxLanes: 1, outboxAt: 1 });
caseSchema.index({ hasDead: 1, changedAt: -1 });
// Desks: a queue by what breaks next, of one's own, of areas, of kinds; what someone filed.
caseSchema.index({ isOpen: 1, owner: 1, breaksAt: 1, _id: 1 });
caseSchema.index({ isOpen: 1, area: 1, breaksAt: 1, _id: 1 });
caseSchema.index({ isOpen: 1, kind: 1, breaksAt: 1, _id: 1 });
caseSchema.index({ isOpen: 1, breaksAt: 1, _id: 1 });
caseSchema.index({ reporter: 1, isOpen: 1, breaksAt: 1, _id: 1 });
caseSchema.index({ reporter: 1, 'resolution.at': -1 });
// Digests and reports.
caseSchema.index({ isOpen: 1, area: 1, filedAt: 1 });
caseSchema.index({ isOpen: 1, state: 1, filedAt: 1 });
caseSchema.index({ isOpen: 1, unrouted: 1, filedAt: 1 });
caseSchema.index({ area: 1, filedAt: -1, _id: -1, kind: 1 });
caseSchema.index({ area: 1, 'resolution.at': 1, kind: 1 });
caseSchema.index({ unwatched: 1, filedAt: 1 });
caseSchema.index({ 'posts.sent.ts': 1, 'posts.sent.channel': 1 });
caseSchema.index({ 'posts.sent.channel': 1, 'posts.show': 1 });
caseSchema.index({ 'notes.id': 1 });
// What is to be deleted, and what would be if it were not on hold.
caseSchema.index({ held: 1, kind: 1, closedAt: 1, _id: 1 });
// Who may read what for a while: few cases have any.
caseSchema.index({ 'grants.person': 1 }, { sparse: true });
// Searches: each condition gives its cases in the order of all lists.
for (const field of ['words', 'kind', 'state', 'owner', 'followers', 'resolution.outcome'])
  caseSchema.index({ [field]: 1, filedAt: -1, _id: -1 });
caseSchema.index({ filedAt: -1, _id: -1 });

/** Everything but the history and the outgoing messages: see `CaseRecord`. The words are for the index alone. */
export const RECORD = { events: 0, outbox: 0, words: 0 } as const;

/** The facts, and what the indexes need of them. */
export const factFields = (facts: CaseFacts) => ({
  ...factsOf(facts),
  isOpen: isOpen(facts),
  nextNudgeAt: nextNudgeAt(facts),
  breaksAt: breaksAt(facts),
  ...retentionFields(facts),
});

/** Since when a case waits to be deleted, and whether it must not be. */
export const retentionFields = (
  facts: Parameters<typeof closedAt>[0] & Parameters<typeof holdReason>[0] & Pick<CaseFacts, 'sanction'>,
) => ({
  closedAt: closedAt(facts),
  // What it set for its SP can be lifted in the case alone, and rests on it.
  held: holdReason(facts) !== null || isInForce(facts.sanction),
});

/** The mailbox, and what the indexes need of it. */
export function mailFields({ posts, outbox }: Owed) {
  const ready = outbox.filter((delivery) => isReady(posts, delivery));
  return {
    posts,
    outbox,
    hasDead: outbox.some(({ dead }) => dead !== null),
    outboxLanes: queuesOf({ posts, outbox }),
    outboxAt: ready.length ? new Date(ready.reduce((first, { at }) => Math.min(first, +at), Infinity)) : null,
  };
}

/** The search words, where any of the texts they come from is another than before. */
export const wordFields = (before: Worded, after: Worded) =>
  WORDED.some((field) => before[field] !== after[field]) ? { words: wordsOf(after) } : {};

/** All that a document says, its history aside. */
export const fieldsOf = (stored: CaseFacts & Owed) => ({
  ...factFields(stored),
  ...mailFields(stored),
  words: wordsOf(stored),
});

/** The document of a new case. */
export const documentOf = (stored: StoredCase) => ({
  _id: stored.id,
  version: stored.version,
  ...fieldsOf(stored),
  events: seal(stored.id, '', stored.events),
  ...(isWatched(stored) ? { unwatched: true } : {}),
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
    words: _w,
    closedAt: _c,
    held: _h,
    ...rest
  } = document;
  return { id: _id, ...withinBounds(rest) };
}

type Bounded = Pick<CaseFacts, 'notes' | 'contacts' | 'links' | 'followers' | 'totals'>;

/** A case that was stored before there were bounds, and so without totals, as it would be stored today; any other as it is. */
export function withinBounds<Stored extends Bounded & { readonly events?: readonly CaseEvent[] }>(
  stored: Stored,
): Stored {
  if (stored.totals) return stored;
  return { ...stored, ...broughtWithinBounds(stored), ...(stored.events && firstAnswer(stored.events)) };
}

/** The first acknowledgement, from a whole history. */
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

/** The facts alone, without what else a stored case carries. */
export function factsOf(stored: CaseFacts): CaseFacts {
  const { id: _i, version: _v, events: _e, posts: _p, outbox: _o, ...facts } = stored as StoredCase;
  return facts;
}
