import type { Button, KnownBlock, ModalView } from '@slack/types';
import type { CaseFacts } from '../domain/case';
import { dialogOf, moveLabel, requestOf } from '../domain/move';
import type { MoveType } from '../domain/moves/declared';
import type { DialogContext, DialogField, DialogValues, Option } from '../domain/moves/dialog';
import {
  DIALOG_INPUT,
  DIALOG_LIVE,
  dialogButtonId,
  dialogCallbackId,
  packDialog,
  packDialogButton,
} from '../slack/ids/case-dialog';
import { MOST_OPTIONS, offered, optionOf } from './home/windows/parts';
import { button, literalSection, note } from './lines';
import { openTitle } from './subject';
import { plainText } from './text';

/** The label of a move's button. */
export const buttonWords = (move: MoveType): string => dialogOf(move)?.title ?? moveLabel(move);

export const dialogButton = (move: MoveType, ref: string, about = ''): Button =>
  button(dialogButtonId(move), buttonWords(move), packDialogButton(ref, about));

/** The fields of a dialog, as inputs. */
export const dialogFields = (fields: readonly DialogField[]): KnownBlock[] => fields.map(dialogField);

export function dialogField(field: DialogField): KnownBlock {
  if (field.kind === 'sentence') return literalSection(field.text);
  return {
    type: 'input',
    block_id: field.id,
    label: plainText(field.label),
    optional: field.optional ?? false,
    ...(field.hint ? { hint: plainText(field.hint, 2000) } : {}),
    ...(field.kind === 'choice' && field.live ? { dispatch_action: true } : {}),
    element: input(field),
  };
}

function input(field: Exclude<DialogField, { kind: 'sentence' }>): (KnownBlock & { type: 'input' })['element'] {
  const action_id = field.kind === 'choice' && field.live ? DIALOG_LIVE : DIALOG_INPUT;
  switch (field.kind) {
    case 'text':
      return {
        type: 'plain_text_input',
        action_id,
        multiline: !field.short,
        max_length: field.most ?? 3000,
        ...(field.initial && { initial_value: field.initial }),
      };
    case 'moment':
      return {
        type: 'datetimepicker',
        action_id,
        ...(field.initial && { initial_date_time: Math.floor(+field.initial / 1000) }),
      };
    case 'day':
      return { type: 'datepicker', action_id, initial_date: field.initial };
    case 'person':
      return { type: 'users_select', action_id };
    case 'choice': {
      const initial = field.options.find(({ value }) => value === field.initial);
      // A menu takes a hundred options, and as many in each of its groups.
      if (field.look === 'static_select' && field.options.length > MOST_OPTIONS)
        return {
          type: field.look,
          action_id,
          ...offered(field.options),
          ...(initial && { initial_option: optionOf(initial) }),
        };
      const options = field.options.map(asOption);
      return { type: field.look, action_id, options, ...(initial && { initial_option: asOption(initial) }) };
    }
  }
}

const asOption = ({ label, value, description }: Option) => ({
  text: plainText(label, 75),
  value,
  ...(description ? { description: plainText(description, 75) } : {}),
});

/** The window of a move. `channel`: for a later refusal; `values`: chosen so far. Throws if the move has none. */
export function dialogModal(
  move: MoveType,
  facts: CaseFacts,
  context: DialogContext,
  channel: string | null,
  values: DialogValues = {},
): ModalView {
  const dialog = dialogOf(move);
  if (!dialog) throw new Error(`"${move}" has no window.`);
  return {
    type: 'modal',
    callback_id: dialogCallbackId(move),
    private_metadata: packDialog({ ref: facts.ref, channel, about: context.about, shown: requestOf(move, facts) }),
    title: plainText(dialog.title, 24),
    submit: plainText(dialog.submit, 24),
    close: plainText('Cancel'),
    blocks: [note(`${facts.ref} · ${openTitle(facts)}`), ...dialogFields(dialog.fields(facts, context, values))],
  };
}
