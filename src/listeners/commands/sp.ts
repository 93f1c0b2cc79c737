import { scorecardBlocks } from '../../blocks/lookup/scorecard';
import { spChoices } from '../../blocks/lookup/sp-choices';
import { numbersFor } from '../../services/numbers';
import { understand } from '../../services/typed-words';
import type { ListenerDeps } from '../deps';
import type { CommandArgs } from '../handlers';
import { readScorecard } from '../show-scorecard';

/** `/sp <account or name>`: the SP's scorecard for this person, in an ephemeral message (domain section 9). */
export async function spLookup(deps: ListenerDeps, { ack, command, respond }: CommandArgs) {
  await ack();
  const { account: found, offer, text } = await understand(deps, command.text);
  if (!found && offer && (offer.providers.length || /\s/.test(text))) {
    await respond({ response_type: 'ephemeral', ...spChoices(offer) });
    return;
  }
  const typed = found ?? text;
  const parsed = (await numbersFor(deps)).parseSpAccount(typed);
  // An SP keeps the account of a format that the policy asked for before.
  const former = parsed.ok ? null : await deps.directory.provider(typed);
  const account = former ? { ok: true as const, value: former.account } : parsed;
  if (!account.ok) {
    await respond({ response_type: 'ephemeral', text: account.fault });
    return;
  }
  const card = await readScorecard(deps, account.value, command.user_id);
  await respond({
    response_type: 'ephemeral',
    text: `Scorecard of SP ${account.value}`,
    blocks: scorecardBlocks(card, 'offered'),
  });
}
