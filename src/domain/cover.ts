import type { Actor } from './actor';
import type { Fault } from './forms/form';

/** Someone who answers for an Area Manager during an absence, once they have accepted (domain section 7). */
export interface Cover {
  readonly id: string;
  /** Who is away, and who covers. */
  readonly person: Actor;
  readonly deputy: Actor;
  readonly from: Date;
  /** Exclusive: midnight after the last day, in the zone of the absent person. */
  readonly until: Date;
  readonly state: CoverState;
  /** Whose calendar it came from, if any. */
  readonly calendar?: Actor;
}
/** `gone`: the absence is no longer in the calendar. */
export type CoverState = 'asked' | 'accepted' | 'declined' | 'withdrawn' | 'gone';

export const inForce = ({ state, from, until }: Cover, now: Date): boolean =>
  state === 'accepted' && from <= now && now < until;

/** The person's cover in force now, or null. */
export const coverOf = (covers: readonly Cover[], person: Actor, now: Date): Cover | null =>
  covers.find((cover) => cover.person === person && inForce(cover, now)) ?? null;

/** Whom someone covers for now. */
export const standsFor = (covers: readonly Cover[], deputy: Actor, now: Date): Actor[] => [
  ...new Set(covers.filter((cover) => cover.deputy === deputy && inForce(cover, now)).map(({ person }) => person)),
];

/** Someone absent for longer gets a successor. One extra day for clock changes. */
const LONGEST_MS = 367 * 24 * 60 * 60_000;

/** Whether someone was asked and has not declined. */
const stands = ({ state }: Cover) => state === 'asked' || state === 'accepted';

/**
 * What is wrong with a cover that is requested or accepted, by field; null if nothing is. `covers`: all that are not
 * over; `today`: the start of the day in the absent person's zone.
 */
export function coverFault(asked: Cover, covers: readonly Cover[], today: Date): Fault | null {
  const { person, deputy, from, until } = asked;
  const meanwhile = covers.filter(
    (other) => other.id !== asked.id && stands(other) && other.from < until && from < other.until,
  );
  const fault = (question: 'deputy' | 'from' | 'to', message: string): Fault => ({ question, message });
  if (deputy === person) return fault('deputy', 'You cannot cover for yourself: choose someone else.');
  if (from < today) return fault('from', 'This day has passed: choose today or a later day.');
  if (until <= from) return fault('to', 'The last day comes before the first: choose the same day or a later one.');
  if (+until - +from > LONGEST_MS) return fault('to', 'A cover lasts a year at most: choose an earlier day.');
  if (meanwhile.some((other) => other.person === person))
    return fault('from', 'You already have a cover on some of these days: withdraw it first, or choose other days.');
  if (meanwhile.some((other) => other.person === deputy))
    return fault('deputy', 'They are away on some of these days too: choose someone else, or other days.');
  if (meanwhile.some((other) => other.deputy === person))
    return fault('from', 'You are covering for someone on some of these days, and a cover cannot be passed on.');
  return null;
}
