import type { Actor } from '../domain/actor';
import { maskPersonalData } from '../domain/personal-data';
import { type HoldAnswer, heldAfter, type SpHold } from '../domain/sp-hold';
import { configure, standing } from './configure';
import type { ServiceDeps } from './deps';
import { peopleOf } from './standing';

/** An SP's hold now, with the version that a change is based on. */
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
  /** The version of the hold shown to the person. */
  readonly expected: number | null;
  readonly answer: HoldAnswer;
}

/**
 * Puts an SP on legal hold, or takes a step to lift that (domain section 10): each is a change of the configuration,
 * and so in its history. Card numbers and SSNs in the reason are masked. A letter asks the other admins to agree. It is
 * written before the request: if the process dies between the two, the person can ask again, and opening a letter
 * without a request says so. Returns why it is not possible, in words, or null.
 */
export async function holdSp(
  deps: ServiceDeps,
  { account, by, expected, answer }: HoldRequest,
): Promise<string | null> {
  const { hold, version } = await holdOf(deps, account);
  if (version !== expected) return CHANGED;
  const clean = 'reason' in answer ? { ...answer, reason: maskPersonalData(answer.reason).text } : answer;
  const after = heldAfter(hold, account, clean, { by, at: deps.now() });
  if ('refused' in after) return after.refused;
  const about = `sp_hold:${account}`;
  if (after.hold?.lifting) await askAdmins(deps, after.hold, by, `${about}:${(version ?? 0) + 1}`);
  const outcome = await configure(deps, { what: 'sp_hold', key: account, by, expected, change: () => after.hold });
  // An unsent request is answered by now, or was never made; someone else's may be what was faster.
  const stands = outcome.ok ? after.hold : (await holdOf(deps, account)).hold;
  if (!stands?.lifting) await deps.letters.withdraw(about);
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
