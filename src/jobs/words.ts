import type { Job } from './job';

/** Adds search words to cases stored before there were any. */
export const words: Job = async ({ search }) => ({ made: await search.fillWords() });
