import { catchUp as bringIn } from '../services/catch-up';
import type { Job } from './job';

/** Brings in what people wrote while no one heard it (domain section 7). */
export const catchUp: Job = async (deps) => ({ heard: await bringIn(deps) });
