import type { Actor, CaseEvent, CaseFacts } from '../domain/case';
import type { Area, ServiceProvider } from '../domain/directory';
import type { Mailbox } from '../domain/effects';
import type { Catalogue } from '../domain/forms/form';
import type { CaseKind } from '../domain/kinds';
import type { Policy } from '../domain/policy';

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
  /** Extends all leases of this instance. */
  renew(): Promise<void>;
  /** Gives the lane back; the next message may go out at `nextAt`, and `suspects` may have arrived already. */
  release(lane: string, nextAt: Date, suspects: readonly string[]): Promise<void>;
}
