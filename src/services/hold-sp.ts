import type { Actor } from '../domain/case';
import { type HoldAnswer, heldAfter, type SpHold } from '../domain/sp-hold';
import { configure, standing } from './configure';
import type { ServiceDeps } from './deps';
import { peopleOf } from './standing';

/** An SP's hold as it is now, with the version that a change is based on. */
export const holdOf = async (
  deps: Pick<ServiceDeps, 'configuration'>,
  account: string,
): Promise<{ readonly hold: SpHold | null; readonly version: number | null }> => {
  const { value, version } = await standing(deps, 'sp_hold', account);
  return { hold: value, version };
};

export interface HoldRequest {
  readonly account: string;
  readonly by: Actor;
  /** The version of the hold that the person was shown. */
  readonly expected: number | null;
  readonly answer: HoldAnswer;
}

/**
 * Puts an SP on legal hold, or takes a step of lifting that (domain section 10): each is a change of the configuration,
 * and so in its history. The other admins are asked for their agreement by letter, which is there before the request
 * is: a process that dies between the two is asked again, and a letter about nothing says so when it is opened. Gives
 * why it is not possible, in words for the person, or null.
 */
export async function holdSp(
  deps: ServiceDeps,
  { account, by, expected, answer }: HoldRequest,
): Promise<string | null> {
  const { hold, version } = await holdOf(deps, account);
  if (version !== expected) return CHANGED;
  const after = heldAfter(hold, account, answer, { by, at: deps.now() });
  if ('refused' in after) return after.refused;
  const about = `sp_hold:${account}`;
  if (after.hold?.lifting) await askAdmins(deps, after.hold, by, `${about}:${(version ?? 0) + 1}`);
  const outcome = await configure(deps, { what: 'sp_hold', key: account, by, expected, change: () => after.hold });
  // What was asked and not told yet is answered, or was never asked.
  if (!outcome.ok || !after.hold?.lifting) await deps.letters.withdraw(about);
  return outcome.ok ? null : CHANGED;
}
const CHANGED =
  'Someone else changed this at the same moment. Close this window and open it again to see the hold as it is now.';

async function askAdmins(deps: ServiceDeps, hold: SpHold, by: Actor, id: string): Promise<void> {
  const { admins } = await peopleOf(deps, await deps.directory.policy());
  for (const to of admins.filter((admin) => admin !== by))
    await deps.letters.put({
      id: `${id}:${to}`,
      to,
      about: `sp_hold:${hold.account}`,
      content: { type: 'sp_hold_lifting', hold },
      at: deps.now(),
    });
}
