import { CLOCKS_DIFFER_MS } from '../clocks';
import type { Answers, Fault, Form } from './form';

/** Faults of past events with a time in the future. */
export const pastFaults = ({ questions }: Form, answers: Answers, now: Date): Fault[] =>
  questions.flatMap((question) => {
    const at = Date.parse(String(answers[question.id]));
    const isAhead = question.kind === 'date_time' && question.past && at > +now + CLOCKS_DIFFER_MS;
    return isAhead ? [{ question: question.id, message: 'This is in the future: choose when it happened.' }] : [];
  });
