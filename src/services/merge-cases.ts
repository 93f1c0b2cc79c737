import { isRestricted, mayKnowOf } from '../domain/access';
import { type Actor, SYSTEM } from '../domain/actor';
import type { Fault } from '../domain/forms/form';
import { joiningOf } from '../domain/move';
import type { ServiceDeps } from './deps';
import { mayMake } from './dialog-context';
import { isReadBySubjects } from './linked-forms';
import { foundBy, type Moved, type MoveRequest, moveCase } from './move-case';
import type { StoredCase } from './ports/cases';
import { areaOf, personOf } from './standing';
import { newOwnerFault } from './stranger';

/** A move on two cases may also find a fault in the typed reference. */
export type Made = Moved | { readonly faults: readonly Fault[] };

/** Makes a move from a dialog; one that joins two cases changes both (domain section 7). */
export async function makeMove(deps: ServiceDeps, request: MoveRequest): Promise<Made> {
  const { move } = request;
  const stranger = await newOwnerFault(deps, move);
  if (stranger) return { faults: [{ question: 'owner', message: stranger }] };
  const joining = joiningOf(move);
  return joining ? join(deps, request, joining) : moveCase(deps, request);
}

/**
 * Two writes, the other case's first: a duplicate's reporter follows the continuing case before theirs ends. A crash in
 * between loses nothing, and repeating the request makes only what is missing.
 */
async function join(
  deps: ServiceDeps,
  request: MoveRequest,
  { other: otherRef, fault: faultOf, answer }: NonNullable<ReturnType<typeof joiningOf>>,
): Promise<Made> {
  const { find, move, by, key } = request;
  const stored = await foundBy(deps, find);
  if (!stored || (key && (await deps.history.hasKey(stored, key)))) return moveCase(deps, request);
  const opened = await mayMake(deps, stored, move.type, by);
  if (!opened.ok) return opened;

  if (otherRef === stored.ref) return fault(`${otherRef} is this case. Give the reference of the other one.`);
  const other = await readable(deps, otherRef, by);
  if (!other) return fault(`There is no case ${otherRef} that you can see. Check the reference.`);
  const wrong = faultOf(stored, other, ({ kind }) => isRestricted(kind)) ?? (await revealed(deps, stored, other));
  if (wrong) return fault(wrong);

  const answered = await moveCase(deps, { find: { id: other.id }, move: answer(stored), by: SYSTEM, key });
  return answered.ok ? moveCase(deps, request) : fault(answered.reason);
}

/** A need-to-know case about someone is not named on a card that they may read: why not, in words, or null. */
async function revealed(deps: ServiceDeps, one: StoredCase, other: StoredCase): Promise<string | null> {
  for (const [about, read] of [
    [one, other],
    [other, one],
  ] as const)
    if (await isReadBySubjects(deps, about, read))
      return `${about.ref} names someone who must not learn of it, and who may read the card of ${read.ref}. Write ${read.ref} into a note of ${about.ref} instead.`;
  return null;
}

const fault = (message: string): Made => ({ faults: [{ question: 'ref', message }] });

async function readable(deps: ServiceDeps, ref: string, by: Actor): Promise<StoredCase | null> {
  const found = await deps.cases.byRef(ref);
  if (!found) return null;
  const [area, person] = await Promise.all([areaOf(deps, found.area), personOf(deps, by, [found])]);
  return mayKnowOf(found, person, area) ? found : null;
}
