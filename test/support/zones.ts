import { IANAZone } from 'luxon';

/** Zones with unusual clock changes, including old names, and some without any. */
export const ODD_ZONES = [
  'America/Havana', // midnight twice
  'Africa/Cairo', // midnight missing
  'Asia/Beirut', // midnight missing, and back over it
  'Australia/Lord_Howe', // half an hour
  'Antarctica/Troll', // two hours
  'Africa/Casablanca', // four times a year, around Ramadan
  'Asia/Almaty', // moved for good, back over midnight
  'America/Asuncion', // moved for good
  'America/Nuuk', // another day of the week than its neighbors
  'America/Santiago', // midnight missing
  'America/St_Johns',
  'America/New_York',
  'America/Los_Angeles',
  'US/Pacific',
  'Europe/Dublin',
  'Europe/Berlin',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Calcutta',
  'Asia/Manila',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'UTC',
] as const;

const MINUTE = 60_000;
const DAY = 86_400_000;
export const FROM_2024 = Date.UTC(2024, 0, 1);
export const TO_2028 = Date.UTC(2028, 0, 1);

/** Every change of a zone's clocks from 2024 to 2027, as instants. */
export function changesOf(timeZone: string): Date[] {
  const zone = IANAZone.create(timeZone);
  const changes: Date[] = [];
  for (let at = FROM_2024; at < TO_2028; at += DAY) {
    if (zone.offset(at) === zone.offset(at + DAY)) continue;
    let [before, after] = [at, at + DAY];
    while (after - before > MINUTE) {
      const middle = before + Math.floor((after - before) / 2 / MINUTE) * MINUTE;
      if (zone.offset(middle) === zone.offset(at)) before = middle;
      else after = middle;
    }
    changes.push(new Date(after));
  }
  return changes;
}

/** One of each kind: zones with the same clocks from 2024 to 2027 count as one. */
export function unlike(timeZones: readonly string[]): string[] {
  const byClocks = new Map<string, string>();
  for (const timeZone of timeZones) {
    const zone = IANAZone.create(timeZone);
    const clocks = [new Date(FROM_2024), ...changesOf(timeZone)].map((at) => `${+at}: ${zone.offset(+at)}`).join();
    if (!byClocks.has(clocks)) byClocks.set(clocks, timeZone);
  }
  return [...byClocks.values()];
}
