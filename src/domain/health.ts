import { CLOCKS_DIFFER_MS } from './clocks';

/** One run of a scheduled job. */
export interface JobRun {
  readonly name: string;
  /** How often it runs. */
  readonly everyMinutes: number;
  readonly at: Date;
  readonly ms: number;
  /** What it did, by name; null if it failed. */
  readonly did: Readonly<Record<string, number>> | null;
  /** Why it failed, or null. */
  readonly fault: string | null;
}

/** The database engine, as it reports itself. */
export interface Engine {
  readonly name: 'MongoDB' | 'FerretDB' | 'stand-in';
  readonly version: string;
  /** The name of its replica set; null: it is standalone or sharded. */
  readonly replicaSet: string | null;
}

/** How Slack reaches this instance in Socket Mode. */
export interface Connection {
  readonly up: boolean;
  /** When it came up or went down. */
  readonly since: Date;
  /** How long it has been down, ms; 0 while it is up. Measured, because `since` is from a clock that can be set. */
  readonly downMs: number;
  /** Why it is down; null while it is up. */
  readonly why: string | null;
  readonly reconnects: number;
  /** Its last downtime after it had been up. */
  readonly lastOutage: { readonly from: Date; readonly to: Date; readonly why: string | null } | null;
}

/** The database indexes, as this instance builds them. */
export interface Indexes {
  readonly ready: boolean;
  /** When they became ready, or stopped being so. */
  readonly since: Date;
  /** Why the last try failed; null while it runs or if it succeeded. */
  readonly fault: string | null;
}

const MINUTE = 60_000;
/** Slack replaces a connection within seconds: being away this long is a problem. */
export const AWAY_MS = MINUTE;
/** A message that could go out is rarely older than this. */
const LATE_MS = 5 * MINUTE;
const OLDEST_MAJOR = 6;

/** How far in the future a run is dated, ms, by another machine's clock or by one that was set back; 0 for none. */
export const aheadBy = ({ at }: JobRun, now: Date): number => {
  const ms = +at - +now;
  return ms > CLOCKS_DIFFER_MS ? ms : 0;
};

/** A job has missed two runs: no instance runs it. */
export const isMissing = ({ at, everyMinutes }: JobRun, now: Date): boolean =>
  +now - +at > (2 * everyMinutes + 1) * MINUTE;

/** Messages do not get out: the oldest that could be sent has waited for five minutes. */
export const isStuck = (oldest: Date | null, now: Date): boolean => oldest !== null && +now - +oldest > LATE_MS;

/** Why an engine is unfit for production. */
export function engineFault({ name, version }: Engine): 'stand-in' | 'old' | null {
  if (name === 'stand-in') return 'stand-in';
  return name === 'MongoDB' && Number.parseInt(version, 10) < OLDEST_MAJOR ? 'old' : null;
}
