import type { mayRead } from '../domain/access';
import type { Alarm } from '../domain/alarms';
import type { Actor, CaseEvent, CaseFacts, CaseState } from '../domain/case';
import type { RowFacts } from '../domain/case-columns';
import type { ConfigEvent, ConfigKind, ConfigValues, Texts } from '../domain/configuration';
import type { ContactAttempt } from '../domain/contact-rule';
import type { Cover, CoverState } from '../domain/cover';
import type { DigestCase } from '../domain/digest';
import type { Area, ServiceProvider } from '../domain/directory';
import type { ExceptionCode } from '../domain/exception-codes';
import type { CountedCase } from '../domain/figures';
import type { Answers, Catalogue } from '../domain/forms/form';
import type { JobRun } from '../domain/health';
import type { CaseKind } from '../domain/kinds';
import type { FailedLetter, Letter, PassedOn } from '../domain/letters';
import type { Mailbox, Owed } from '../domain/mailbox';
import type { Raised, WatchedCase } from '../domain/patterns';
import type { Pictured } from '../domain/pictured';
import type { Policy } from '../domain/policy';
import type { Preferences } from '../domain/preferences';
import type { QueueQuery } from '../domain/queue';
import type { CaseKey, CaseQuery } from '../domain/search';
import type { SpMetrics } from '../domain/sp-metrics';
import type { WarmTransfer } from '../domain/transfer';
import type { ReportCase } from '../domain/weekly-report';

/** Who owns what, and the rules in force. Answers may be a few seconds old. Rejects when the store cannot be reached. */
export interface Directory {
  area(name: string): Promise<Area | null>;
  areas(): Promise<readonly Area[]>;
  /** By account number, in any case and with spaces around it. */
  provider(account: string): Promise<ServiceProvider | null>;
  /** Which of these accounts the directory has, in one query at most. */
  knownAccounts(accounts: readonly string[]): Promise<readonly string[]>;
  policy(): Promise<Policy>;
  catalogue(): Promise<Catalogue>;
  /** Closing texts that differ from their standard ones, by key. */
  texts(): Promise<Texts>;
}

/** What a write did, or with `dryRun` would do, in documents. */
export interface Tally {
  inserted: number;
  updated: number;
  unchanged: number;
}

/** Who wrote, when it is not an import, and whether nothing is written. */
export interface WriteOptions {
  /** A Slack user id, or the name of a tool. */
  readonly by?: string;
  readonly dryRun?: boolean;
}

/**
 * Changes to the directory by imports; each one may be repeated and then changes nothing. Every change is an event of
 * the history, except those of SPs: their import writes one for all of them (`ConfigStore.record`).
 */
export interface DirectoryWriter {
  saveAreas(areas: readonly Area[], options?: WriteOptions): Promise<Tally>;
  saveProviders(providers: readonly ServiceProvider[], options?: WriteOptions): Promise<Tally>;
  /** `by` is the Slack user id of the person, or the name of the tool, that changed it. */
  savePolicy(policy: Policy, by: string, dryRun?: boolean): Promise<Tally>;
  saveCatalogue(catalogue: Catalogue, by: string, dryRun?: boolean): Promise<Tally>;
}

/** A piece of configuration as it is stored now. */
export interface Configured<K extends ConfigKind> {
  readonly value: ConfigValues[K];
  readonly version: number;
  readonly changed: { readonly by: string; readonly at: Date };
}

/** What of the history is wanted. */
export interface HistoryFilter {
  readonly what?: ConfigKind;
  readonly key?: string;
  readonly by?: string;
}

