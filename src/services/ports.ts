import type { Actor, CaseEvent, CaseFacts } from '../domain/case';
import type { ContactAttempt } from '../domain/contact-rule';
import type { Area, ServiceProvider } from '../domain/directory';
import type { Mailbox } from '../domain/effects';
import type { Answers, Catalogue } from '../domain/forms/form';
import type { ContactSubject } from '../domain/forms/notice';
import type { CaseKind, ExceptionCode } from '../domain/kinds';
import type { Policy } from '../domain/policy';
import type { WarmTransfer } from '../domain/transfer';

/** Who owns what, and the rules in force. Answers may be a few seconds old. Rejects when the store cannot be reached. */
export interface Directory {
  area(name: string): Promise<Area | null>;
  areas(): Promise<readonly Area[]>;
  /** By account number, in any case and with spaces around it. */
  provider(account: string): Promise<ServiceProvider | null>;
  policy(): Promise<Policy>;
  catalogue(): Promise<Catalogue>;
}

/** What a write did, or with `dryRun` would do, in documents. */
export interface Tally {
  inserted: number;
  updated: number;
  unchanged: number;
}

/** Changes to the directory; each one may be repeated and then changes nothing. */
export interface DirectoryWriter {
  saveAreas(areas: readonly Area[], dryRun?: boolean): Promise<Tally>;
  saveProviders(providers: readonly ServiceProvider[], dryRun?: boolean): Promise<Tally>;
  /** `by` is the Slack user id of the person, or the name of the tool, that changed it. */
  savePolicy(policy: Policy, by: string, dryRun?: boolean): Promise<Tally>;
  saveCatalogue(catalogue: Catalogue, by: string, dryRun?: boolean): Promise<Tally>;
}

/** A case as it is stored: its facts, the events they come from, and what it owes to people. */
export interface StoredCase extends CaseFacts, Mailbox {
  /** Made of what caused the case (the view id of its submission), so that a replay stores nothing twice. */
  readonly id: string;
  readonly version: number;
  readonly events: readonly CaseEvent[];
}

/** A case without its history and its outgoing messages. */
export type CaseRecord = Omit<StoredCase, 'events' | 'outbox'>;

/** A message that waits in a lane. */
export interface Waiting {
  readonly caseId: string;
  readonly deliveryId: string;
  readonly at: Date;
}

/** Cases, one document each. Every method rejects when the store cannot be reached. */
export interface CaseStore {
  /** Stores a new case; `exists` when one with this id is there already. */
  insert(stored: StoredCase): Promise<'inserted' | 'exists'>;
  byId(id: string): Promise<StoredCase | null>;
  byRef(ref: string): Promise<StoredCase | null>;
  /** The case whose card is this message. */
  byPost(channel: string, ts: string): Promise<StoredCase | null>;
  /** Open cases of an SJ, newest first, at most ten. */
  openBySj(sj: string): Promise<readonly StoredCase[]>;
  /** Open cases of an SP filed since then with one of these codes, newest first, at most ten. */
  openBySp(account: string, codes: readonly ExceptionCode[], since: Date): Promise<readonly StoredCase[]>;
  /** All cases of an SJ, newest first. */
  bySj(sj: string, limit: number): Promise<readonly CaseRecord[]>;
  /** All cases of an SP, newest first. */
  bySp(account: string, limit: number): Promise<readonly CaseRecord[]>;
  /** What the scorecard counts of an SP (domain section 9): filed since then, or open still. Newest first. */
  scoresOf(account: string, since: Date): Promise<readonly CaseRecord[]>;
  /** One versioned write: facts, the events past `based.events`, and the mailbox. False when somebody else was faster. */
  save(based: StoredCase, next: { facts: CaseFacts; events: readonly CaseEvent[]; mailbox: Mailbox }): Promise<boolean>;
  /** Ids of cases with a rung that fires at or before `now`, earliest first. */
  due(now: Date, limit: number): Promise<readonly string[]>;
  /** What waits in a lane, in order. */
  waiting(lane: string, limit: number): Promise<readonly Waiting[]>;
  /** Lanes in which something waits. */
  lanesWithWork(limit: number): Promise<readonly string[]>;
  /** A person's cases that are not closed, what breaks next first. */
  openOf(owner: Actor, limit: number): Promise<readonly StoredCase[]>;
  /** What somebody filed, newest first. */
  filedBy(reporter: Actor, limit: number): Promise<readonly StoredCase[]>;
}

