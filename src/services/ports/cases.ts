import type { HeldGrant, mayRead } from '../../domain/access';
import type { Actor, CaseEvent, CaseFacts, SealedEvent } from '../../domain/case';
import type { RowFacts } from '../../domain/case-columns';
import type { ExceptionCode } from '../../domain/exception-codes';
import type { CaseKind } from '../../domain/kinds';
import type { Queue } from '../../domain/lane-queue';
import type { Mailbox, Owed } from '../../domain/mailbox';
import type { PersonalDatum } from '../../domain/personal-data';
import type { Lane } from '../../domain/targets';

/** A case as it is stored: its facts, the newest of the events they come from, and what it owes to people. */
export interface StoredCase extends CaseFacts, Owed {
  /** Made of what caused the case (the view id of its submission), so that a replay stores nothing twice. */
  readonly id: string;
  readonly version: number;
  /** The newest without a gap; those before them, if any, are in its history (`CaseHistory`). */
  readonly events: readonly CaseEvent[];
}

/** What a report's confirmation says beside the case itself. */
export interface Untold {
  readonly masked: readonly PersonalDatum[];
}

/** What a write makes of a case. */
export interface Change {
  /** The very ones it is based on, where only the mailbox changes: then nothing of them is written. */
  readonly facts: CaseFacts;
  /** Those past what it is based on. */
  readonly events: readonly CaseEvent[];
  readonly mailbox: Mailbox;
}

/** What finds the history of a case. */
export type Storied = Pick<StoredCase, 'id' | 'events'>;

/** All events of cases, those included that a case's document has no room for. Every method rejects when the store cannot be reached. */
export interface CaseHistory {
  /** From the first event on, a page at a time. */
  all(stored: Storied): AsyncIterable<readonly SealedEvent[]>;
  /** The event with this number; null when there is none. */
  numbered(stored: Storied, seq: number): Promise<CaseEvent | null>;
  /** The events with these numbers, the last one included, in order. */
  between(stored: Storied, from: number, to: number): Promise<readonly CaseEvent[]>;
  /** Whether something with this key happened already. */
  hasKey(stored: Storied, key: string): Promise<boolean>;
  /** The newest event about a note, by its id, or a link, by the other case's reference. */
  newestAbout(stored: Storied, what: 'note' | 'link', which: string): Promise<CaseEvent | null>;
}

/** A case without its history and its outgoing messages. */
export type CaseRecord = Omit<StoredCase, 'events' | 'outbox'>;

/** What an export reads of a case: its row, and who may read it. */
export type CaseRow = RowFacts & Parameters<typeof mayRead>[0];

/** A case without its history. */
export type OwingCase = Omit<StoredCase, 'events'>;

/** A message that waits in a queue. */
export interface Waiting {
  readonly caseId: string;
  readonly deliveryId: string;
  /** Whether it goes into one message with others of its kind. */
  readonly isNudge: boolean;
  /** Whether it takes a place in its queue's rhythm, as a rule: all but the newest state of a card. */
  readonly isPost: boolean;
  /** The card it is, or belongs under: what is about one card keeps its order. Null for a message on its own. */
  readonly card: string | null;
  readonly at: Date;
}

/** A case whose next rung fires at `at`. */
export interface DueCase {
  readonly id: string;
  readonly ref: string;
  readonly at: Date;
}

/** A message that should be with someone by now. */
export interface LateDelivery {
  readonly ref: string;
  readonly lane: Lane;
  /** Its queue: its lane's own, or that of its lane's files. */
  readonly queue: Queue;
  readonly at: Date;
}

export interface Backlog {
  readonly deliveries: number;
  /** Since when the oldest waits, or null. */
  readonly oldest: Date | null;
  readonly casesWithDead: number;
}