/** The configuration with its versions, and the history of its changes. Every method rejects when the store is out of reach. */
export interface ConfigStore {
  /** As it is stored now, never an older one; null when it was never set, or was removed. */
  configured<K extends ConfigKind>(what: K, key: string): Promise<Configured<K> | null>;
  /**
   * One guarded write, and its event. `expected` is the version it rests on (null: there is none yet), `after` what it
   * makes (null: removed). Null when somebody was faster.
   */
  write<K extends ConfigKind>(change: {
    readonly what: K;
    readonly key: string;
    readonly by: string;
    readonly at: Date;
    readonly expected: number | null;
    readonly after: ConfigValues[K] | null;
  }): Promise<ConfigEvent | null>;
  /** Keeps an event of an import in bulk; written again under its id it takes the place of the earlier one. */
  record(event: ConfigEvent): Promise<void>;
  event(id: string): Promise<ConfigEvent | null>;
  /** Newest first. Changes that a crash kept from the history are in it, too. */
  history(
    filter: HistoryFilter,
    page: { readonly skip: number; readonly limit: number },
  ): Promise<readonly ConfigEvent[]>;
  /** At most `atMost` are counted. */
  countHistory(filter: HistoryFilter, atMost: number): Promise<number>;
  /** Everybody and every tool that ever changed something. */
  authors(): Promise<readonly string[]>;
  /**
   * A page of the SPs whose account, or of whose name every word, begins as the text says; accounts first, all for an
   * empty text. No more than `atMost` are counted, nor paged to.
   */
  findProviders(
    text: string,
    page: { readonly skip: number; readonly limit: number; readonly atMost: number },
  ): Promise<FoundProviders>;
  /** How many SPs there are, of an area or of all; at most `atMost` are counted. */
  countProviders(area: string | null, atMost: number): Promise<number>;
}

export interface FoundProviders {
  readonly rows: readonly ServiceProvider[];
  readonly total: number;
  /** There are more than `total`. */
  readonly isMore: boolean;
}

/** Where an import writes. */
export interface ImportTarget extends DirectoryWriter {
  readonly configuration: Pick<ConfigStore, 'record'>;
}

/** A case as it is stored: its facts, the newest of the events they come from, and what it owes to people. */
export interface StoredCase extends CaseFacts, Owed {
  /** Made of what caused the case (the view id of its submission), so that a replay stores nothing twice. */
  readonly id: string;
  readonly version: number;
  /** The newest without a gap; those before them, if any, are in its history (`CaseHistory`). */
  readonly events: readonly CaseEvent[];
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
  all(stored: Storied): AsyncIterable<readonly CaseEvent[]>;
  /** The event with this number; null when there is none. */
  numbered(stored: Storied, seq: number): Promise<CaseEvent | null>;
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
  /** The card it is, or belongs under: what is about one card keeps its order. Null for what stands alone. */
  readonly card: string | null;
  readonly at: Date;
}

/** A case whose next rung fires at `at`. */
export interface DueCase {
  readonly id: string;
  readonly ref: string;
  readonly at: Date;
}

/** A message that should be with somebody by now. */
export interface LateDelivery {
  readonly ref: string;
  readonly lane: string;
  /** The queue it stands in: its lane's own, or that of its lane's files. */
  readonly queue: string;
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
  /** Stores a new case; `exists` when one with this id is there already. */
  insert(stored: StoredCase): Promise<'inserted' | 'exists'>;
  byId(id: string): Promise<StoredCase | null>;
  byRef(ref: string): Promise<StoredCase | null>;
  /** The case whose card is this message, or was it. */
  byPost(channel: string, ts: string): Promise<StoredCase | null>;
  /** The case with a card in this channel that has this message at hand as a note, or null. */
  byNote(channel: string, ts: string): Promise<StoredCase | null>;
  /** Need-to-know cases of which a card stands in this channel in full. */
  shownInFull(channel: string, limit: number): Promise<readonly StoredCase[]>;
  /** Open need-to-know cases that are kept from this channel because others read it, or did. */
  keptFrom(channel: string, limit: number): Promise<readonly StoredCase[]>;
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
  save(based: StoredCase, next: Change): Promise<boolean>;
  /** Cases with a rung that fires at or before `now`, earliest first; those that come later than `beyond` in this order. */
  due(now: Date, limit: number, beyond?: DueCase | null): Promise<readonly DueCase[]>;
  /** What waits in a queue and may be sent at `now`, in order; at least what the oldest `limit` cases owe it. */
  waiting(queue: string, limit: number, now: Date): Promise<readonly Waiting[]>;
  /** Queues in which something may be sent at `now`, in the order of their names, from past `beyond` on and around. */
  lanesWithWork(limit: number, now: Date, beyond?: string | null): Promise<readonly string[]>;
  /** Open cases by id, those after `afterId`: a walk over all of them, page by page. */
  openPage(afterId: string | null, limit: number): Promise<readonly CaseRecord[]>;
  /** Open cases with no rung left to fire, by id, those after `afterId`. */
  stalled(afterId: string | null, limit: number): Promise<readonly CaseRecord[]>;
  /** Cases whose newest event is dated later than this, at most `limit`. */
  changedAfter(moment: Date, limit: number): Promise<readonly CaseRecord[]>;
  /** Everybody who owns an open case. */
  openOwners(): Promise<readonly Actor[]>;
  /** Open cases that were routed and that nobody owns. */
  ownerless(limit: number): Promise<readonly CaseRecord[]>;
  /** Messages that could have been sent before `moment` and are not, of at most `limit` cases, oldest first. */
  undelivered(moment: Date, limit: number): Promise<readonly LateDelivery[]>;
  /** What waits to be sent, and how many cases hold a message that was given up. */
  backlog(): Promise<Backlog>;
  /** A person's open cases, what breaks next first. */
  openOf(owner: Actor, limit: number): Promise<readonly StoredCase[]>;
}

