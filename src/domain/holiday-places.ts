import { holidayLibrary } from './holiday-library';

/** A country, or a state of one, whose public holidays are known. `value`: `US` or `US/CA`. */
export interface HolidayPlace {
  readonly value: string;
  readonly label: string;
}

let places: readonly HolidayPlace[] | null = null;

/** Every country with its states, by name. */
export function holidayPlaces(): readonly HolidayPlace[] {
  if (places) return places;
  const known = new (holidayLibrary())();
  places = Object.entries(known.getCountries())
    .sort(([, a], [, b]) => a.localeCompare(b))
    .flatMap(([code, country]) => [
      { value: code, label: country },
      ...Object.entries(known.getStates(code) ?? {}).map(([state, name]) => ({
        value: `${code}/${state}`,
        label: `${country}: ${name}`,
      })),
    ]);
  return places;
}
