import type { ChannelSeen, ChannelState, SlackLookup } from '../domain/workspace';
import { within } from './deadline';
import { companiesOf, resolveChannel } from './import-people-and-channels';

/** How long a page waits for Slack, ms; later answers are shown when they arrive. */
const PATIENCE_MS = 250;

/**
 * The current state of these channels (Slack's answers are cached for a minute), each as soon as Slack answers and no
 * later than a page can wait. `pending` settles once late ones are known; null if there are none. Never rejects.
 */
export async function channelStates(
  { slack, log }: { readonly slack: SlackLookup; readonly log: { warn(about: object, message: string): void } },
  channels: readonly { readonly id: string; readonly secret: boolean }[],
): Promise<{ readonly of: (id: string | null) => ChannelState; readonly pending: Promise<unknown> | null }> {
  const states = new Map<string, ChannelState>();
  const asked = channels.map(async ({ id, secret }) => {
    try {
      const found = await resolveChannel(slack, id, secret);
      const channel = await slack.channelById(id);
      const seen: ChannelSeen = {
        privateName: channel?.isPrivate ? channel.name : null,
        sharedWith: channel?.sharedWith ? await companiesOf(slack, channel.sharedWith) : null,
      };
      states.set(id, found.ok ? { ...seen, is: 'fine' } : { ...seen, is: 'fault', reason: found.reason });
    } catch (error) {
      log.warn({ err: error, channel: id }, 'Slack does not say what this channel is; it shows as unknown');
      states.set(id, { is: 'unknown' });
    }
  });
  const all = Promise.all(asked);
  const inTime = await within(PATIENCE_MS, all).then(
    () => true,
    () => false,
  );
  const known = new Map(states);
  return {
    of: (id) => (id === null ? { is: 'unknown' } : (known.get(id) ?? { is: 'checking' })),
    pending: inTime ? null : all,
  };
}