/** What people's desks read of the cases, a page at a time; counts stop at `atMost`. Every method rejects when the store cannot be reached. */
export interface CaseDesks {
  /** Open cases of a queue, what breaks next first. */
  queue(query: QueueQuery, skip: number, limit: number): Promise<readonly CaseRecord[]>;
  queueSize(query: QueueQuery, atMost: number): Promise<number>;
  /** Acknowledged cases of these people of which something is due by then, earliest first. */
  promised(owners: readonly Actor[], by: Date, limit: number): Promise<readonly CaseRecord[]>;
  /** Everything that somebody filed, newest first. */
  filedBy(reporter: Actor, skip: number, limit: number): Promise<readonly CaseRecord[]>;
  filedCount(reporter: Actor, atMost: number): Promise<number>;
  /** What of it is open, what breaks next first. */
  openFiledBy(reporter: Actor, skip: number, limit: number): Promise<readonly CaseRecord[]>;
  openFiledCount(reporter: Actor, atMost: number): Promise<number>;
  /** What the review returned to them with a question. */
  questionsFor(reporter: Actor, limit: number): Promise<readonly CaseRecord[]>;
  /** What of it was resolved since then, newest first. */
  resolvedFor(reporter: Actor, since: Date, limit: number): Promise<readonly CaseRecord[]>;
  /** What waits for the Admin team's review, longest there first. */
  inReview(skip: number, limit: number): Promise<readonly CaseRecord[]>;
  inReviewCount(atMost: number): Promise<number>;
  /** What no area has taken, what breaks next first; of more than 1,000 only as many. */
  unrouted(skip: number, limit: number): Promise<readonly CaseRecord[]>;
  unroutedCount(atMost: number): Promise<number>;
  /** Cases that hold a message which was given up, changed last first, with what they owe. */
  withDead(skip: number, limit: number): Promise<readonly OwingCase[]>;
  withDeadCount(atMost: number): Promise<number>;
  /** How many cases of some areas and kinds were filed, or resolved, from a moment up to another. */
  filedIn(of: AreaCases, from: Date, to: Date, atMost: number): Promise<number>;
  resolvedIn(of: AreaCases, from: Date, to: Date, atMost: number): Promise<number>;
}

/** Cases of these areas and kinds. */
export interface AreaCases {
  readonly areas: readonly string[];
  readonly kinds: readonly CaseKind[];
}

/** Where somebody was last in Home, each place as its text. */
export interface HomeVisit {
  readonly user: Actor;
  readonly at: Date;
  readonly place: string;
  /** The filters they left on each tab, by the tab's id. */
  readonly filters: Readonly<Record<string, string>>;
}

/** Who has opened Home, and where in it they are. Every method rejects when the store cannot be reached. */
export interface HomeStore {
  find(user: Actor): Promise<HomeVisit | null>;
  /** Keeps where somebody is now; filters of other tabs stay. */
  keep(visit: HomeVisit): Promise<void>;
  /** Those of these people who were there since then. */
  lately(users: readonly Actor[], since: Date): Promise<readonly HomeVisit[]>;
}

