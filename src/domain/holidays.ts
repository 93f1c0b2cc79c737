import { holidayLibrary } from './holiday-library';

/** A country, or a state of one. */
export interface HolidayPlace {
  readonly country: string;
  readonly state?: string | undefined;
}

/** A public holiday, or the day on which one that falls on a weekend is observed. */
export interface Holiday {
  readonly name: string;
  /** From inclusive to exclusive, in wall-clock time read as if it were UTC, epoch ms. */
  readonly span: readonly [from: number, to: number];
}

const DAY = 86_400_000;

/** Why the holidays of a place are unknown, or null. */
export function holidayPlaceFault({
  country,
  state,
}: HolidayPlace): { readonly part: 'country' | 'state'; readonly reason: string } | null {
  const known = new (holidayLibrary())();
  if (!Object.hasOwn(known.getCountries(), country.toUpperCase()))
    return { part: 'country', reason: `no public holidays are known for the country ${country}` };
  if (state !== undefined && !Object.hasOwn(known.getStates(country) ?? {}, state.toUpperCase()))
    return { part: 'state', reason: `no public holidays are known for the state ${state} of ${country}` };
  return null;
}

const tables = new Map<string, readonly Holiday[]>();

/**
 * The holidays that can touch a day (counted from 1970-01-01): those of its year, of the year before, and of the year
 * after, whose first one may be observed in December. In many countries, a public holiday on a weekend is observed on a
 * weekday, and offices are closed then. The library calls some of those days "bank": Veterans Day in the United States,
 * most of Bermuda's, two of Ireland's. A substitute that is an "observance", as in Spain, is each region's own choice
 * and closes nothing.
 */
export function holidaysAround(place: HolidayPlace, day: number): readonly Holiday[] {
  const year = new Date(day * DAY).getUTCFullYear();
  const key = `${place.country}/${place.state ?? ''}/${year}`;
  const known = tables.get(key);
  if (known) return known;
  const years = [year - 1, year, year + 1];
  const open = daysOf(place, years, 'public');
  const own = new Set(open.filter(({ substitute }) => !substitute).map(({ name }) => name));
  const observed = daysOf(place, years, 'bank').filter((one) => one.substitute && own.has(plainName(one)));
  const found = [...open, ...observed].map((one): Holiday => {
    const name = one.substitute ? `${plainName(one)}, observed` : one.name;
    return { name, span: [+one.start, +one.end] };
  });
  tables.set(key, found);
  return found;
}

function daysOf({ country, state }: HolidayPlace, years: readonly number[], type: 'public' | 'bank') {
  const options = { timezone: 'UTC', languages: ['en-us', 'en'], types: [type] };
  const Library = holidayLibrary();
  const library = state ? new Library(country, state, options) : new Library(country, options);
  return years.flatMap((year) => library.getHolidays(year));
}

/** The library marks a substitute after the name, in parentheses. */
const plainName = ({ name }: { readonly name: string }) => name.replace(/ \([^()]*\)$/, '');
