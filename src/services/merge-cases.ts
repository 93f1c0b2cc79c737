import { isRestricted, mayMeet } from '../domain/access';
import { type Actor, SYSTEM } from '../domain/case';
import type { Fault } from '../domain/forms/form';
import type { Move } from '../domain/moves';
import type { ServiceDeps } from './deps';
import { mayOpen } from './dialog-context';
import { type Moved, type MoveRequest, moveCase } from './move-case';
import type { StoredCase } from './ports';
import { areaOf, personOf } from './standing';
import { newOwnerFault } from './stranger';

/** A move that concerns two cases may also find fault with the reference that was typed. */
export type Made = Moved | { readonly faults: readonly Fault[] };

/** Makes a move that somebody asked for in a dialog; one that joins two cases changes both (domain section 7). */
export async function makeMove(deps: ServiceDeps, request: MoveRequest): Promise<Made> {
  const { move } = request;
  if (move.type === 'merge') return join(deps, request, move.into, mergeFault, takenOver);
  const stranger = await newOwnerFault(deps, move);
  if (stranger) return { faults: [{ question: 'owner', message: stranger }] };
  if (move.type === 'link') return join(deps, request, move.link.ref, linkFault, linkedBack);
  return moveCase(deps, request);
}

/**
 * Two writes, the other case's first: whoever filed a duplicate follows the case that goes on before theirs ends. A
 * crash in between loses nothing, and the same request again makes only what is missing.
 */
async function join(
  deps: ServiceDeps,
  request: MoveRequest,
  otherRef: string,
  faultOf: (stored: StoredCase, other: StoredCase) => string | null,
  answering: (stored: StoredCase) => Move,
): Promise<Made> {
  const { find, move, by, key } = request;
  const stored = 'id' in find ? await deps.cases.byId(find.id) : await deps.cases.byRef(find.ref);
  if (!stored || (key && (await deps.history.hasKey(stored, key)))) return moveCase(deps, request);
  const opened = await mayOpen(deps, stored.ref, move.type, by);
  if (!opened.ok) return opened;

  if (otherRef === stored.ref) return fault(`${otherRef} is this case. Give the reference of the other one.`);
  const other = await readable(deps, otherRef, by);
  if (!other) return fault(`There is no case ${otherRef} that you can see. Check the reference.`);
  const wrong = faultOf(stored, other);
  if (wrong) return fault(wrong);

  const answered = await moveCase(deps, { find: { id: other.id }, move: answering(stored), by: SYSTEM, key });
  return answered.ok ? moveCase(deps, request) : fault(answered.reason);
}

const fault = (message: string): Made => ({ faults: [{ question: 'ref', message }] });

async function readable(deps: ServiceDeps, ref: string, by: Actor): Promise<StoredCase | null> {
  const found = await deps.cases.byRef(ref);
  if (!found) return null;
  const [area, person] = await Promise.all([areaOf(deps, found.area), personOf(deps, by)]);
  return mayMeet(found, person, area) ? found : null;
}

/** Why a case cannot go on in another one's place, in words for the person. */
function mergeFault({ kind, ref }: StoredCase, other: StoredCase): string | null {
  const successor = other.links.find(({ relation }) => relation === 'duplicate_of')?.ref;
  if (other.state === 'void' && successor) return `${other.ref} is itself a duplicate of ${successor}: give that one.`;
  if (other.state === 'resolved' || other.state === 'void')
    return `${other.ref} is closed. Reopen it first, or link the two instead.`;
  if (isRestricted(kind) && !isRestricted(other.kind))
    return `${ref} is need-to-know and cannot end in ${other.ref}, which is not. Link the two instead.`;
  return null;
}

const linkFault = (_stored: StoredCase, { state, ref }: StoredCase): string | null =>
  state === 'void' ? `${ref} is void. Reopen it first, or give another reference.` : null;

const takenOver = ({ ref, reporter, followers }: StoredCase): Move => ({
  type: 'absorb',
  ref,
  followers: [reporter, ...followers].filter((id) => id !== SYSTEM),
});

const linkedBack = ({ ref }: StoredCase): Move => ({ type: 'link', link: { ref, relation: 'related' } });
