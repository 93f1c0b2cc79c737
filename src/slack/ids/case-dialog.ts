import { z } from 'zod';

/** The windows that a card's buttons open; each makes one move on the case. */
export const DIALOGS = [
  'acknowledge',
  'add_note',
  'log_sp_contact',
  'callback_made',
  'resolve',
  'reassign',
  'snooze',
  'reopen',
  'void',
  'change_severity',
  'escalate',
  'link',
  'merge',
  'approve',
  'refuse_approval',
  'send_to_manager',
  'return_to_agent',
  'answer',
  'dispute',
  'add_police_number',
] as const;
export type DialogId = (typeof DIALOGS)[number];

/** A button that opens a dialog; its value is the case's reference. */
export const dialogButtonId = (dialog: DialogId) => `case:${dialog}`;
export const DIALOG_BUTTON = /^case:([a-z_]+)$/;

/** The card's More menu: each option opens a dialog. */
export const CASE_MORE = 'case_more';
export const packMore = (dialog: DialogId, ref: string) => `${dialog}|${ref}`;
export function readMore(value: string): { dialog: DialogId; ref: string } | null {
  const [dialog, ref] = value.split('|');
  const parsed = z.enum(DIALOGS).safeParse(dialog);
  return parsed.success && ref ? { dialog: parsed.data, ref } : null;
}

export const dialogCallbackId = (dialog: DialogId) => `case_dialog:${dialog}`;
export const DIALOG_CALLBACK = /^case_dialog:([a-z_]+)$/;

const Metadata = z.strictObject({ ref: z.string().min(1), channel: z.string().nullable() });
/** What a dialog needs to remember: the case, and the channel where a refusal can be shown. */
export const packDialog = (metadata: z.infer<typeof Metadata>) => JSON.stringify(metadata);
/** Throws a ZodError on anything but what `packDialog` wrote. */
export const readDialog = (text: string) => Metadata.parse(JSON.parse(text));

/** One input a block: the block's id is the field's name and the action's id is this. */
export const DIALOG_INPUT = 'value';
