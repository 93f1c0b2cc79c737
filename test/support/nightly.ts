/** Whether this is the run of the night (`npm run test:nightly`), which tries all that there is. */
export const NIGHTLY = process.env.NIGHTLY === '1';

/** All of several variants by night, the first ones in a run of every day. */
export const byNight = <T>(all: readonly T[], byDay = 1): readonly T[] => (NIGHTLY ? all : all.slice(0, byDay));