/** Attempts to contact the SP about a job: records of the SJ, never edited. Every method rejects when the store is out of reach. */
export interface ContactStore {
  /** Keeps an attempt under the id of what recorded it; a second one with that id changes nothing. */
  add(id: string, attempt: ContactAttempt): Promise<void>;
  /** Oldest first. */
  ofSj(sj: string): Promise<readonly ContactAttempt[]>;
}

/** A DM that somebody asked for: that an exception about this job can be opened at `at`. */
export interface Reminder extends ContactSubject {
  readonly id: string;
  /** Slack user id. */
  readonly to: Actor;
  readonly at: Date;
  /** How many instances have tried to send it so far. */
  readonly claims: number;
}

/** Reminders, each settled once. Every method rejects when the store cannot be reached. */
export interface ReminderStore {
  /** Keeping one that is there already changes nothing. */
  keep(reminder: Omit<Reminder, 'claims'>): Promise<void>;
  /** When this person will be reminded of this SJ, or null. */
  pending(to: Actor, sj: string): Promise<Date | null>;
  /** Takes back what waits for this person about this SJ. */
  drop(to: Actor, sj: string): Promise<void>;
  /** What may be claimed at `now`, earliest first. */
  due(now: Date, limit: number): Promise<readonly Reminder[]>;
  /** True for the one instance that may send it now; others may claim it again from `until` on. */
  claim(reminder: Reminder, until: Date): Promise<boolean>;
  /** It is sent, or given up. */
  done(id: string): Promise<void>;
}

/** What somebody has entered in a form that is not filed yet (domain section 3). One per person and form. */
export interface Draft {
  readonly user: Actor;
  readonly kind: CaseKind;
  /** When it was begun: tells this draft from an earlier one of the same form. */
  readonly startedAt: Date;
  readonly updatedAt: Date;
  readonly answers: Answers;
  /** What the form's window remembers: its page, the message it came from. */
  readonly metadata: string;
}

/** Drafts. Every method rejects when the store cannot be reached. */
export interface DraftStore {
  /** Whatever its age; null when there is none, or nothing in it. */
  find(user: Actor, kind: CaseKind): Promise<Draft | null>;
  /** Keeps it, unless something newer is kept already: a late write undoes nothing. No answers empty it. */
  save(draft: Draft): Promise<void>;
}

/** Sends one reminder. `again`: an earlier attempt may have arrived, so it is looked for first. */
export type SendReminder = (reminder: Reminder, again: boolean) => Promise<'sent' | 'later' | 'refused'>;

/** Who is where in Slack. */
export interface PeopleLookup {
  /** The people of a user group, at most a minute old; nobody when Slack has never told. Never rejects. */
  inGroup(group: string): Promise<readonly Actor[]>;
  /** Whether an account is in use, and its time zone; at most a minute old. In use where Slack does not tell. Never rejects. */
  account(user: Actor): Promise<{ readonly active: boolean; readonly timeZone: string | null }>;
  /** The members of a channel now. Rejects when Slack cannot be asked. */
  inChannel(channel: string): Promise<readonly Actor[]>;
}

/** Warm transfers. Every method rejects when the store cannot be reached. */
export interface TransferStore {
  /** False when it was asked for already. */
  ask(transfer: WarmTransfer): Promise<boolean>;
  /** Forgets one that nobody could be told of. */
  withdraw(id: string): Promise<void>;
  byId(id: string): Promise<WarmTransfer | null>;
  /** Takes it unless somebody has it; gives it as it stands then. */
  claim(id: string, by: Actor, at: Date): Promise<WarmTransfer | null>;
}

/** References such as SPF-000123: never given twice, whatever happens. */
export interface References {
  next(kind: CaseKind): Promise<string>;
}

/** The exclusive right to send in a lane, held by one instance at a time and lost when it stops renewing it. */
export interface LaneLeases {
  /**
   * Null when somebody else holds it. `orphaned`: its last holder died, so whatever it was sending may have arrived.
   * `suspects`: deliveries of which the last holder could not tell whether they arrived.
   */
  claim(lane: string): Promise<{
    readonly orphaned: boolean;
    readonly suspects: readonly string[];
    readonly nextAt: Date;
  } | null>;
  /** Whether this instance still holds the lane; false once its lease ran out unrenewed, as after a long pause. */
  holds(lane: string): boolean;
  /** Extends the leases of this instance that have not run out. */
  renew(): Promise<void>;
  /** Gives the lane back; the next message may go out at `nextAt`, and `suspects` may have arrived already. */
  release(lane: string, nextAt: Date, suspects: readonly string[]): Promise<void>;
}
