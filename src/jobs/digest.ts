import { writeDigests } from '../services/digests';
import { writeWeeklyReports } from '../services/weekly-reports';
import type { Job } from './job';

/** Writes the daily digests that are owed (domain section 8); `letters` sends them. */
export const digest: Job = async (deps) => ({ written: await writeDigests(deps) });

/** Writes the weekly reports that are owed. */
export const weekly: Job = async (deps) => ({ written: await writeWeeklyReports(deps) });
