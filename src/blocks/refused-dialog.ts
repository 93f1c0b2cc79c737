import type { KnownBlock, ModalView } from '@slack/types';
import type { CaseFacts } from '../domain/case';
import type { MoveType } from '../domain/moves/declared';
import type { DialogContext } from '../domain/moves/dialog';
import { packDialog } from '../slack/ids/case-dialog';
import { dialogModal } from './case-dialog';
import { truncate } from './text';

/** What a text field holds. */
const MOST_PREFILLED = 3000;

/** Reasons are ours, and mention people as Slack does. */
const said = (text: string): KnownBlock => ({ type: 'section', text: { type: 'mrkdwn', text } });

/** Instead of a dialog without fields: why its move was not made. */
export const refusedModal = (move: MoveType, facts: CaseFacts, context: DialogContext, reason: string): ModalView => {
  const { submit: _, ...modal } = dialogModal(move, facts, context, null);
  return { ...modal, blocks: [...modal.blocks.slice(0, 1), said(reason)] };
};

/** Instead of a dialog whose case has changed: why its move was not made, and what was typed, to add it as a note. */
export function noteInstead(
  facts: CaseFacts,
  context: DialogContext,
  {
    channel,
    reason,
    typed,
    again,
  }: { readonly channel: string | null; readonly reason: string; readonly typed: string; readonly again?: true },
): ModalView {
  const modal = dialogModal('add_note', facts, context, channel);
  const [subject, ...blocks] = modal.blocks.map(
    (block): KnownBlock =>
      'element' in block && block.element?.type === 'plain_text_input'
        ? ({ ...block, element: { ...block.element, initial_value: truncate(typed, MOST_PREFILLED) } } as KnownBlock)
        : (block as KnownBlock),
  );
  const offer = said(`${reason} What you typed is still here: add it as a note, or close this window.`);
  const metadata = packDialog({ ref: facts.ref, channel, ...(again ? { again } : {}) });
  return { ...modal, private_metadata: metadata, blocks: [...(subject ? [subject] : []), offer, ...blocks] };
}
