import { DateTime } from 'luxon';
import { type Calendar, isOpen, nextOpening } from '../business-hours';
import type { Answers, Fault, Form } from './form';

const MINUTE = 60_000;
/** A callback further ahead is a mistake: a wrong month was chosen. */
const MOST_DAYS = 30;

/** What a promised callback is checked against. */
export interface Promised {
  readonly calendar: Calendar;
  readonly now: Date;
  /** By when the report has to be answered; null if it need not be. */
  readonly respondBy: Date | null;
  /** The time zone of the person who promises, in which their picker shows it. */
  readonly zone: string;
}

/**
 * Checks a promised callback: in the future, within 30 days, within business hours, and not before the report has to be
 * answered (domain section 5). Empty for a form or a branch without one. Throws if the calendar never opens again.
 */
export function callbackFaults(form: Form, answers: Answers, promised: Promised): Fault[] {
  const answer = form.callbackQuestion && answers[form.callbackQuestion];
  const at = new Date(typeof answer === 'string' ? answer : Number.NaN);
  if (!form.callbackQuestion || Number.isNaN(+at)) return [];
  const problem = problemWith(at, promised);
  return problem ? [{ question: form.callbackQuestion, message: problem }] : [];
}

/** The earliest time for a callback, apart from opening hours: in a minute, and after the report's response. */
export const soonest = ({ now, respondBy }: Promised): number =>
  Math.max(+minuteOf(now) + MINUTE, +minuteOf(respondBy ?? now));

function problemWith(at: Date, promised: Promised): string | undefined {
  const { calendar, now, respondBy, zone } = promised;
  const first = soonest(promised);
  const next = (from: number) =>
    `The next time within business hours is ${worded(nextOpening(calendar, new Date(from)), zone)}.`;
  if (at <= now) return `This time has already passed. ${next(first)}`;
  if (+at - +now > MOST_DAYS * 24 * 60 * MINUTE)
    return `This is more than ${MOST_DAYS} days ahead: choose an earlier day. ${next(first)}`;
  if (respondBy && +at < first)
    return `The report is answered by ${worded(respondBy, zone)}: promise no call before that. ${next(first)}`;
  return isOpen(calendar, at) ? undefined : `${worded(at, zone)} is outside business hours. ${next(+at)}`;
}

/** A picker has whole minutes. */
const minuteOf = (at: Date) => new Date(Math.floor(+at / MINUTE) * MINUTE);

const worded = (at: Date, zone: string) =>
  DateTime.fromJSDate(at, { zone }).setLocale('en-US').toFormat('ccc, LLL d, h:mm a ZZZZ');
