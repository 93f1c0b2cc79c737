import { DateTime } from 'luxon';
import { type Calendar, isOpen, nextOpening } from '../business-hours';
import type { Answers, Fault, Form } from './form';

/**
 * Holds a promised callback against the clock: not in the past, and within business hours (domain section 5). None for
 * a form or a branch without such a promise. Throws where the calendar never opens again.
 */
export function callbackFaults(form: Form, answers: Answers, calendar: Calendar, now: Date): Fault[] {
  const promised = form.callbackQuestion && answers[form.callbackQuestion];
  const at = new Date(typeof promised === 'string' ? promised : Number.NaN);
  if (!form.callbackQuestion || Number.isNaN(+at)) return [];
  const problem = problemWith(at, calendar, now);
  if (!problem) return [];
  const earliest = worded(nextOpening(calendar, at > now ? at : now), calendar);
  return [
    { question: form.callbackQuestion, message: `${problem} The next time within business hours is ${earliest}.` },
  ];
}

function problemWith(at: Date, calendar: Calendar, now: Date): string | undefined {
  if (at <= now) return 'This time has passed already.';
  return isOpen(calendar, at) ? undefined : `${worded(at, calendar)} is outside business hours.`;
}

const worded = (at: Date, { timeZone }: Calendar) =>
  DateTime.fromJSDate(at, { zone: timeZone }).setLocale('en-US').toFormat('ccc, LLL d, h:mm a ZZZZ');
