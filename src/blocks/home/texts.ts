import type { KnownBlock } from '@slack/types';
import type { Texts } from '../../domain/configuration';
import { TEXTS, type TextTemplate } from '../../domain/texts';
import { HOME_MORE, homeWindowId, packHomeMore } from '../../slack/ids/home-window';
import { note } from '../lines';
import { escapeWithin, mrkdwn, plainText } from '../text';
import { textLabel } from './text-label';

/** The texts that agents read out at the end of a report. */
export const textsBlocks = (texts: Texts): KnownBlock[] => [
  { type: 'header', text: plainText('Closing texts') },
  note('What the agent reads out once a report is filed. A change takes effect right away.'),
  ...TEXTS.map((template) => textRow(template, texts[template.key])),
];

function textRow(template: TextTemplate, own: string | undefined): KnownBlock {
  const { key, standard } = template;
  const origin = own === undefined ? 'standard text' : 'changed by you';
  const words = escapeWithin(own ?? standard, 1000).replaceAll('\n', '\n>');
  return {
    type: 'section',
    text: mrkdwn(`*${escapeWithin(textLabel(template), 200)}*  ·  ${origin}\n>${words}`),
    accessory:
      own === undefined
        ? { type: 'button', action_id: homeWindowId('text'), text: plainText('Change'), value: key }
        : {
            type: 'overflow',
            action_id: HOME_MORE,
            options: [
              { text: plainText('Change'), value: packHomeMore('text', key) },
              { text: plainText('Back to the standard text'), value: packHomeMore('text_reset', key) },
            ],
          },
  };
}
