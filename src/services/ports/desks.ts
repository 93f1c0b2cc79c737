import type { Actor } from '../../domain/actor';
import type { CaseKind } from '../../domain/kinds/code';
import type { QueueQuery } from '../../domain/queue';
import type { CaseRecord, OwingCase } from './cases';

/** The queries of desks, in pages; counts stop at `atMost`. Every method rejects if the store is unreachable. */
export interface CaseDesks {
  /** Open cases of a queue, earliest due first. */
  queue(query: QueueQuery, skip: number, limit: number): Promise<readonly CaseRecord[]>;
  queueSize(query: QueueQuery, atMost: number): Promise<number>;
  /** Acknowledged cases of these people with an update promised by then, what is due next first. */
  promised(owners: readonly Actor[], by: Date, limit: number): Promise<readonly CaseRecord[]>;
  /** Cases that wait for this person's agreement or approval, newest first. */
  waitingFor(person: Actor, limit: number): Promise<readonly CaseRecord[]>;
  /** Everything that someone filed, newest first. */
  filedBy(reporter: Actor, skip: number, limit: number): Promise<readonly CaseRecord[]>;
  filedCount(reporter: Actor, atMost: number): Promise<number>;
  /** Someone's open reports, earliest due first. */
  openFiledBy(reporter: Actor, skip: number, limit: number): Promise<readonly CaseRecord[]>;
  openFiledCount(reporter: Actor, atMost: number): Promise<number>;
  /** Those that the review returned to them with a question. */
  questionsFor(reporter: Actor, limit: number): Promise<readonly CaseRecord[]>;
  /** Someone's reports resolved since then, newest first. */
  resolvedFor(reporter: Actor, since: Date, limit: number): Promise<readonly CaseRecord[]>;
  /** What waits for the Admin team's review, longest first. */
  inReview(skip: number, limit: number): Promise<readonly CaseRecord[]>;
  inReviewCount(atMost: number): Promise<number>;
  /** What no area has taken, earliest due first; only the first 1,000. */
  unrouted(skip: number, limit: number): Promise<readonly CaseRecord[]>;
  unroutedCount(atMost: number): Promise<number>;
  /** Cases with a failed message, last changed first, with their messages. */
  withDead(skip: number, limit: number): Promise<readonly OwingCase[]>;
  withDeadCount(atMost: number): Promise<number>;
  /** How many cases of some areas and kinds were filed, or resolved, in a time range. */
  filedIn(of: AreaCases, from: Date, to: Date, atMost: number): Promise<number>;
  resolvedIn(of: AreaCases, from: Date, to: Date, atMost: number): Promise<number>;
}

/** Cases of these areas and kinds. */
export interface AreaCases {
  readonly areas: readonly string[];
  readonly kinds: readonly CaseKind[];
}

/** Where someone was last on Home, each place as its text. */
export interface HomeVisit {
  readonly user: Actor;
  readonly at: Date;
  readonly place: string;
  /** Their last filters on each tab, by the tab's id. */
  readonly filters: Readonly<Record<string, string>>;
}

/** Who has opened Home, and where on it they are. Every method rejects if the store is unreachable. */
export interface HomeStore {
  find(user: Actor): Promise<HomeVisit | null>;
  /** Stores where someone is now; filters of other tabs stay. Returns the number of the drawing that shows it. */
  keep(visit: HomeVisit): Promise<number>;
  /** Begins another drawing of where someone is; its number is higher than those of all that began before. */
  redraws(user: Actor): Promise<{ readonly place: string; readonly number: number } | null>;
  /** A drawing reached Slack. Returns where the person is, and the highest number that had reached it before. */
  reached(user: Actor, number: number): Promise<{ readonly place: string; readonly newest: number } | null>;
  /** Those of these people who were there since then. */
  lately(users: readonly Actor[], since: Date): Promise<readonly HomeVisit[]>;
}
