import { nextOpening } from '../domain/business-hours';
import { soonest } from '../domain/forms/callback';
import { visibleQuestions } from '../domain/forms/engine';
import type { Answers, Form, Question } from '../domain/forms/form';
import type { ServiceDeps } from './deps';
import { promisedBy } from './moment-faults';

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
/** A callback is offered for so long from now where nobody's own answer is due later, ms. */
const SOONEST = 60 * MINUTE;

/**
 * The moments with which questions on screen start that are not answered yet: now, or the next quarter of an hour at which
 * a callback can be kept, which is in business hours and not before whoever gets the report has to answer.
 */
export async function presetTimes(deps: ServiceDeps, form: Form, answers: Answers, reader: string): Promise<Answers> {
  const open = visibleQuestions(form, answers).filter(({ id }) => answers[id] === undefined);
  const times = await Promise.all(
    open.map(async (question): Promise<[string, string][]> => {
      if (isNow(question)) return [[question.id, at(Math.floor(+deps.now() / MINUTE) * MINUTE)]];
      if (question.id !== form.callbackQuestion) return [];
      const promised = await promisedBy(deps, form, answers, reader);
      const first = Math.max(+deps.now() + SOONEST, soonest(promised));
      return [[question.id, at(+nextOpening(promised.calendar, new Date(Math.ceil(first / QUARTER) * QUARTER)))]];
    }),
  );
  return Object.fromEntries(times.flat());
}

const isNow = (question: Question) => question.kind === 'date_time' && question.preset === 'now';
const at = (ms: number): string => new Date(ms).toISOString();
