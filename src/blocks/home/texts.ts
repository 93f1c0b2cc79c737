import type { KnownBlock } from '@slack/types';
import type { Texts } from '../../domain/configuration';
import { TEXTS, type TextTemplate } from '../../domain/texts';
import { homeWindowId } from '../../slack/ids/home-window';
import { button, header, note, section } from '../lines';
import { escapeWithin } from '../text';
import { rowMenu } from './menu';
import { textLabel } from './text-label';

/** The texts that agents read out at the end of a report. */
export const textsBlocks = (texts: Texts): KnownBlock[] => [
  header('Closing texts'),
  note('What the agent reads out once a report is filed. A change takes effect right away.'),
  ...TEXTS.map((template) => textRow(template, texts[template.key])),
];

function textRow(template: TextTemplate, own: string | undefined): KnownBlock {
  const { key, standard } = template;
  const origin = own === undefined ? 'standard text' : 'changed by you';
  const words = escapeWithin(own ?? standard, 1000).replaceAll('\n', '\n>');
  return section(
    `*${escapeWithin(textLabel(template), 200)}*  ·  ${origin}\n>${words}`,
    own === undefined
      ? button(homeWindowId('text'), 'Change', key)
      : rowMenu(key, ['Change', 'text'], ['Back to the standard text', 'text_reset']),
  );
}
