import type Holidays from 'date-holidays';

let library: typeof Holidays | null = null;

/** The library of public holidays. It holds every country's, so it is loaded on first use instead of at the start. */
export function holidayLibrary(): typeof Holidays {
  library ??= require('date-holidays') as typeof Holidays;
  return library;
}
