import type Holidays from 'date-holidays';

let library: typeof Holidays | null = null;

/** The library of public holidays. It holds every country's: loaded when one is first asked for, not at every start. */
export function holidayLibrary(): typeof Holidays {
  library ??= require('date-holidays') as typeof Holidays;
  return library;
}
