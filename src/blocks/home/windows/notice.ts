import type { KnownBlock } from '@slack/types';
import type { ConfigEvent } from '../../../domain/configuration';
import { mrkdwn } from '../../text';
import { conflictWords } from '../config-words';

/** What stands on top of a window whose matter somebody else changed meanwhile. */
export const conflictNotice = (events: readonly ConfigEvent[]): KnownBlock[] => [
  {
    type: 'section',
    text: mrkdwn(
      `:warning: *Changed by somebody else meanwhile.*\n${conflictWords(events) || 'It was taken back to what it was.'}`,
    ),
  },
  {
    type: 'context',
    elements: [
      mrkdwn(
        'Nothing of yours was saved yet. Below is what stands now with your own changes in it: press the button again to save that.',
      ),
    ],
  },
  { type: 'divider' },
];
