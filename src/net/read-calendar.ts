import { Worker } from 'node:worker_threads';
import type { Entry } from '../domain/calendar';
import { CalendarError, type ReadEntries } from '../services/ports/calendars';

/** Time and memory limits for one calendar. */
const [TIMEOUT_MS, MOST_MB] = [5000, 192];
const READER = require.resolve('./calendar-worker.cjs');

/** A calendar's absences as written in it; stops if it takes too long. */
export const entriesWithin =
  (ms: number): ReadEntries =>
  (workerData) =>
    new Promise((found, failed) => {
      const reader = new Worker(READER, { workerData, resourceLimits: { maxOldGenerationSizeMb: MOST_MB } });
      const end = setTimeout(() => {
        failed(new CalendarError('too_busy'));
        void reader.terminate();
      }, ms);
      reader.once('message', (entries: readonly Entry[] | null) =>
        entries ? found(entries) : failed(new CalendarError('not_a_calendar')),
      );
      reader.once('error', () => failed(new CalendarError('too_busy')));
      reader.once('exit', () => {
        clearTimeout(end);
        failed(new CalendarError('too_busy')); // no more than it has already said
      });
    });

/** The same with the time limit for one calendar. */
export const readEntries = entriesWithin(TIMEOUT_MS);
