import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { KINDS } from '../../../domain/kinds';
import { TEXT_MAX, type TextTemplate } from '../../../domain/texts';
import type { WindowMemory } from '../../../slack/ids/home-window';
import { field, literalSection, note } from '../../lines';
import { richLines } from '../../rich-text';
import { textLabel } from '../text-label';
import { homeWindow } from './parts';

interface TextWindow {
  readonly memory: WindowMemory;
  readonly template: TextTemplate;
  readonly text: string;
  /** Shows the text as agents will see it, and offers to save it. */
  readonly isPreview: boolean;
  readonly notice?: readonly KnownBlock[];
}

/** Edits a closing text: typed, then previewed, then saved. */
export function textWindow({ memory, template, text, isPreview, notice = [] }: TextWindow): ModalView {
  return homeWindow(
    'text',
    { title: isPreview ? 'How it will look' : 'Change a closing text', submit: isPreview ? 'Save' : 'Preview', memory },
    [
      ...notice,
      literalSection(textLabel(template)),
      ...(isPreview ? preview(template, text) : []),
      field('text', 'Text', area(text), { hint: 'Read out as written: no names, no promises of an outcome.' }),
    ],
  );
}

/** As the form's closing window shows it. */
const preview = ({ kind }: TextTemplate, text: string): KnownBlock[] => [
  { type: 'divider' },
  richLines([[{ bold: `You can tell the ${KINDS[kind].hears}:` }], [`“${text}”`]]),
  { type: 'divider' },
];

const area = (text: string): InputBlock['element'] => ({
  type: 'plain_text_input',
  multiline: true,
  max_length: TEXT_MAX,
  ...(text ? { initial_value: text.slice(0, TEXT_MAX) } : {}),
});

/** Asks before a text is reset to the standard one. */
export const textResetWindow = (
  memory: WindowMemory,
  template: TextTemplate,
  notice: readonly KnownBlock[] = [],
): ModalView =>
  homeWindow('text_reset', { title: 'Standard text', submit: 'Restore it', memory }, [
    ...notice,
    literalSection(`${textLabel(template)}: restore the standard text?`),
    ...preview(template, template.standard),
    note('Your own text stays in Admin history, and can be brought back there.'),
  ]);
