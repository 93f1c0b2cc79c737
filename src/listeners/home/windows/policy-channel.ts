import { NO_CHANNEL, policyChannelWindow } from '../../../blocks/home/windows/policy-channel';
import { SECRET_CHANNELS } from '../../../domain/access';
import type { Policy } from '../../../domain/policy';
import { changePolicy } from '../../../services/change-policy';
import { standing } from '../../../services/configure';
import { within } from '../../../services/deadline';
import { resolveChannel } from '../../../services/import-people-and-channels';
import { one } from '../../../slack/read-window';
import type { ListenerDeps } from '../../deps';
import { faultIn, type HomeWindow, savedBy } from './window';

type ChannelName = keyof Policy['channels'];
const isChannelName = (name: string, policy: Policy): name is ChannelName => Object.hasOwn(policy.channels, name);

/** How long a window waits for Slack's channels, ms: Slack gives up on windows after three seconds. */
const PATIENCE_MS = 1200;

/** The channels offered for a need-to-know one; null: Slack's own list. */
async function offeredFor({ slack, log }: ListenerDeps, name: ChannelName) {
  if (!SECRET_CHANNELS.has(name)) return null;
  return within(PATIENCE_MS, slack.privateChannels()).catch((error: unknown) => {
    log.warn({ err: error }, 'Slack does not list its private channels');
    return null;
  });
}

/** Chooses one of the channels outside of areas. */
export const policyChannelHomeWindow: HomeWindow = {
  id: 'policy_channel',
  async open(deps, _person, about) {
    const { value, version } = await standing(deps, 'policy', 'policy');
    const { key } = about;
    if (!value || !isChannelName(key, value)) return { refused: `The policy has no channel ${key}.` };
    const [channel, isSecret] = [value.channels[key], SECRET_CHANNELS.has(key)];
    const offered = await offeredFor(deps, key);
    return { view: policyChannelWindow({ memory: { ...about, version }, name: key, channel, offered, isSecret }) };
  },
  async submit(deps, { id: by }, memory, values) {
    const name = memory.key;
    if (!isChannelName(name, await deps.directory.policy()))
      return { is: 'refused', reason: `The policy has no channel ${name}.` };
    const chosen = one(values, 'channel');
    const channel = chosen && chosen !== NO_CHANNEL ? chosen : null;
    const isSecret = SECRET_CHANNELS.has(name);
    const found = channel === null ? null : await resolveChannel(deps.slack, channel, isSecret);
    if (found && !found.ok) return faultIn('channel', found.reason);
    const change = { what: 'policy', key: 'policy', version: memory.version } as const;
    const outcome = await changePolicy(deps, {
      by,
      expected: memory.version,
      section: ['channels', name],
      change: (policy) => ({ ...policy, channels: { ...policy.channels, [name]: channel } }),
    });
    const offered = outcome.ok ? null : await offeredFor(deps, name);
    return savedBy(deps, change, outcome, (version, notice) =>
      policyChannelWindow({ memory: { ...memory, version }, name, channel, offered, isSecret, notice }),
    );
  },
};
