import { IANAZone } from 'luxon';

const MINUTE = 60_000;
const DAY = 86_400_000;

/**
 * The instant (epoch ms) at which the wall clock of a zone (read as if it were UTC, ms) first shows this time, or the
 * change of clocks that skips it.
 */
export function instantOf(zone: IANAZone, wall: number): number {
  const [before, after] = [zone.offset(wall - DAY) * MINUTE, zone.offset(wall + DAY) * MINUTE];
  if (before === after) return wall - before;
  const shown = [wall - before, wall - after]
    .filter((instant) => instant + zone.offset(instant) * MINUTE === wall)
    .sort((a, b) => a - b)[0];
  if (shown !== undefined) return shown;
  let [earlier, later] = [wall - after, wall - before];
  while (later - earlier > 1) {
    const middle = Math.floor((earlier + later) / 2);
    if (zone.offset(middle) * MINUTE === before) earlier = middle;
    else later = middle;
  }
  return later;
}

/** The local day of an instant, counted in days from 1970-01-01. */
export function dayAt(timeZone: string, at: Date): number {
  const zone = IANAZone.create(timeZone);
  return Math.floor((+at + zone.offset(+at) * MINUTE) / DAY);
}

/**
 * The instant of a time of day, in minutes since midnight, on a local day. A time that clocks skip becomes the change,
 * one that occurs twice means the first; so a day begins at 0 even where there is no midnight.
 */
export const momentOf = (timeZone: string, day: number, minutes = 0): Date =>
  new Date(instantOf(IANAZone.create(timeZone), day * DAY + minutes * MINUTE));

/** A day as `YYYY-MM-DD`, and back; null if there is no such day. */
export const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);
export function readDate(text: string): number | null {
  const day = Date.parse(`${text}T00:00Z`) / DAY;
  return Number.isInteger(day) && dateOf(day) === text ? day : null;
}

/** The first instant of a day given as `YYYY-MM-DD`, or of one this many days later. Throws if there is no such day. */
export function dayStart(timeZone: string, date: string, later = 0): Date {
  const day = readDate(date);
  if (day === null) throw new RangeError(`${date} is not a day of the calendar.`);
  return momentOf(timeZone, day + later);
}

/** The day of the week, Monday 1 to Sunday 7. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;
