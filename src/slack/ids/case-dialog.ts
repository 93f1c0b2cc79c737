import { z } from 'zod';
import { isMoveType } from '../../domain/move';
import type { MoveType } from '../../domain/moves/declared';

/** A button that opens a dialog; its value is the case's reference, and the person it is about, if any. */
export const dialogButtonId = (move: MoveType) => `case:${move}`;
export const packDialogButton = (ref: string, about: string) => (about ? `${ref}|${about}` : ref);
export function readDialogButton(value: string): { readonly ref: string; readonly about: string } {
  const [ref = '', about = ''] = value.split('|');
  return { ref, about };
}
export const DIALOG_BUTTON = /^case:([a-z_]+)$/;

/** The menu of a row, or the card's More menu: each option opens a dialog. */
export const CASE_MORE_ID = 'case_more';
/** A new id after every change, so that a card's menu does not show an earlier choice. */
export const caseMoreId = (seq: number) => `${CASE_MORE_ID}:${seq}`;
export const CASE_MORE = /^case_more(:\d+)?$/;
export const packMore = (move: MoveType, ref: string) => `${move}|${ref}`;
export function readMore(value: string): { move: MoveType; ref: string } | null {
  const [move, ref] = value.split('|');
  return move && ref && isMoveType(move) ? { move, ref } : null;
}

export const dialogCallbackId = (move: MoveType) => `case_dialog:${move}`;
export const DIALOG_CALLBACK = /^case_dialog:([a-z_]+)$/;

const Metadata = z.strictObject({
  ref: z.string().min(1),
  channel: z.string().nullable(),
  about: z.string().default(''),
  shown: z.string().max(200).default(''),
  /** What it was opened for is stored by now, and this is something more. */
  again: z.literal(true).optional(),
});
/** What a dialog remembers: the case, the channel where a refusal can be shown, and the request that it answers. */
export const packDialog = (metadata: z.input<typeof Metadata>) => JSON.stringify(metadata);
/** Throws a ZodError on anything that `packDialog` did not write. */
export const readDialog = (text: string) => Metadata.parse(JSON.parse(text));

/** One input per block: the block's id is the field's name, and this is the action's id. */
export const DIALOG_INPUT = 'value';
/** The action id of a choice that other fields of the window depend on: Slack reports it at once. */
export const DIALOG_LIVE = 'value:live';
