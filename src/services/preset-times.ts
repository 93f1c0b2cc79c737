import { nextOpening } from '../domain/business-hours';
import { soonest } from '../domain/forms/callback';
import { visibleQuestions } from '../domain/forms/engine';
import type { Answers, Form, Question } from '../domain/forms/form';
import type { ServiceDeps } from './deps';
import { promisedBy } from './moment-faults';
import { peopleOf } from './standing';

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
/** The default time for a callback from now if no one has to answer later, ms. */
const SOONEST = 60 * MINUTE;

/** How many promised callbacks are looked at. */
const MOST_PROMISED = 500;

/**
 * The initial times of unanswered questions on screen: now, or the next quarter hour for a callback that can be kept:
 * in business hours, not before the report has to be answered, and while some Resolution Specialist has not promised
 * one for then.
 */
export async function presetTimes(deps: ServiceDeps, form: Form, answers: Answers, reader: string): Promise<Answers> {
  const open = visibleQuestions(form, answers).filter(({ id }) => answers[id] === undefined);
  const times = await Promise.all(
    open.map(async (question): Promise<[string, string][]> => {
      if (isNow(question)) return [[question.id, at(floorTo(MINUTE, +deps.now()))]];
      if (question.id !== form.callbackQuestion) return [];
      return [[question.id, at(await nextFree(deps, form, answers, reader))]];
    }),
  );
  return Object.fromEntries(times.flat());
}

async function nextFree(deps: ServiceDeps, form: Form, answers: Answers, reader: string): Promise<number> {
  const [promised, policy, taken] = await Promise.all([
    promisedBy(deps, form, answers, reader),
    deps.directory.policy(),
    deps.cases.promisedCallbacks(form.kind, deps.now(), MOST_PROMISED),
  ]);
  const { resolution_specialist: callers = [] } = (await peopleOf(deps, policy)).roles;
  const isFull = (quarter: number) =>
    taken.filter((one) => floorTo(QUARTER, +one) === quarter).length >= Math.max(1, callers.length);
  const opening = (from: number) => +nextOpening(promised.calendar, new Date(Math.ceil(from / QUARTER) * QUARTER));
  let free = opening(Math.max(+deps.now() + SOONEST, soonest(promised)));
  while (isFull(floorTo(QUARTER, free))) free = opening(floorTo(QUARTER, free) + QUARTER);
  return free;
}

const floorTo = (step: number, ms: number) => Math.floor(ms / step) * step;
const isNow = (question: Question) => question.kind === 'date_time' && question.preset === 'now';
const at = (ms: number): string => new Date(ms).toISOString();
