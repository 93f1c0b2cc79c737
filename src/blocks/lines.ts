import type { ActionsBlock, Button, HeaderBlock, InputBlock, KnownBlock, ModalView, SectionBlock } from '@slack/types';
import { DIALOG_INPUT } from '../slack/ids/case-dialog';
import { withSteadyIds } from './steady';
import { mrkdwn, plainText, truncate } from './text';

/** A title above other blocks. */
export const header = (text: string): HeaderBlock => ({ type: 'header', text: plainText(text, 150) });

/** A paragraph of mrkdwn, with a button or menu beside it. */
export const section = (text: string, accessory?: SectionBlock['accessory'] | null): SectionBlock => ({
  type: 'section',
  text: mrkdwn(text),
  ...(accessory ? { accessory } : {}),
});

/** A paragraph of literal text, with a button beside it. */
export const literalSection = (text: string, accessory?: Button): SectionBlock => ({
  type: 'section',
  text: plainText(text),
  ...(accessory ? { accessory } : {}),
});

/** A row of buttons and menus. */
export const actions = (...elements: ActionsBlock['elements']): ActionsBlock => ({ type: 'actions', elements });

/** A button; `value`: what it is about. */
export const button = (action_id: string, text: string, value?: string): Button => ({
  type: 'button',
  action_id,
  text: plainText(text, 75),
  ...(value === undefined ? {} : { value }),
});

/** One input, by its name; `optional`: it may be left empty. */
export const field = (
  name: string,
  label: string,
  element: InputBlock['element'],
  { hint, optional = false }: { readonly hint?: string; readonly optional?: boolean } = {},
): InputBlock => ({
  type: 'input',
  block_id: name,
  label: plainText(label),
  optional,
  ...(hint ? { hint: plainText(hint, 2000) } : {}),
  element: { ...element, action_id: DIALOG_INPUT },
});

/** A window that only shows something. */
export const shown = (title: string, blocks: readonly KnownBlock[], close = 'Close'): ModalView => ({
  type: 'modal',
  title: plainText(title, 24),
  close: plainText(close),
  blocks: withSteadyIds(blocks),
});

interface Asking {
  readonly title: string;
  readonly submit: string;
  readonly close?: string;
  /** What the window remembers. */
  readonly memory?: string;
}
/** A window that asks for something. */
export const asking = (
  callback_id: string,
  { title, submit, close = 'Cancel', memory }: Asking,
  blocks: readonly KnownBlock[],
): ModalView => ({
  ...shown(title, blocks, close),
  callback_id,
  submit: plainText(submit, 24),
  ...(memory === undefined ? {} : { private_metadata: memory }),
});

/** A small line of literal text. */
export const note = (text: string): KnownBlock => ({ type: 'context', elements: [plainText(text)] });

/** A small line of mrkdwn. */
export const remark = (text: string): KnownBlock => ({ type: 'context', elements: [mrkdwn(text)] });

/** Lines in as few sections as Slack's limit of 3,000 characters allows. */
export function sections(lines: readonly string[]): KnownBlock[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + line.length < 2900) texts[texts.length - 1] = `${last}\n${line}`;
    else texts.push(truncate(line, 2900));
  }
  return texts.map((text) => section(text));
}
