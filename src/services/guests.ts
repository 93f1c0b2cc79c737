import type { Actor } from '../domain/actor';
import { withinOr } from './deadline';
import type { ServiceDeps } from './deps';
import { personOf } from './standing';

/** How long a click waits for Slack's answer about a guest, ms: an acknowledgment is due within three seconds. */
const PATIENCE_MS = 500;

/**
 * Whether someone is a guest who may do nothing. Guests named in an area or role of the policy may. If Slack does not
 * answer in time, no one is kept out. Rejects if the store is unreachable.
 */
export async function isRefusedGuest(deps: ServiceDeps, user: Actor): Promise<boolean> {
  if (!(await isGuest(deps, user))) return false;
  const [policy, person] = await Promise.all([deps.directory.policy(), personOf(deps, user, [])]);
  return policy.guests.may === 'nothing' && !person.isAdmin && !person.isManager && !person.roles.length;
}

const isGuest = ({ people }: ServiceDeps, user: Actor): Promise<boolean> =>
  withinOr(PATIENCE_MS, people.isGuest(user), () => false);