/** What digests, reports and repeat rules read of all cases. Every method rejects when the store cannot be reached. */
export interface CaseReports {
  /** An area's open cases, oldest first. */
  openIn(area: string): Promise<readonly DigestCase[]>;
  /** Praise of an area's SPs filed since then, oldest first. */
  praiseIn(area: string, since: Date): Promise<readonly DigestCase[]>;
  /** Open cases in one state, oldest first. */
  inState(state: CaseState, limit: number): Promise<readonly DigestCase[]>;
  /** Open cases that no area has taken. */
  unrouted(limit: number): Promise<readonly DigestCase[]>;
  /** Whether an area has an open case. */
  hasOpen(area: string): Promise<boolean>;
  /** Whether anything was ever filed. */
  hasAny(): Promise<boolean>;
  /** Messages that were given up, of at most `limit` cases, newest first. */
  dead(limit: number): Promise<readonly DeadDelivery[]>;
  /** An area's cases (null: those of none) filed since then and before the week's end, or resolved in the week, one by one. */
  reported(
    area: string | null,
    since: Date,
    week: { readonly from: Date; readonly to: Date },
  ): AsyncIterable<ReportCase>;
  /** Cases whose SP the repeat rules have not looked at since they were filed, oldest first. */
  unwatched(limit: number): Promise<readonly { readonly id: string; readonly account: string }[]>;
  /** The repeat rules have looked at the SPs of these cases. */
  watched(ids: readonly string[]): Promise<void>;
  /** The cases of an SP filed since then that the repeat rules may count. */
  watchedOf(account: string, since: Date): Promise<readonly WatchedCase[]>;
  /** Cases whose id begins with this. */
  raisedFor(prefix: string): Promise<readonly Raised[]>;
}

/** A message of a case that was given up. */
export interface DeadDelivery {
  readonly ref: string;
  readonly subjects: readonly Actor[];
  readonly to: string;
  readonly fault: string;
}

/** Searches over all cases, newest filed first. Every method rejects when the store cannot be reached. */
export interface CaseSearch {
  /** Cases past `key` on the `way` (older, or newer); the newest of all without one. */
  page(
    query: CaseQuery,
    limit: number,
    from?: { readonly key?: CaseKey | null; readonly way?: 'older' | 'newer' },
  ): Promise<readonly CaseRecord[]>;
  /** How many there are; at most `atMost` are counted. */
  count(query: CaseQuery, atMost: number): Promise<number>;
  /** All of them, held in memory a hundred at a time. */
  stream(query: CaseQuery): AsyncIterable<CaseRow>;
  /** The histories of cases filed from `from` up to `to`, exclusive; none that is about that person. `only`: of these. */
  histories(
    range: { readonly from: Date; readonly to: Date },
    notAbout: Actor,
    only?: AreaCases | null,
  ): AsyncIterable<CountedCase & { readonly events: ReturnType<CaseHistory['all']> }>;
  /** Derives the words of cases stored before there were any, at most 10,000 a call; how many it did. */
  fillWords(): Promise<number>;
}

/** The right to make an export: one for a person at a time. Every method rejects when the store cannot be reached. */
export interface ExportSlots {
  /** False while one of theirs is being made. Lost after `ms` unless kept. */
  take(person: Actor, ms: number): Promise<boolean>;
  keep(person: Actor, ms: number): Promise<void>;
  free(person: Actor): Promise<void>;
}

/** Attempts to contact the SP about a job: records of the SJ, never edited. Every method rejects when the store is out of reach. */
export interface ContactStore {
  /** Keeps an attempt under the id of what recorded it; a second one with that id changes nothing. Gives what stands under it. */
  add(id: string, attempt: ContactAttempt): Promise<ContactAttempt>;
  byId(id: string): Promise<ContactAttempt | null>;
  /** Oldest first. */
  ofSj(sj: string): Promise<readonly ContactAttempt[]>;
}

/** Alarms for admins, each open until it is cleared. Every method rejects when the store cannot be reached. */
export interface AlarmStore {
  /** True when it was not open yet; nobody has been told of it then. */
  raise(alarm: Alarm): Promise<boolean>;
  /** Alarms of which nobody is known to have been told, oldest first. */
  untold(limit: number): Promise<readonly Alarm[]>;
  /** They were told of this one, unless it was cleared and raised anew meanwhile. */
  told(alarm: Alarm): Promise<void>;
  /** True when it was open. */
  clear(id: string): Promise<boolean>;
  /** Oldest first, past the first `skip`. */
  open(limit: number, skip?: number): Promise<readonly Alarm[]>;
  count(): Promise<number>;
}

