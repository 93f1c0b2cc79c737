import type { CaseFacts } from '../case';
import { formOf } from '../forms';
import { answerHolding } from '../forms/engine';
import { factsAsked, type OutcomeCode, type OutcomeFact, type OutcomeFacts } from '../outcomes';
import { type DialogContext, type DialogField, type DialogValues, fault, moment, text } from './dialog';

/** The field for a fact of an outcome. */
export function factField(
  { field: id, as, label, hint, optional }: OutcomeFact,
  facts: CaseFacts,
  { today, mayRead }: Pick<DialogContext, 'today' | 'mayRead'>,
): DialogField {
  const person = as === 'person' && mayRead ? namedPerson(facts) : undefined;
  // The person named in the report is filled in if a ban needs one, and only mentioned if it is optional.
  const known = person && optional ? `The report names ${person}.` : '';
  const said = [hint, known].filter(Boolean).join(' ');
  const asking = { id, label, ...(said ? { hint: said } : {}), ...(optional ? { optional } : {}) };
  if (as === 'until') return { kind: 'moment', ...asking };
  if (as === 'on') return { kind: 'day', initial: today, hint: 'Today or earlier.', ...asking };
  return { kind: 'text', short: true, most: FACT_MAX, initial: optional ? undefined : person, ...asking };
}
const FACT_MAX = 150;

/** The facts of an outcome as entered, or what is wrong in which fields. */
export function enteredFacts(
  outcome: OutcomeCode,
  values: DialogValues,
  { now, today }: Pick<DialogContext, 'now' | 'today'>,
): OutcomeFacts | ReturnType<typeof fault> {
  const facts: { -readonly [F in keyof OutcomeFacts]: OutcomeFacts[F] } = {};
  for (const { field, as, optional } of factsAsked(outcome)) {
    const isShown = field in values;
    // A day starts as today, even if its field was not on screen yet.
    const said = text(values, field) || (as === 'on' && !isShown ? today : '');
    if (!said && (optional || as === 'on')) continue;
    if (!said)
      return isShown
        ? fault(field, 'This outcome cannot be checked without it.')
        : fault(
            'outcome',
            'This outcome needs the details below it. To give it to several cases, resolve each by itself.',
          );
    if (as === 'on' && said > today) return fault(field, 'This day is still to come: choose when it was done.');
    if (as === 'until') {
      const read = moment(values, field, now);
      if ('faults' in read) return read;
      facts.until = read.at;
    } else facts[as] = said.slice(0, FACT_MAX);
  }
  return facts;
}

/** The person named in the report, if any. */
const namedPerson = ({ kind, answers }: CaseFacts): string | undefined =>
  answerHolding(formOf(kind), answers, 'driver');
