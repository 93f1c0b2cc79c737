import { DateTime } from 'luxon';

const at = (ms: number, zone: string) => DateTime.fromMillis(ms, { zone }).setLocale('en-US');

/** "Today", "Yesterday", "Tomorrow" or null, in the reader's calendar. */
function nearDay(ms: number, now: number, zone: string): string | null {
  const days = at(ms, zone).startOf('day').diff(at(now, zone).startOf('day'), 'days').days;
  const near: { [days: number]: string } = { [-1]: 'Yesterday', 0: 'Today', 1: 'Tomorrow' };
  return near[Math.round(days)] ?? null;
}

const pretty = (format: (date: DateTime) => string) => (date: DateTime, now: number, zone: string) =>
  nearDay(date.toMillis(), now, zone) ?? format(date);
const long = (date: DateTime) => date.toFormat('cccc, LLLL d, yyyy');
const medium = (date: DateTime) => date.toFormat('LLLL d, yyyy');
const short = (date: DateTime) => date.toFormat('LLL d, yyyy');

/** Slack's date tokens. */
const TOKENS: { [token: string]: (date: DateTime, now: number, zone: string) => string } = {
  date_num: (date) => date.toFormat('yyyy-LL-dd'),
  date_slash: (date) => date.toFormat('LL/dd/yyyy'),
  date: medium,
  date_short: short,
  date_long: long,
  date_pretty: pretty(medium),
  date_short_pretty: pretty(short),
  date_long_pretty: pretty(long),
  day_divider_pretty: pretty((date) => date.toFormat('cccc, LLLL d')),
  time: (date) => date.toFormat('h:mm a'),
  time_secs: (date) => date.toFormat('h:mm:ss a'),
  // Rounded to the current minute: within it, seconds would turn the past into "in 26 seconds".
  ago: (date, now) =>
    Math.abs(date.toMillis() - now) < 60_000
      ? 'less than a minute ago'
      : (date.toRelative({ base: DateTime.fromMillis(now) }) ?? ''),
};

/** `<!date^…>`: the tokens of `format` filled in for the reader's zone; unknown ones stay as they are. */
export function formatDate(format: string, seconds: number, now: number, zone: string): string {
  const date = at(seconds * 1000, zone);
  return format.replace(/\{(\w+)\}/g, (whole, token: string) => TOKENS[token]?.(date, now, zone) ?? whole);
}

export const tsMillis = (ts: string) => Number(ts) * 1000;
export const timeOfDay = (ms: number, zone: string) => at(ms, zone).toFormat('h:mm a');
export const dayKey = (ms: number, zone: string) => at(ms, zone).toISODate() ?? '';
export const dayLabel = (ms: number, now: number, zone: string) =>
  TOKENS.day_divider_pretty?.(at(ms, zone), now, zone) ?? '';
export const fullMoment = (ms: number, zone: string) => at(ms, zone).toFormat("ccc, LLL d, yyyy 'at' h:mm:ss a");
export const clockText = (ms: number, zone: string) => at(ms, zone).toFormat('ccc, LLL d · h:mm a');

/** For `<input type="datetime-local">`: epoch seconds to local text in the reader's zone, and back. */
export const toLocalInput = (seconds: number, zone: string) => at(seconds * 1000, zone).toFormat("yyyy-LL-dd'T'HH:mm");
export function fromLocalInput(local: string, zone: string): number | null {
  const date = DateTime.fromISO(local, { zone });
  return date.isValid ? Math.floor(date.toSeconds()) : null;
}
