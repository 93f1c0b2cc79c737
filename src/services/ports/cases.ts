import type { HeldGrant, mayRead } from '../../domain/access';
import type { Actor } from '../../domain/actor';
import type { CaseFacts } from '../../domain/case';
import type { RowFacts } from '../../domain/case-columns';
import type { CaseEvent, SealedEvent } from '../../domain/event';
import type { ExceptionCode } from '../../domain/exception-codes';
import type { CaseKind } from '../../domain/kinds/code';
import type { Queue } from '../../domain/lane-queue';
import type { CardPlace, Mailbox, Owed } from '../../domain/mailbox';
import type { PersonalDatum } from '../../domain/personal-data';
import type { Lane } from '../../domain/targets';

/** A stored case: its facts, its newest events, and the messages it owes people. */
export interface StoredCase extends CaseFacts, Owed {
  /** From what caused the case (the view id of its submission), so that repeating it stores nothing twice. */
  readonly id: string;
  readonly version: number;
  /** The newest, without a gap; earlier ones are in its history (`CaseHistory`). */
  readonly events: readonly CaseEvent[];
  /** Where its messages outside of its cards' threads are, such as DMs: the newest; the store keeps the others. */
  readonly said?: readonly CardPlace[];
}

/** What a report's confirmation needs besides the case. */
export interface Untold {
  readonly masked: readonly PersonalDatum[];
}

/** The result of a write to a case. */
export interface Change {
  /** The same object as in the base if only the mailbox changes: then none of them is written. */
  readonly facts: CaseFacts;
  /** Those after the base's. */
  readonly events: readonly CaseEvent[];
  readonly mailbox: Mailbox;
  /** The new `said` of the case; unchanged if absent. */
  readonly said?: readonly CardPlace[];
}

/** What identifies a case's history. */
export type Storied = Pick<StoredCase, 'id' | 'events'>;

/** All events of cases, wherever they are stored. Every method rejects if the store is unreachable. */
export interface CaseHistory {
  /** From the first event on, in pages. */
  all(stored: Storied): AsyncIterable<readonly SealedEvent[]>;
  /** The event with this number, or null. */
  numbered(stored: Storied, seq: number): Promise<CaseEvent | null>;
  /** The events with these numbers, including the last, in order. */
  between(stored: Storied, from: number, to: number): Promise<readonly CaseEvent[]>;
  /** Whether something with this key already happened. */
  hasKey(stored: Storied, key: string): Promise<boolean>;
  /** The newest event about a note, by its id, or a link, by the other case's reference. */
  newestAbout(stored: Storied, what: 'note' | 'link', which: string): Promise<CaseEvent | null>;
}

/** A case without its events and its outgoing messages. */
export type CaseRecord = Omit<StoredCase, 'events' | 'outbox'>;

/** What an export reads of a case: its row, and who may read it. */
export type CaseRow = RowFacts & Parameters<typeof mayRead>[0];

/** A case without its events. */
export type OwingCase = Omit<StoredCase, 'events'>;

/** A message that waits in a queue. */
export interface Waiting {
  readonly caseId: string;
  readonly deliveryId: string;
  /** Whether it is combined with others of its kind. */
  readonly isNudge: boolean;
  /** Whether it usually takes a slot of its queue's rate: all but the newest state of a card. */
  readonly isPost: boolean;
  /** The card it is, or belongs under: messages about one card keep their order. Null for a message without one. */
  readonly card: string | null;
  readonly at: Date;
}

/** A case whose next rung fires at `at`. */
export interface DueCase {
  readonly id: string;
  readonly ref: string;
  readonly at: Date;
}

/** A place among cases by the date of their newest event. */
export type Dated = Pick<CaseRecord, 'id' | 'changedAt'>;

/** A message that should have arrived by now. */
export interface LateDelivery {
  readonly ref: string;
  readonly lane: Lane;
  /** Its queue: its lane's own, or that of its lane's files. */
  readonly queue: Queue;
  readonly at: Date;
}

export interface Backlog {
  readonly deliveries: number;
  /** Since when the oldest has waited, or null. */
  readonly oldest: Date | null;
  readonly casesWithDead: number;
}

