import type { KnownBlock, ModalView } from '@slack/types';
import type { Policy } from '../../../domain/policy';
import type { WindowMemory } from '../../../slack/ids/home-window';
import { field, literalSection, section } from '../../lines';
import { CHANNEL_WORDS } from '../channels';
import { CHANNEL_LABELS } from '../config-words';
import { type Choice, channelElement, choiceElement, homeWindow } from './parts';

/** The value for no channel. */
export const NO_CHANNEL = 'none';
/** With more channels, the window would exceed Slack's limit. */
const MOST_CHANNELS = 1000;

interface ChannelWindow {
  readonly memory: WindowMemory;
  readonly name: keyof Policy['channels'];
  readonly channel: string | null;
  /**
   * For a need-to-know channel, the private ones that Warmline is in: the person who sets it up need not be in it, and
   * Slack's own list shows people only their own. Null: any channel that Slack shows them.
   */
  readonly offered: readonly { readonly id: string; readonly name: string }[] | null;
  readonly isSecret: boolean;
  readonly notice?: readonly KnownBlock[];
}

/** Chooses one of the channels outside of areas. */
export function policyChannelWindow({
  memory,
  name,
  channel,
  offered,
  isSecret,
  notice = [],
}: ChannelWindow): ModalView {
  const isEmpty = offered?.length === 0 && !channel;
  return homeWindow('policy_channel', { title: 'Choose a channel', submit: isEmpty ? undefined : 'Save', memory }, [
    ...notice,
    literalSection(CHANNEL_WORDS[name]),
    isEmpty
      ? section(
          ':warning: Warmline is in no private channel yet. Ask someone who is in the one you want to type /invite @Warmline there, then open this window again.',
        )
      : field(
          'channel',
          `${CHANNEL_LABELS[name]} channel`,
          offered ? channelMenu(offered.slice(0, MOST_CHANNELS), channel) : channelElement(channel, isSecret),
          { optional: true, hint: hintOf(offered !== null, isSecret) },
        ),
  ]);
}

function hintOf(isOffered: boolean, isSecret: boolean): string {
  if (isOffered)
    return 'The private channels that Warmline is in. Missing one? Ask someone who is in it to type /invite @Warmline there.';
  return `${isSecret ? 'It must be private. ' : ''}Invite Warmline there first: type /invite @Warmline in the channel.`;
}

function channelMenu(offered: NonNullable<ChannelWindow['offered']>, channel: string | null) {
  const choices = offered.map(({ id, name }): Choice => ({ value: id, label: name }));
  const known = channel === null || choices.some(({ value }) => value === channel);
  const mine = known ? [] : [{ value: channel, label: `${channel} (Warmline is not in it)` }];
  const none = channel === null ? [] : [{ value: NO_CHANNEL, label: 'No channel' }];
  return choiceElement([...mine, ...choices, ...none], channel, 'Choose a private channel');
}
