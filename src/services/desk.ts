import type { Actor } from '../domain/case';
import type { ServiceDeps } from './deps';
import type { StoredCase } from './ports';

/** What a person has on their desk. */
export interface Desk {
  /** Open cases this person owns, what breaks next first. */
  readonly mine: readonly StoredCase[];
  /** What this person filed, newest first. */
  readonly filed: readonly StoredCase[];
}
const LONGEST = 20;

/** Reads a desk: two indexed queries. */
export async function deskOf({ cases }: ServiceDeps, person: Actor): Promise<Desk> {
  const [mine, filed] = await Promise.all([cases.openOf(person, LONGEST), cases.filedBy(person, LONGEST)]);
  return { mine, filed };
}