/** Cases, one document each. Every method rejects if the store is unreachable. */
export interface CaseStore {
  /** Stores a new case; `exists` if this id exists. `untold`: its reporter was not told yet (`CaseReports`). */
  insert(stored: StoredCase, untold?: Untold): Promise<'inserted' | 'exists'>;
  byId(id: string): Promise<StoredCase | null>;
  byRef(ref: string): Promise<StoredCase | null>;
  /** Where a message about a case is that is none of its deliveries, so that it can be deleted. */
  remember(ref: string, place: CardPlace): Promise<void>;
  /** The case whose card is, or was, this message. */
  byPost(channel: string, ts: string): Promise<StoredCase | null>;
  /** The case with a card in this channel that has this message at hand as a note, or null. */
  byNote(channel: string, ts: string): Promise<StoredCase | null>;
  /** Need-to-know cases with a full card in this channel. */
  shownInFull(channel: string, limit: number): Promise<readonly StoredCase[]>;
  /** Open need-to-know cases that are kept out of this channel because others read it, or did. */
  keptFrom(channel: string, limit: number): Promise<readonly StoredCase[]>;
  /** Open cases of an SJ, newest first, at most ten. */
  openBySj(sj: string): Promise<readonly StoredCase[]>;
  /** Open cases of an SP filed since then with one of these codes, newest first, at most ten. */
  openBySp(account: string, codes: readonly ExceptionCode[], since: Date): Promise<readonly StoredCase[]>;
  /** When open cases of a kind have promised callbacks from `from` on, at most `limit` cases. */
  promisedCallbacks(kind: CaseKind, from: Date, limit: number): Promise<readonly Date[]>;
  /** All cases of an SJ, newest first. */
  bySj(sj: string, limit: number): Promise<readonly CaseRecord[]>;
  /** All cases of an SP, newest first. */
  bySp(account: string, limit: number): Promise<readonly CaseRecord[]>;
  /** What an SP's scorecard counts (domain section 9): filed since then, or still open. Newest first. */
  scoresOf(account: string, since: Date): Promise<readonly CaseRecord[]>;
  /** One versioned write: facts, the events after `based.events`, and the mailbox. False if someone else was faster. */
  save(based: StoredCase, next: Change): Promise<boolean>;
  /** Cases with a rung that fires at or before `now`, earliest first, after `beyond` in this order. */
  due(now: Date, limit: number, beyond?: DueCase | null): Promise<readonly DueCase[]>;
  /** What waits in a queue and may be sent at `now`, in order; at least the messages of the oldest `limit` cases. */
  waiting(queue: Queue, limit: number, now: Date): Promise<readonly Waiting[]>;
  /** The same if only one case has messages in the queue, with that case; null if several do, or none. */
  waitingOfOne(
    queue: Queue,
    now: Date,
  ): Promise<{ readonly waiting: readonly Waiting[]; readonly of: StoredCase } | null>;
  /** Queues in which something may be sent at `now`, by name, starting after `beyond` and wrapping around. */
  lanesWithWork(limit: number, now: Date, beyond?: Queue | null): Promise<readonly Queue[]>;
  /** Open cases by id, after `afterId`: a walk over all of them in pages. */
  openPage(afterId: string | null, limit: number): Promise<readonly CaseRecord[]>;
  /** Open cases without a rung left, by id, after `afterId`. */
  stalled(afterId: string | null, limit: number): Promise<readonly CaseRecord[]>;
  /** Cases whose newest event is dated later than this, latest first, after `beyond` in this order. */
  changedAfter(moment: Date, limit: number, beyond?: Dated | null): Promise<readonly CaseRecord[]>;
  /** Everyone who owns an open case. */
  openOwners(): Promise<readonly Actor[]>;
  /** Every conversation that has the card of an open case: an area may have another channel by now. */
  openChannels(): Promise<readonly string[]>;
  /** Open, routed cases without an owner. */
  ownerless(limit: number): Promise<readonly CaseRecord[]>;
  /** Messages that could have been sent before `moment` but were not, of at most `limit` cases, oldest first. */
  undelivered(moment: Date, limit: number): Promise<readonly LateDelivery[]>;
  /** What waits to be sent, and how many cases have a failed message. */
  backlog(): Promise<Backlog>;
  /** A person's grants that have not ended (domain section 10). */
  grantedTo(person: Actor, now: Date): Promise<readonly HeldGrant[]>;
  /** A person's open cases, earliest due first, without those that wait for the whole Admin team. */
  openOf(owner: Actor, limit: number): Promise<readonly StoredCase[]>;
}
