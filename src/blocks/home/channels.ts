import type { KnownBlock } from '@slack/types';
import type { Policy } from '../../domain/policy';
import type { ChannelState } from '../../domain/workspace';
import { homeWindowId } from '../../slack/ids/home-window';
import { button, header, remark, section } from '../lines';
import { channelWords, stateLine } from './areas';
import { CHANNEL_LABELS } from './config-words';

/** What goes to each channel of the policy. */
export const CHANNEL_WORDS: Readonly<Record<keyof Policy['channels'], string>> = {
  fallback: 'Gets reports that no area can take, and notices of messages that could not be delivered.',
  risk: 'Gets high-risk reports in full. Must be private: only the Risk team reads them.',
  leadership:
    'Gets leadership concerns and escalated cases; also the three below, unless each has a channel of its own. Must be private.',
  provider_advocate: 'Gets provider reports, and high-risk ones in which the SP is at risk. Must be private.',
  admin_review: 'Gets exceptions for review. Without one, they go to the fallback.',
  recognition: 'Gets a copy of positive feedback.',
  nudges: 'Gets the nudges about late cases once they climb to leadership. Without one, they go to leadership.',
  transfers: 'Gets warm transfer requests. Without one, they go to leadership.',
  reports: 'Gets the weekly report over all areas. Without one, it goes to leadership.',
  proof: 'Gets one hash a day over all records, so that no one can change them unnoticed. It names no case.',
};

export interface ChannelRow {
  readonly name: keyof Policy['channels'];
  readonly channel: string | null;
  readonly state: ChannelState;
  /** Whether Warmline needs it to work. */
  readonly isNeeded: boolean;
}

/** The channels outside of areas. Rows keep their order; missing or broken ones are also listed at the top. */
export function channelsBlocks(rows: readonly ChannelRow[]): KnownBlock[] {
  const wrong = rows.filter(({ state, channel, isNeeded }) => state.is === 'fault' || (!channel && isNeeded));
  const names = new Intl.ListFormat('en-US').format(wrong.map(({ name }) => CHANNEL_LABELS[name]));
  return [
    header('Channels'),
    ...(wrong.length ? [remark(`:warning: To set or repair: ${names}`)] : []),
    ...rows.map(channelRow),
  ];
}

function channelRow({ name, channel, state, isNeeded }: ChannelRow): KnownBlock {
  const set = channel ? channelWords(channel, state) : isNeeded ? ':warning: Not set' : '_Not set_';
  return section(
    [`*${CHANNEL_LABELS[name]}*  ·  ${set}`, CHANNEL_WORDS[name], ...stateLine(state)].join('\n'),
    button(homeWindowId('policy_channel'), channel ? 'Change' : 'Set', name),
  );
}
