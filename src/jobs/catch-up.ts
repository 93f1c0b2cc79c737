import { catchUp as readMissed } from '../services/catch-up';
import type { Job } from './job';

/** Reads what people wrote while no instance received it (domain section 7). */
export const catchUp: Job = async (deps) => ({ heard: await readMissed(deps) });
