import { types } from 'node:util';

/** An error's message; unlike `instanceof Error`, this also recognizes errors from outside Jest's context. */
export const messageOf = (error: unknown): string => (types.isNativeError(error) ? error.message : String(error));

/** True if a file or program does not exist. */
export const isMissing = (error: unknown): boolean =>
  types.isNativeError(error) && 'code' in error && error.code === 'ENOENT';