/** Cases, one document each. Every method rejects when the store cannot be reached. */
export interface CaseStore {
  /** Stores a new case; `exists` when one with this id is there already. `untold`: its reporter waits to hear of it (`CaseReports`). */
  insert(stored: StoredCase, untold?: Untold): Promise<'inserted' | 'exists'>;
  byId(id: string): Promise<StoredCase | null>;
  byRef(ref: string): Promise<StoredCase | null>;
  /** The case whose card is this message, or was it. */
  byPost(channel: string, ts: string): Promise<StoredCase | null>;
  /** The case with a card in this channel that has this message at hand as a note, or null. */
  byNote(channel: string, ts: string): Promise<StoredCase | null>;
  /** Need-to-know cases with a full card in this channel. */
  shownInFull(channel: string, limit: number): Promise<readonly StoredCase[]>;
  /** Open need-to-know cases that are kept from this channel because others read it, or did. */
  keptFrom(channel: string, limit: number): Promise<readonly StoredCase[]>;
  /** Open cases of an SJ, newest first, at most ten. */
  openBySj(sj: string): Promise<readonly StoredCase[]>;
  /** Open cases of an SP filed since then with one of these codes, newest first, at most ten. */
  openBySp(account: string, codes: readonly ExceptionCode[], since: Date): Promise<readonly StoredCase[]>;
  /** When the callbacks are due that open cases of a kind promise from `from` on, `limit` cases at most. */
  promisedCallbacks(kind: CaseKind, from: Date, limit: number): Promise<readonly Date[]>;
  /** All cases of an SJ, newest first. */
  bySj(sj: string, limit: number): Promise<readonly CaseRecord[]>;
  /** All cases of an SP, newest first. */
  bySp(account: string, limit: number): Promise<readonly CaseRecord[]>;
  /** What the scorecard counts of an SP (domain section 9): filed since then, or open still. Newest first. */
  scoresOf(account: string, since: Date): Promise<readonly CaseRecord[]>;
  /** One versioned write: facts, the events past `based.events`, and the mailbox. False when someone else was faster. */
  save(based: StoredCase, next: Change): Promise<boolean>;
  /** Cases with a rung that fires at or before `now`, earliest first; those that come later than `beyond` in this order. */
  due(now: Date, limit: number, beyond?: DueCase | null): Promise<readonly DueCase[]>;
  /** What waits in a queue and may be sent at `now`, in order; at least what the oldest `limit` cases owe it. */
  waiting(queue: Queue, limit: number, now: Date): Promise<readonly Waiting[]>;
  /** The same where one case alone owes something to the queue, with that case; null where several do, or none. */
  waitingOfOne(
    queue: Queue,
    now: Date,
  ): Promise<{ readonly waiting: readonly Waiting[]; readonly of: StoredCase } | null>;
  /** Queues in which something may be sent at `now`, in the order of their names, from past `beyond` on and around. */
  lanesWithWork(limit: number, now: Date, beyond?: Queue | null): Promise<readonly Queue[]>;
  /** Open cases by id, those after `afterId`: a walk over all of them, page by page. */
  openPage(afterId: string | null, limit: number): Promise<readonly CaseRecord[]>;
  /** Open cases with no rung left to fire, by id, those after `afterId`. */
  stalled(afterId: string | null, limit: number): Promise<readonly CaseRecord[]>;
  /** Cases whose newest event is dated later than this, at most `limit`. */
  changedAfter(moment: Date, limit: number): Promise<readonly CaseRecord[]>;
  /** Everyone who owns an open case. */
  openOwners(): Promise<readonly Actor[]>;
  /** Open cases that were routed and that no one owns. */
  ownerless(limit: number): Promise<readonly CaseRecord[]>;
  /** Messages that could have been sent before `moment` and are not, of at most `limit` cases, oldest first. */
  undelivered(moment: Date, limit: number): Promise<readonly LateDelivery[]>;
  /** What waits to be sent, and how many cases hold a message that was given up. */
  backlog(): Promise<Backlog>;
  /** What someone was given leave to read that has not ended (domain section 10). */
  grantedTo(person: Actor, now: Date): Promise<readonly HeldGrant[]>;
  /** A person's open cases, what breaks next first. */
  openOf(owner: Actor, limit: number): Promise<readonly StoredCase[]>;
}
