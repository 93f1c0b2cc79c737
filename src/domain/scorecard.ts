import type { CaseFacts } from './case';
import type { ServiceProvider } from './directory';
import type { ExceptionCode } from './exception-codes';
import { KINDS } from './kinds';
import { dayAt, momentOf, weekdayOf } from './local-time';
import { quantile } from './quantile';
import { TONES, type Tone } from './severity';
import type { Standing } from './sp-metrics';
import type { PastStanding, SeenStanding } from './sp-standing';

/** How often something occurred, most often first. */
export type Counts<T extends string = string> = readonly (readonly [what: T, count: number])[];

/** An SP's feedback in the last this many days. */
export interface Period {
  readonly days: number;
  readonly total: number;
  readonly tones: Readonly<Record<Tone, number>>;
  readonly codes: Counts<ExceptionCode>;
  /** Recall reassignments by reason, and the refusals among them, worded as in the form. */
  readonly recalls: Counts;
  readonly refusals: Counts;
  /** How many of them are resolved, and their median in minutes of opening hours; null for none. */
  readonly resolved: { readonly of: number; readonly medianMinutes: number } | null;
}

/** An SP's feedback in a week; the newest one is not over. */
export interface ScoreWeek {
  readonly from: Date;
  readonly tones: Readonly<Record<Tone, number>>;
}

/** An SP's praise in the longest period. */
export interface Recognition<T> {
  readonly praised: number;
  /** How often a case ended with recognition sent. */
  readonly sent: number;
  /** The newest praise. */
  readonly newest: readonly T[];
}

/** What is known of an SP (domain section 9); `Case` is what a list of praise shows. */
export interface Scorecard<Case> {
  readonly account: string;
  /** Null if the account is not in the directory. */
  readonly provider: ServiceProvider | null;
  readonly standing: SeenStanding;
  /** Standings that ended, newest first. */
  readonly past: readonly PastStanding[];
  readonly periods: readonly Period[];
  readonly weeks: readonly ScoreWeek[];
  /** The zone in which weeks begin: that of the SP's area. */
  readonly timeZone: string;
  readonly recognition: Recognition<Case>;
  /** The last import, with the period before it; null if there was none. */
  readonly metrics: {
    /** A month (`2026-10`) or a day. */
    readonly period: string;
    readonly before: string | null;
    readonly standings: readonly Standing[];
  } | null;
}

/** The periods of a scorecard, in days. */
export const PERIODS = [30, 90] as const;
const DAY_MS = 24 * 60 * 60_000;
/** Weeks of a trend; they fit into the longest period. */
export const SCORE_WEEKS = 12;
const PRAISE_LISTED = 3;

/** The earliest time that a scorecard made at `now` counts. */
export const scoredSince = (now: Date): Date => new Date(+now - Math.max(...PERIODS) * DAY_MS);

type Scored = Pick<CaseFacts, 'filedAt' | 'state' | 'tone' | 'codes' | 'answers' | 'kind' | 'resolution'>;

/**
 * Counts the cases of an SP by period (domain section 9). Void ones do not count. `minutesOf`: how long a case took
 * until it was resolved then, in minutes of its opening hours.
 */
export function periodsOf<T extends Scored>(
  cases: readonly T[],
  now: Date,
  minutesOf: (one: T, resolvedAt: Date) => number,
): readonly Period[] {
  return PERIODS.map((days) => {
    const within = cases.filter(({ filedAt, state }) => state !== 'void' && +filedAt > +now - days * DAY_MS);
    const recalls = within.flatMap(({ kind, answers }) => KINDS[kind].recall?.(answers) ?? []);
    const took = within.flatMap((one) => (one.resolution ? [minutesOf(one, one.resolution.at)] : []));
    return {
      days,
      total: within.length,
      tones: tonesOf(within),
      codes: counted(within.flatMap(({ codes }) => codes)),
      recalls: counted(recalls.map(({ reason }) => reason)),
      refusals: counted(recalls.flatMap(({ refusal }) => refusal ?? [])),
      resolved: took.length ? { of: took.length, medianMinutes: quantile(took, 0.5) } : null,
    };
  });
}

/** Counts the cases of an SP by week of a time zone, oldest first, the current one last. */
export function weeksOf(cases: readonly Scored[], now: Date, timeZone: string): readonly ScoreWeek[] {
  const today = dayAt(timeZone, now);
  const monday = today - (weekdayOf(today) - 1);
  const starts = Array.from({ length: SCORE_WEEKS + 1 }, (_, i) =>
    momentOf(timeZone, monday - 7 * (SCORE_WEEKS - 1 - i)),
  );
  return starts.slice(0, -1).map((from, i) => {
    const until = starts[i + 1] ?? now;
    return {
      from,
      tones: tonesOf(cases.filter((one) => one.state !== 'void' && one.filedAt >= from && one.filedAt < until)),
    };
  });
}

/** Counts the praise of an SP, and its results. */
export function recognitionOf<T extends Scored>(cases: readonly T[], now: Date): Recognition<T> {
  const since = scoredSince(now);
  const within = cases.filter(({ state, filedAt }) => state !== 'void' && filedAt > since);
  const praise = within.filter(({ tone }) => tone === 'positive').sort((a, b) => +b.filedAt - +a.filedAt);
  return {
    praised: praise.length,
    sent: within.filter(({ resolution }) => resolution?.outcome === 'recognition_sent').length,
    newest: praise.slice(0, PRAISE_LISTED),
  };
}

function tonesOf(cases: readonly Scored[]): Record<Tone, number> {
  const ofTone = (tone: Tone) => cases.filter((one) => one.tone === tone).length;
  return Object.fromEntries(TONES.map((tone) => [tone, ofTone(tone)])) as Record<Tone, number>;
}

/** How often each occurs, most often first. */
export function counted<T extends string>(items: readonly T[]): Counts<T> {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].sort(([a, more], [b, less]) => less - more || (a < b ? -1 : 1));
}
