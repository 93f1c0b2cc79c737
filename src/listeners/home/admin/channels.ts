import { type ChannelRow, channelsBlocks } from '../../../blocks/home/channels';
import { SECRET_CHANNELS } from '../../../domain/access';
import type { Policy } from '../../../domain/policy';
import { channelStates } from '../../../services/channel-state';
import { NEEDED_CHANNELS } from '../../../services/set-up';
import type { Part } from './part';

const NAMES = [
  'fallback',
  'risk',
  'leadership',
  'provider_advocate',
  'admin_review',
  'recognition',
  'nudges',
  'transfers',
  'reports',
  'proof',
] as const satisfies readonly (keyof Policy['channels'])[];

/** The channels outside of areas, checked live. */
export const channelsPart: Part = {
  id: 'channels',
  label: 'Channels',
  async draw(deps, _person, _place, { later }) {
    const { channels } = await deps.directory.policy();
    const secret = (name: string) => SECRET_CHANNELS.has(name);
    // A channel used twice has to be private if either use needs it.
    const ids = [...new Set(NAMES.map((name) => channels[name]))].flatMap((id) => (id ? [id] : []));
    const states = await channelStates(
      deps,
      ids.map((id) => ({ id, secret: NAMES.some((name) => channels[name] === id && secret(name)) })),
    );
    if (states.pending) later(states.pending);
    const needed: readonly string[] = NEEDED_CHANNELS;
    return channelsBlocks(
      NAMES.map((name): ChannelRow => {
        return { name, channel: channels[name], state: states.of(channels[name]), isNeeded: needed.includes(name) };
      }),
    );
  },
};
