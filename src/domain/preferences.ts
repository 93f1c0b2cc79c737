import { IANAZone } from 'luxon';
import { dayAt, momentOf } from './local-time';

/** How someone is told about due clocks: as the ladder says, by a mention in the case's thread, or by DM. */
export const TELL_BY = ['both', 'mention', 'dm'] as const;
export type TellBy = (typeof TELL_BY)[number];

/** When someone does not want to be disturbed, in their own time zone: minutes of the day, the end exclusive. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

/** What a person chose (domain section 8). */
export interface Preferences {
  readonly by: TellBy;
  readonly quiet: QuietHours | null;
}
export const DEFAULT_PREFERENCES: Preferences = { by: 'both', quiet: null };

/**
 * When the quiet hours around this instant end, or null outside of them. Wall-clock hours of an IANA zone: one that
 * clocks skip becomes the change, one that occurs twice means the first. Hours that end before they begin span
 * midnight.
 */
export function quietUntil({ from, to }: QuietHours, timeZone: string, now: Date): Date | null {
  const today = dayAt(timeZone, now);
  for (const day of [today - 1, today]) {
    const begins = momentOf(timeZone, day, from);
    const ends = momentOf(timeZone, from < to ? day : day + 1, to);
    if (begins <= now && now < ends) return ends;
  }
  return null;
}

/** A person's zone from Slack, if it is valid. */
export const knownZone = (zone: string | null | undefined): string | null =>
  zone && IANAZone.isValidZone(zone) ? zone : null;
/** The same, or the other if it is not. */
export const zoneOr = (zone: string | null, otherwise: string): string => knownZone(zone) ?? otherwise;

/** Minutes of the day as people read them: "4:30 PM". */
export const clockTime = (minutes: number): string =>
  `${Math.floor(minutes / 60) % 12 || 12}:${String(minutes % 60).padStart(2, '0')} ${minutes < 12 * 60 ? 'AM' : 'PM'}`;

/** Minutes of the day as `HH:MM`, and back; null if the text is not a time. */
export const timeOfDay = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
export function readTimeOfDay(text: string): number | null {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  return hours && minutes ? Number(hours) * 60 + Number(minutes) : null;
}
