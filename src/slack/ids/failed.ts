import { type Lane, storedLane } from '../../domain/targets';

/** The menu of a failed message; its block id identifies the message. */
export const FAILED_MORE = 'home_failed';
export const REMEDIES = ['retry', 'redirect', 'dismiss'] as const;
export type RemedyId = (typeof REMEDIES)[number];
export const readRemedy = (value: string | undefined): RemedyId | null =>
  REMEDIES.find((remedy) => remedy === value) ?? null;

/** Retries all failed messages. */
export const FAILED_RETRY_ALL = 'home_failed_all';

/** Messages of a case that did not reach an address (`lane`), or one letter. */
export type Failed = { readonly ref: string; readonly lane: Lane } | { readonly letter: string };
export const packFailed = (failed: Failed): string =>
  'letter' in failed ? `letter:${failed.letter}` : `case:${failed.ref}:${failed.lane}`;
/** Null for anything that `packFailed` did not write. */
export function readFailed(text: string | undefined): Failed | null {
  const [kind, ...rest] = (text ?? '').split(':');
  const [ref = '', ...address] = rest;
  const lane = storedLane(address.join(':'));
  if (kind === 'letter') return { letter: rest.join(':') };
  return kind === 'case' && ref && lane ? { ref, lane } : null;
}
