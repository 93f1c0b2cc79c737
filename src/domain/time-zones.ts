import { holidayLibrary } from './holiday-library';

/** The IANA time zones offered, by name, including UTC. */
export function timeZones(): readonly string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])].sort();
}

/** Node has these for a country, but TypeScript does not know them. */
type WithZones = Intl.Locale & { readonly timeZones?: readonly string[]; getTimeZones?(): readonly string[] };
function zonesOf(country: string): readonly string[] {
  const locale: WithZones = new Intl.Locale(`und-${country}`);
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}

let byCountry: readonly (readonly string[])[] | null = null;

/** The time zones of the countries in which one of these is used: the next office is most likely there. */
export function zonesNear(used: readonly string[]): readonly string[] {
  byCountry ??= Object.keys(new (holidayLibrary())().getCountries()).map(zonesOf);
  return [...new Set(byCountry.filter((zones) => zones.some((zone) => used.includes(zone))).flat())].sort();
}
