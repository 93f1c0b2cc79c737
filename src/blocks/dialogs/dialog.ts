import type { KnownBlock, ModalView } from '@slack/types';
import type { CaseFacts } from '../../domain/case';
import type { Area } from '../../domain/directory';
import type { Fault } from '../../domain/forms/form';
import type { Move } from '../../domain/moves';
import { DIALOG_INPUT, type DialogId, dialogCallbackId, packDialog } from '../../slack/ids/case-dialog';
import { openTitle } from '../subject';

/** What a dialog may show beside the case. */
export interface DialogContext {
  readonly now: Date;
  /** The next update's default moment under the policy. */
  readonly nextUpdateBy: Date;
  readonly areas: readonly Area[];
}

/** What was entered, by field name: text, an option's value, a user id, or epoch seconds. Absent when empty. */
export type DialogValues = Readonly<Record<string, string | number | undefined>>;

/** A window that asks what a move needs. One file each, one line in `dialogs/index.ts`. */
export interface Dialog {
  readonly id: DialogId;
  /** At most 24 characters. */
  readonly title: string;
  readonly submit: string;
  readonly blocks: (facts: CaseFacts, context: DialogContext) => KnownBlock[];
  /** The move, or what is wrong beside which field. */
  readonly read: (values: DialogValues, context: DialogContext) => { move: Move } | { faults: readonly Fault[] };
}

const plain = (text: string) => ({ type: 'plain_text' as const, text });

/** A required input. `name` is the field's name in DialogValues. */
export const textInput = (
  name: string,
  label: string,
  { hint, initial, optional, short }: TextInput = {},
): KnownBlock => ({
  type: 'input',
  block_id: name,
  label: plain(label),
  optional: optional ?? false,
  ...(hint ? { hint: plain(hint) } : {}),
  element: {
    type: 'plain_text_input',
    action_id: DIALOG_INPUT,
    multiline: !short,
    max_length: 3000,
    ...(initial ? { initial_value: initial } : {}),
  },
});
interface TextInput {
  readonly hint?: string;
  readonly initial?: string;
  readonly optional?: boolean;
  readonly short?: boolean;
}

/** A moment in the reader's own zone; without an initial one it is optional. */
export const momentInput = (name: string, label: string, initial: Date | null, hint: string): KnownBlock => ({
  type: 'input',
  block_id: name,
  label: plain(label),
  hint: plain(hint),
  optional: initial === null,
  element: {
    type: 'datetimepicker',
    action_id: DIALOG_INPUT,
    ...(initial && { initial_date_time: Math.floor(+initial / 1000) }),
  },
});

interface Choice {
  readonly value: string;
  readonly label: string;
  /** A few words below the label, at most 75 characters. */
  readonly description?: string | undefined;
}
const asOption = ({ label, value, description }: Choice) => ({
  text: plain(label),
  value,
  ...(description ? { description: plain(description) } : {}),
});
const initialOf = (choice: Choice | undefined) => (choice ? { initial_option: asOption(choice) } : {});

export const choiceInput = (
  name: string,
  label: string,
  options: readonly Choice[],
  kind: 'radio_buttons' | 'static_select',
  extra: { readonly optional?: boolean; readonly hint?: string; readonly initial?: string } = {},
): KnownBlock => ({
  type: 'input',
  block_id: name,
  label: plain(label),
  optional: extra.optional ?? false,
  ...(extra.hint ? { hint: plain(extra.hint) } : {}),
  element: {
    type: kind,
    action_id: DIALOG_INPUT,
    options: options.map(asOption),
    ...initialOf(options.find((option) => option.value === extra.initial)),
  },
});

export const personInput = (name: string, label: string, optional: boolean, hint: string): KnownBlock => ({
  type: 'input',
  block_id: name,
  label: plain(label),
  hint: plain(hint),
  optional,
  element: { type: 'users_select', action_id: DIALOG_INPUT },
});

/** A moment that was entered, which must lie ahead. */
export function readMoment(values: DialogValues, name: string, now: Date): { at: Date } | { faults: readonly Fault[] } {
  const seconds = values[name];
  const at = typeof seconds === 'number' ? new Date(seconds * 1000) : null;
  return at && at > now ? { at } : { faults: [{ question: name, message: 'Choose a moment in the future.' }] };
}

export const text = (values: DialogValues, name: string): string => String(values[name] ?? '').trim();

/** The modal of a dialog about a case. `channel` is where a later refusal can be shown. */
export function dialogModal(
  dialog: Dialog,
  facts: CaseFacts,
  context: DialogContext,
  channel: string | null,
): ModalView {
  return {
    type: 'modal',
    callback_id: dialogCallbackId(dialog.id),
    private_metadata: packDialog({ ref: facts.ref, channel }),
    title: plain(dialog.title),
    submit: plain(dialog.submit),
    close: plain('Cancel'),
    blocks: [
      {
        type: 'context',
        elements: [
          {
            type: 'plain_text',
            text: `${facts.ref} · ${openTitle(facts)}`,
          },
        ],
      },
      ...dialog.blocks(facts, context),
    ],
  };
}
