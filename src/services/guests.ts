import type { Actor } from '../domain/case';
import { DeadlineError, within } from './deadline';
import type { ServiceDeps } from './deps';
import { personOf } from './standing';

/** So long a click waits for Slack's word on who is a guest, ms: an acknowledgement has to be there in three seconds. */
const PATIENCE_MS = 500;

/**
 * Whether someone is a guest who takes no part. One whom an area or a role of the policy names does: then someone has
 * said so. No one is kept out because Slack does not answer in time. Rejects when the store cannot be reached.
 */
export async function isRefusedGuest(deps: ServiceDeps, user: Actor): Promise<boolean> {
  if (!(await isGuest(deps, user))) return false;
  const [policy, person] = await Promise.all([deps.directory.policy(), personOf(deps, user, [])]);
  return policy.guests.may === 'nothing' && !person.isAdmin && !person.isManager && !person.roles.length;
}

const isGuest = ({ people }: ServiceDeps, user: Actor): Promise<boolean> =>
  within(PATIENCE_MS, people.isGuest(user)).catch((error: unknown) => {
    if (error instanceof DeadlineError) return false;
    throw error;
  });
