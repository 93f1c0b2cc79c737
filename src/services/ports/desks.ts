import type { Actor } from '../../domain/case';
import type { CaseKind } from '../../domain/kinds';
import type { QueueQuery } from '../../domain/queue';
import type { CaseRecord, OwingCase } from './cases';

/** What people's desks read of the cases, a page at a time; counts stop at `atMost`. Every method rejects when the store cannot be reached. */
export interface CaseDesks {
  /** Open cases of a queue, what breaks next first. */
  queue(query: QueueQuery, skip: number, limit: number): Promise<readonly CaseRecord[]>;
  queueSize(query: QueueQuery, atMost: number): Promise<number>;
  /** Acknowledged cases of these people of which something is due by then, earliest first. */
  promised(owners: readonly Actor[], by: Date, limit: number): Promise<readonly CaseRecord[]>;
  /** Cases that wait for this person's second word, newest first. */
  waitingFor(person: Actor, limit: number): Promise<readonly CaseRecord[]>;
  /** Everything that someone filed, newest first. */
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

/** Where someone was last in Home, each place as its text. */
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
  /** Keeps where someone is now; filters of other tabs stay. */
  keep(visit: HomeVisit): Promise<void>;
  /** Those of these people who were there since then. */
  lately(users: readonly Actor[], since: Date): Promise<readonly HomeVisit[]>;
}
