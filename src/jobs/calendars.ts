import { readCalendars } from '../services/calendars';
import type { Job } from './job';

/** Makes covers from absences in people's calendars (domain section 7). The log never contains an address. */
export const calendars: Job = (deps) =>
  readCalendars(deps, (person, error) =>
    deps.log.error({ err: error, person }, 'calendars: this one could not be worked on; the next run tries again'),
  );
