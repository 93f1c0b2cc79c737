import type { KnownBlock } from '@slack/types';
import { mrkdwn, plainText } from './text';

/** Every command with its usage, as in the manifest. */
const COMMANDS: readonly { command: string; usage: string; what: string }[] = [
  { command: '/sp-feedback', usage: '[SP account] [SJ]', what: 'File feedback about a service professional.' },
  { command: '/warmline', usage: 'help', what: 'Show this help.' },
];

export const helpText = 'Warmline: what you hear on a call reaches the person who owns it.';
export const helpBlocks: KnownBlock[] = [
  { type: 'header', text: plainText('How to use Warmline') },
  {
    type: 'section',
    text: mrkdwn(COMMANDS.map(({ command, usage, what }) => `\`${command} ${usage}\`\n${what}`).join('\n\n')),
  },
  {
    type: 'context',
    elements: [
      mrkdwn(
        'A report goes to the Area Manager of the SP. Replies in the thread of its card become notes. You get a DM when it is acknowledged and when it is resolved.',
      ),
    ],
  },
];
