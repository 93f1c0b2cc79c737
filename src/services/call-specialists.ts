import type { Letter } from '../domain/letters';
import { leadershipPlace } from '../domain/policy';
import type { WarmTransfer } from '../domain/transfer';
import type { ServiceDeps } from './deps';
import type { SendLetter } from './ports/letters';
import { sendLetter } from './send-letters';
import { specialistsOnShift } from './transfer-line';

/**
 * The result. `no_place`: leadership has no channel · `unreachable`: nothing was posted, and it can be tried again ·
 * `perhaps`: Slack does not say whether it was posted, and the letters job looks again.
 */
export type Called = 'called' | 'no_place' | 'unreachable' | 'perhaps';

/**
 * Asks the Resolution Specialists on shift, where leadership takes callers (domain section 5). Repeating it calls only
 * once; if the process dies, a letter remains, or else the next press calls. Rejects if the store is unreachable.
 */
export async function callSpecialists(deps: ServiceDeps, send: SendLetter, wanted: WarmTransfer): Promise<Called> {
  const { directory, transfers, letters } = deps;
  const [policy, onShift] = await Promise.all([directory.policy(), specialistsOnShift(deps)]);
  const channel = leadershipPlace(policy, 'transfers');
  if (!channel) return 'no_place';
  const transfer = (await transfers.ask(wanted)) ? wanted : await transfers.byId(wanted.id);
  if (!transfer) return 'unreachable'; // the other press has just found that
  const about = `caller:${transfer.id}`;
  const letter: Omit<Letter, 'claims'> = {
    id: `${about}:${+transfer.askedAt}`,
    to: channel,
    about,
    content: { type: 'caller', transfer, onShift },
    at: transfer.askedAt,
  };
  const isNew = await letters.put(letter);
  // The instance that stored it sends it, or the letters job of any.
  if (!isNew) return 'called';
  const first = await sendLetter(deps, send, { ...letter, claims: 0 });
  if (first === 'taken') return 'called';
  // The second try looks for what the first may have left.
  const sent = first === 'perhaps' ? await sendLetter(deps, send, { ...letter, claims: 1 }) : first;
  if (sent === 'sent') return 'called';
  if (first === 'perhaps') return 'perhaps';
  await letters.withdraw(about);
  await transfers.withdraw(transfer.id);
  return 'unreachable';
}
