import type { Job } from './job';

/** Makes cases that were stored before searches knew their words findable by them. */
export const words: Job = async ({ search }) => ({ made: await search.fillWords() });