/** A chart that lies in Slack as a file, for a view to show. */
export interface Picture {
  /** Id of the file. */
  readonly file: string;
  /** Everything it shows, in words. */
  readonly alt: string;
}

/** Charts for views. */
export interface Pictures {
  /** Drawn and uploaded the first time; null, and logged, when that does not work. Never rejects. */
  of(what: Pictured): Promise<Picture | null>;
  /** Slack does not show these files (any more): they are made anew when they are asked for again. */
  forget(files: readonly string[]): Promise<void>;
}

/** What was imported about the performance of SPs. Every method rejects when the store cannot be reached. */
export interface SpMetricsStore {
  /** The newest periods of an SP, newest first. */
  newest(account: string, limit: number): Promise<readonly SpMetrics[]>;
  /** Each takes the place of what is there for its SP and period. */
  save(
    metrics: readonly SpMetrics[],
    options: { readonly by: string; readonly at: Date; readonly dryRun: boolean },
  ): Promise<Tally>;
}

/** Letters: messages that belong to no case, each sent once. Every method rejects when the store cannot be reached. */
export interface LetterStore {
  /**
   * True when it is new: writing one whose id is there already changes nothing. `serves`: what is told with it, such as an
   * area's day.
   */
  put(letter: Omit<Letter, 'claims'>, serves?: readonly string[]): Promise<boolean>;
  /** Lets one that nobody has claimed yet say something else, at another moment; false when somebody has. */
  reword(id: string, said: Pick<Letter, 'about' | 'content' | 'at'>): Promise<boolean>;
  /** What a letter is about, sent or not; null when there is no such letter. */
  find(id: string): Promise<Pick<Letter, 'about'> | null>;
  /** Which of these ids are there, sent or not. */
  known(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Which of these are told with a letter, sent or not, and the moment of the newest such letter. */
  served(whats: readonly string[]): Promise<ReadonlyMap<string, Date>>;
  /** When a letter about this is to be sent, or null when none waits. */
  pending(about: string): Promise<Date | null>;
  /** Takes back what waits about this. */
  withdraw(about: string): Promise<void>;
  /** What may be claimed at `now`, earliest first. */
  due(now: Date, limit: number): Promise<readonly Letter[]>;
  /** Letters that wait until after `beyond` for no reason but a clock that was ahead may be claimed at `now`; how many. */
  bringForward(now: Date, beyond: Date): Promise<number>;
  /** True for the one instance that may send it now; others may claim it again from `until` on. */
  claim(letter: Letter, until: Date): Promise<boolean>;
  /** It is sent, or wanted no more. What it said is forgotten. */
  done(id: string): Promise<void>;
  /** It is given up, for this reason. */
  fail(letter: Letter, fault: string, failedAt: Date): Promise<void>;
  /** What was given up, newest first. */
  failed(limit: number): Promise<readonly FailedLetter[]>;
  failedCount(atMost: number): Promise<number>;
  /** Sends one that was given up as if it were new; false when it is none of these any more, or nobody knows what it said. */
  retry(id: string, at: Date): Promise<boolean>;
  /** One that was given up; null when it is none of these any more, or nobody knows what it said. */
  givenUp(id: string): Promise<Letter | null>;
  /** As `retry`, to somebody else. */
  redirect(id: string, to: Pick<Letter, 'to' | 'at'> & { readonly passedOn: PassedOn }): Promise<boolean>;
  /** Nobody is to look at its failure any more. */
  dismiss(id: string): Promise<void>;
}

/** The newest run of each job. Every method rejects when the store cannot be reached. */
export interface JobRunStore {
  keep(run: JobRun): Promise<void>;
  /** By name. */
  all(): Promise<readonly JobRun[]>;
}

/** What came of sending letters; `later`: they may be tried again. */
export type LetterOutcome =
  /** `ids`: those that have arrived. Others may be tried again. */
  | { readonly is: 'sent'; readonly ids: readonly string[] }
  | { readonly is: 'later' | 'refused'; readonly fault: string };
/**
 * Sends a letter, or several to one person as one message: the first says what all of them say. `again`: an earlier
 * attempt may have arrived, so it is looked for first. Never rejects for a fault of Slack.
 */
export type SendLetter = (letter: Letter, again: boolean, ids: readonly string[]) => Promise<LetterOutcome>;

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
  /** The key of a submission of it of which nobody knows whether it was stored, and which draft that was of. Left as it is where absent. */
  readonly submitted?: { readonly key: string; readonly startedAt: Date } | null;
}

