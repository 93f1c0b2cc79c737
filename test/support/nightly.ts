/** Whether this is the nightly run (`npm run test:nightly`), which tries every variant. */
export const NIGHTLY = process.env.NIGHTLY === '1';

/** All variants by night, only the first ones by day. */
export const byNight = <T>(all: readonly T[], byDay = 1): readonly T[] => (NIGHTLY ? all : all.slice(0, byDay));
