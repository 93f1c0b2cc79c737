import { types } from 'node:util';

/** What an error says; unlike `instanceof Error` it also knows errors that were made outside of Jest's own world. */
export const messageOf = (error: unknown): string => (types.isNativeError(error) ? error.message : String(error));

/** True when a file or program is not there. */
export const isMissing = (error: unknown): boolean =>
  types.isNativeError(error) && 'code' in error && error.code === 'ENOENT';
