import type { AnyBlock } from '@slack/types';
import { FORM_LINES, formPickSpId } from '../../slack/ids/form';
import { button } from '../lines';
import { plainText } from '../text';

/** What was typed after the command and is not filled in, because it could mean several things, or nothing known. */
export type TypedLine =
  | { readonly is: 'doubtful'; readonly text: string }
  | {
      readonly is: 'name';
      readonly text: string;
      /** SPs with that name, if any. */
      readonly providers: readonly { readonly account: string; readonly name: string }[];
      readonly isMore: boolean;
    };

/** What was typed, literally, and the SPs it may mean, each as a button that fills it in. */
export function typedBlocks(line: TypedLine | undefined): AnyBlock[] {
  if (!line) return [];
  const words: AnyBlock = { type: 'context', block_id: FORM_LINES.typed, elements: [plainText(wordsOf(line), 500)] };
  if (line.is === 'doubtful' || !line.providers.length) return [words];
  return [
    words,
    {
      type: 'actions',
      block_id: FORM_LINES.spOffer,
      elements: line.providers.map(({ account, name }, place) =>
        button(formPickSpId(place), `${account} · ${name}`, account),
      ),
    },
  ];
}

function wordsOf(line: TypedLine): string {
  if (line.is === 'doubtful')
    return `You typed “${line.text}”. It is not clear which number is which: type them below.`;
  if (!line.providers.length) return `You typed “${line.text}”. No SP goes by that name: type the account number.`;
  const more = line.isMore ? ' There are more: type the account number if it is none of these.' : '';
  return `You typed “${line.text}”. Which SP is it?${more}`;
}
