import type { Actor } from '../domain/actor';
import { applyPolicy } from '../services/apply-policy';
import { personOf } from '../services/standing';
import type { ListenerDeps } from './deps';
import { type PrivatePlace, tellPrivately } from './tell';

const cases = (count: number) => (count === 1 ? '1 open case' : `${count} open cases`);

/** `/warmline apply-policy`: an admin applies the current policy to open cases. */
export async function applyPolicyNow(deps: ListenerDeps, place: PrivatePlace): Promise<void> {
  const say = (text: string) => tellPrivately(place, text);
  const { isAdmin } = await personOf(deps, place.user);
  if (isAdmin) await applyAndTell(deps, place.user, say);
  else await say('Only an admin can apply the policy to open cases. Nothing was changed.');
}

/** Applies the current policy to open cases, and reports progress. */
export async function applyAndTell(
  deps: ListenerDeps,
  by: Actor,
  say: (text: string) => Promise<unknown>,
): Promise<void> {
  await say('The policy is being applied to the open cases. You are told here when it is done.');
  const { open, later, earlier, reminders, failed } = await applyPolicy(deps, by);
  const changed = later + earlier + reminders;
  const due = [later && `${later} due later`, earlier && `${earlier} due earlier`].filter(Boolean).join(', ');
  const rest = failed.length
    ? ` ${cases(failed.length)} could not be stored (${failed.slice(0, 5).join(', ')}${failed.length > 5 ? ' …' : ''}): use the command again.`
    : '';
  await say(`The policy applies to ${cases(open)}; clocks changed in ${changed}${due && ` (${due})`}.${rest}`);
}
