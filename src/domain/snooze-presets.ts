import { DateTime } from 'luxon';
import { dayAt, momentOf, weekdayOf } from './local-time';

const MORNING = 9 * 60;
const MINUTE_MS = 60_000;
const DAYS_A_WEEK = 7;

/** Usual snooze times: a label for each, and the time in the person's own zone. */
export function snoozePresets(now: Date, timeZone: string): readonly { readonly label: string; readonly at: Date }[] {
  const today = dayAt(timeZone, now);
  const morning = (day: number) => momentOf(timeZone, day, MORNING);
  const inTwoHours = new Date(Math.ceil((+now + 120 * MINUTE_MS) / MINUTE_MS) * MINUTE_MS);
  const presets: readonly (readonly [string, Date])[] = [
    ['In 2 hours', inTwoHours],
    ['Tomorrow morning', morning(today + 1)],
    ['Next Monday', morning(today + DAYS_A_WEEK + 1 - weekdayOf(today))],
  ];
  return presets.map(([words, at]) => ({
    at,
    label: `${words} (${DateTime.fromJSDate(at, { zone: timeZone }).setLocale('en-US').toFormat('ccc, LLL d, h:mm a')})`,
  }));
}