/** Drafts. Every method rejects when the store cannot be reached. */
export interface DraftStore {
  /** Whatever its age; null when there is none, or nothing in it. */
  find(user: Actor, kind: CaseKind): Promise<Draft | null>;
  /** Keeps it, unless something newer is kept already: a late write undoes nothing. No answers empty it. */
  save(draft: Draft): Promise<void>;
}

/** Who covers for whom. Every method rejects when the store cannot be reached, `recent` only until it was read once. */
export interface CoverStore {
  /** Covers that are not over, in whatever state; at most five seconds old. */
  recent(): Promise<readonly Cover[]>;
  /** The same as they are now. */
  notOver(): Promise<readonly Cover[]>;
  byId(id: string): Promise<Cover | null>;
  /** Asking again under the same id changes nothing. */
  ask(cover: Cover): Promise<void>;
  /** Moves a cover from one of these states to another; false when it is in none of them. */
  settle(id: string, from: readonly CoverState[], to: CoverState): Promise<boolean>;
}

/** What people chose. Every method rejects when the store cannot be reached, `recent` only until it was read once. */
export interface PreferenceStore {
  /** By Slack user id, of everybody who chose something; at most five seconds old. */
  recent(): Promise<ReadonlyMap<Actor, Preferences>>;
  save(person: Actor, preferences: Preferences): Promise<void>;
  /** Back to the default. */
  reset(person: Actor): Promise<void>;
}

/** One look of somebody at the text of a need-to-know case (domain section 10). */
export interface Read {
  /** Slack user id. */
  readonly who: Actor;
  readonly ref: string;
  /** Where it was shown. */
  readonly how: '/case' | '/sp' | 'home' | 'search' | 'export';
  readonly at: Date;
}

/** Who has read which need-to-know case: added to, never edited. Rejects when the store cannot be reached. */
export interface AccessLog {
  add(reads: readonly Read[]): Promise<void>;
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

/** A message that failed and is tried again while others go on; its tries, whoever made them. */
export interface Trouble {
  readonly id: string;
  readonly tries: number;
  /** Of these, how many failed though something else went out meanwhile, so that the message itself is to blame. */
  readonly blamed: number;
  /** Since when it fails; absent where another version did not say. */
  readonly since?: Date;
}

/** What the holder of a queue leaves to the next one. */
export interface LaneState {
  /** Whatever the last holder had in hand may have arrived: it died. */
  readonly orphaned: boolean;
  /** Deliveries of which the last holder could not tell whether they arrived. */
  readonly suspects: readonly string[];
  readonly troubles: readonly Trouble[];
  /** The next message may go out so many ms from now. */
  readonly restMs: number;
  /** Slack's code, when it refuses everything until somebody repairs the installation. */
  readonly blocked: string | null;
}

/**
 * The exclusive right to send in a queue, held by one instance at a time and lost when it stops renewing it. No two
 * machines' clocks are compared: a holder counts a beat up, and another takes over what it has itself seen stand still.
 */
export interface LaneLeases {
  /** Null while somebody else holds it. */
  claim(lane: string): Promise<Omit<LaneState, 'blocked'> | null>;
  /** Whether this instance still holds the lane; false once its lease ran out unrenewed, as after a long pause. */
  holds(lane: string): boolean;
  /** Extends the leases of this instance, as far as the store confirms that they are its own. */
  renew(): Promise<void>;
  /** Gives the lane back. */
  release(lane: string, state: LaneState): Promise<void>;
}

/** What is known of queues beside who holds them. Rejects when the store cannot be reached. */
export interface LaneReports {
  /** Queues whose last holder found that Slack refuses everything, with its code. */
  blocked(): Promise<ReadonlyMap<string, string>>;
}
