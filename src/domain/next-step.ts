import { isRestricted } from './access';
import type { CaseFacts } from './case';
import type { Standing } from './directory';
import { dateOf, dayAt } from './local-time';
import type { OutcomeCode } from './outcomes';
import type { SpStanding } from './sp-standing';
import { STEP_WORDS, STEPS, type Step } from './steps';

/** A step that was taken: in which case, and when. */
export interface Taken {
  readonly step: Step;
  readonly ref: string;
  readonly at: Date;
}

/** How far back steps count. */
const COUNTS_MS = 365 * 24 * 60 * 60_000;
const BY_OUTCOME: Partial<Record<OutcomeCode, Step>> = { coaching_given: 'coach', warning_issued: 'warn' };
const BY_STANDING: Partial<Record<Standing, Step>> = { on_notice: 'notice', suspended: 'suspend', removed: 'remove' };

/**
 * What was done about an SP within the last year, oldest first. For a need-to-know case, only what everyone who types
 * the account sees: the standing it set. What was appealed against, and ended, is not held against the SP.
 */
export function stepsTaken(
  cases: readonly (Pick<CaseFacts, 'ref' | 'kind' | 'resolution' | 'appeal'> & Partial<Pick<CaseFacts, 'filedAt'>>)[],
  sp: SpStanding | null,
  now: Date,
): readonly Taken[] {
  const byOutcome = cases.flatMap(({ ref, kind, resolution }): Taken[] => {
    const step = resolution && !isRestricted(kind) ? BY_OUTCOME[resolution.outcome] : undefined;
    return step && resolution ? [{ step, ref, at: resolution.at }] : [];
  });
  const stood = [
    ...(sp?.past ?? []),
    ...(sp?.said ?? []).flatMap(({ ref, standing }) => (standing ? [{ ...standing, ref }] : [])),
  ];
  const byStanding = stood.flatMap(({ is, since, ref }): Taken[] => {
    const step = BY_STANDING[is];
    return step ? [{ step, ref, at: since }] : [];
  });
  const overturned = cases.flatMap(({ appeal, resolution, filedAt }) =>
    appeal && filedAt && resolution?.outcome === 'appeal_granted' ? [{ ref: appeal.ref, filedAt }] : [],
  );
  const stands = ({ ref, at }: Taken) => !overturned.some((one) => one.ref === ref && at <= one.filedAt);
  return [...byOutcome, ...byStanding]
    .filter((taken) => stands(taken) && +taken.at > +now - COUNTS_MS)
    .sort((a, b) => +a.at - +b.at || (a.ref < b.ref ? -1 : 1));
}

/** The step after the most severe one taken, or the last one again. Null if the policy has none. */
export function nextStep(ladder: readonly Step[], taken: readonly Taken[]): Step | null {
  const gravest = Math.max(-1, ...taken.map(({ step }) => STEPS.indexOf(step)));
  return ladder.find((step) => STEPS.indexOf(step) > gravest) ?? ladder.at(-1) ?? null;
}

const MOST_NAMED = 10;
/** The proposal and its reasons, as sentences, with the days of a zone; empty if the policy has no steps. A person decides. */
export function proposalWords(ladder: readonly Step[], taken: readonly Taken[], timeZone: string): string {
  const step = nextStep(ladder, taken);
  if (!step) return '';
  const named = taken
    .slice(-MOST_NAMED)
    .map((one) => `${STEP_WORDS[one.step]} (${one.ref}, ${dateOf(dayAt(timeZone, one.at))})`);
  const rests = named.length ? `In the last year: ${named.join(', ')}.` : 'No step was taken in the last year.';
  return ` Proposed next step: ${STEP_WORDS[step]}. ${rests} You decide.`;
}
