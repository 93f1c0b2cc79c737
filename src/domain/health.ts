import { CLOCKS_DIFFER_MS } from './clocks';

/** One run of a job of the schedule. */
export interface JobRun {
  readonly name: string;
  /** How often it runs. */
  readonly everyMinutes: number;
  readonly at: Date;
  readonly ms: number;
  /** What it did, by name; null when it failed. */
  readonly did: Readonly<Record<string, number>> | null;
  /** Why it failed, or null. */
  readonly fault: string | null;
}

/** The engine of the database, as it tells itself. */
export interface Engine {
  readonly name: 'MongoDB' | 'FerretDB' | 'stand-in';
  readonly version: string;
  /** The name of its replica set; null: it is standalone or sharded. */
  readonly replicaSet: string | null;
}

/** The way over which Slack reaches this instance in socket mode. */
export interface Connection {
  readonly up: boolean;
  /** Since when it is up, or down. */
  readonly since: Date;
  /** For how long it has been down, ms; 0 while it is up. Measured, where `since` is told by a clock that may be set. */
  readonly downMs: number;
  /** Why it is down; null while it is up. */
  readonly why: string | null;
  /** How often it was opened again. */
  readonly reconnects: number;
  /** The last time it was down after it had been up. */
  readonly lastOutage: { readonly from: Date; readonly to: Date; readonly why: string | null } | null;
}

/** The indexes of the database, as this instance builds them. */
export interface Indexes {
  readonly ready: boolean;
  /** Since when they are ready, or not. */
  readonly since: Date;
  /** Why the last try failed; null while it goes on, or is done. */
  readonly fault: string | null;
}

const MINUTE = 60_000;
/** Slack replaces a connection within seconds: one that is away for so long is a trouble. */
export const AWAY_MS = MINUTE;
/** A message that could go out is rarely older than this. */
const LATE_MS = 5 * MINUTE;
const OLDEST_MAJOR = 6;

/** How far a run is dated in the future, ms, by the clock of another machine or by one that was set back; 0 for none. */
export const aheadBy = ({ at }: JobRun, now: Date): number => {
  const ms = +at - +now;
  return ms > CLOCKS_DIFFER_MS ? ms : 0;
};

/** A job has missed two runs: no instance runs it. */
export const isMissing = ({ at, everyMinutes }: JobRun, now: Date): boolean =>
  +now - +at > (2 * everyMinutes + 1) * MINUTE;

/** Messages do not get out: the oldest that could be sent has waited for five minutes. */
export const isStuck = (oldest: Date | null, now: Date): boolean => oldest !== null && +now - +oldest > LATE_MS;

/** What is wrong with an engine for real work. */
export function engineFault({ name, version }: Engine): 'stand-in' | 'old' | null {
  if (name === 'stand-in') return 'stand-in';
  return name === 'MongoDB' && Number.parseInt(version, 10) < OLDEST_MAJOR ? 'old' : null;
}
