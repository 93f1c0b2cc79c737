import type { KnownBlock, ModalView } from '@slack/types';
import type { Policy } from '../../../domain/policy';
import type { WindowMemory } from '../../../slack/ids/home-window';
import { plainText } from '../../text';
import { CHANNEL_WORDS } from '../channels';
import { CHANNEL_LABELS } from '../config-words';
import { channelElement, field, homeWindow } from './parts';

/** Chooses one of the channels that are no area's. */
export function policyChannelWindow(
  memory: WindowMemory,
  name: keyof Policy['channels'],
  channel: string | null,
  isSecret: boolean,
  notice: readonly KnownBlock[] = [],
): ModalView {
  return homeWindow({
    id: 'policy_channel',
    title: 'Choose a channel',
    submit: 'Save',
    memory,
    blocks: [
      ...notice,
      { type: 'section', text: plainText(CHANNEL_WORDS[name]) },
      field(
        {
          block: 'channel',
          label: `${CHANNEL_LABELS[name]} channel`,
          optional: true,
          hint: `${isSecret ? 'It must be private. ' : ''}Invite Warmline there first: type /invite @Warmline in the channel.`,
        },
        channelElement(channel, isSecret),
      ),
    ],
  });
}
