import { policyChannelWindow } from '../../../blocks/home/windows/policy-channel';
import { SECRET_CHANNELS } from '../../../domain/access';
import type { Policy } from '../../../domain/policy';
import { changePolicy } from '../../../services/change-policy';
import { standing } from '../../../services/configure';
import { resolveChannel } from '../../../services/import-people-and-channels';
import { one } from '../../../slack/read-window';
import { type HomeWindow, savedBy } from './window';

type ChannelName = keyof Policy['channels'];
const isChannelName = (name: string, policy: Policy): name is ChannelName => Object.hasOwn(policy.channels, name);

/** Chooses one of the channels that are no area's. */
export const policyChannelHomeWindow: HomeWindow = {
  id: 'policy_channel',
  may: ({ isAdmin }) => isAdmin,
  async open(deps, _person, about) {
    const { value, version } = await standing(deps, 'policy', 'policy');
    const { key } = about;
    if (!value || !isChannelName(key, value)) return { refused: `The policy has no channel ${key}.` };
    const view = policyChannelWindow({ ...about, version }, key, value.channels[key], SECRET_CHANNELS.has(key));
    return { view };
  },
  async submit(deps, { id: by }, memory, values) {
    const name = memory.key;
    if (!isChannelName(name, await deps.directory.policy()))
      return { is: 'refused', reason: `The policy has no channel ${name}.` };
    const channel = one(values, 'channel') || null;
    const isSecret = SECRET_CHANNELS.has(name);
    const found = channel === null ? null : await resolveChannel(deps.slack, channel, isSecret);
    if (found && !found.ok) return { is: 'faults', faults: [{ field: 'channel', message: found.reason }] };
    const change = { what: 'policy', key: 'policy', version: memory.version } as const;
    const outcome = await changePolicy(deps, {
      by,
      expected: memory.version,
      section: ['channels', name],
      change: (policy) => ({ ...policy, channels: { ...policy.channels, [name]: channel } }),
    });
    return savedBy(deps, change, outcome, (version, notice) =>
      policyChannelWindow({ ...memory, version }, name, channel, isSecret, notice),
    );
  },
};
