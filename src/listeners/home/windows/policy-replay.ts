import { policyReplayWindow, replayText } from '../../../blocks/home/windows/policy-replay';
import { amount } from '../../../domain/wording';
import { replayMonth } from '../../../services/simulate';
import type { ListenerDeps } from '../../deps';
import { changeOrTell } from '../../tell';
import { edited, type PolicyEdit, readEdit } from './policy-edits';
import type { HomeWindow } from './window';

/** How long a dead instance blocks someone's next count, ms; a live one renews it at every step. */
const SLOT_MS = 2 * 60_000;

/** Counts whom the last 30 days' cases would have reached, under the policy in force and the edited one. */
export const policyReplayHomeWindow: HomeWindow = {
  id: 'policy_replay',
  open: async (_deps, _person, about) => ({ view: policyReplayWindow({ ...about, version: null }) }),
  submit: async (deps, { id }, { edit }) => ({
    is: 'saved',
    goOn: () => replayed(deps, id, readEdit(edit)),
  }),
};

/** One message in the person's DM: the progress, then the counts. One at a time per person. */
async function replayed(deps: ListenerDeps, user: string, edit: PolicyEdit | null): Promise<void> {
  const client = deps.clients.bulk;
  const { chat } = client;
  const slot = `replay:${user}`;
  if (!(await deps.exportSlots.take(slot, SLOT_MS))) {
    await chat.postMessage({ channel: user, text: ONE_AT_A_TIME });
    return;
  }
  try {
    const { channel = user, ts = '' } = await chat.postMessage({
      channel: user,
      text: 'Warmline is replaying the cases of the last 30 days. The counts will appear here.',
    });
    const conclude = (text: string) =>
      changeOrTell({ client, user, channel: null }, { channel, ts }, { text, blocks: [] });
    try {
      const policy = await deps.directory.policy();
      const policies = edit ? [policy, edited(policy, edit)] : [policy];
      const { cases, told } = await replayMonth(deps, policies, user, async (count) => {
        await deps.exportSlots.keep(slot, SLOT_MS);
        const text = `Warmline is replaying the cases of the last 30 days: ${amount(count)} so far.`;
        await chat
          .update({ channel, ts, text })
          .catch((error: unknown) => deps.log.warn({ err: error, user }, 'the progress of a count could not be shown'));
      });
      await conclude(replayText(cases, told));
    } catch (error) {
      deps.log.error({ err: error, user }, 'the cases of a month could not be replayed');
      await conclude('The counts could not be finished. Nothing was changed: press *Over the last 30 days* again.');
    }
  } finally {
    await deps.exportSlots.free(slot);
  }
}
const ONE_AT_A_TIME = 'Your last count is still being made: its result appears here in a moment.';
