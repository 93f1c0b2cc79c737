import type { CaseFacts } from './case';
import { recallOf } from './forms/sp-feedback';
import { type ExceptionCode, TONES, type Tone } from './kinds';

/** How often something occurred, most often first. */
export type Counts<T extends string = string> = readonly (readonly [what: T, count: number])[];

/** What was said of an SP in the last so many days. */
export interface Period {
  readonly days: number;
  readonly total: number;
  readonly tones: Readonly<Record<Tone, number>>;
  readonly codes: Counts<ExceptionCode>;
  /** Recall reassignments by reason, and the refusals among them, in the form's words. */
  readonly recalls: Counts;
  readonly refusals: Counts;
}

/** The periods of a scorecard, in days. */
export const PERIODS = [30, 90] as const;
const DAY_MS = 24 * 60 * 60_000;

/** The first moment that a scorecard made at `now` counts. */
export const scoredSince = (now: Date): Date => new Date(+now - Math.max(...PERIODS) * DAY_MS);

type Scored = Pick<CaseFacts, 'filedAt' | 'state' | 'tone' | 'codes' | 'answers' | 'kind'>;

/** Counts the cases of an SP by period (domain section 9). Void ones, filed by mistake or twice, do not count. */
export function periodsOf(cases: readonly Scored[], now: Date): readonly Period[] {
  return PERIODS.map((days) => {
    const within = cases.filter(({ filedAt, state }) => state !== 'void' && +filedAt > +now - days * DAY_MS);
    const recalls = within.flatMap(({ kind, answers }) => (kind === 'sp_feedback' ? (recallOf(answers) ?? []) : []));
    const ofTone = (tone: Tone) => within.filter((one) => one.tone === tone).length;
    return {
      days,
      total: within.length,
      tones: Object.fromEntries(TONES.map((tone) => [tone, ofTone(tone)])) as Record<Tone, number>,
      codes: counted(within.flatMap(({ codes }) => codes)),
      recalls: counted(recalls.map(({ reason }) => reason)),
      refusals: counted(recalls.flatMap(({ refusal }) => refusal ?? [])),
    };
  });
}

/** How often each occurs, most often first. */
export function counted<T extends string>(items: readonly T[]): Counts<T> {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].sort(([a, more], [b, less]) => less - more || (a < b ? -1 : 1));
}
