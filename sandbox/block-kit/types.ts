import type { JsonObject } from '../client-protocol';

/** What was refused: Slack's error code, and its `response_metadata.messages` lines. */
export interface Refusal {
  ok: false;
  error: string;
  messages: string[];
}

export type PlainText = { type: 'plain_text'; text: string; emoji?: boolean };

/** A view as an app sends it to `views.*`, after validation. */
export interface ViewPayload {
  type: 'modal' | 'home';
  blocks: JsonObject[];
  /** Always there in a modal. */
  title?: PlainText;
  submit?: PlainText;
  close?: PlainText;
  private_metadata?: string;
  callback_id?: string;
  external_id?: string;
  clear_on_close?: boolean;
  notify_on_close?: boolean;
}

/** The parts of `chat.*` arguments with their own shape; JSON strings already parsed. */
export interface MessagePayload {
  text?: string | undefined;
  blocks?: unknown;
  attachments?: unknown;
  metadata?: unknown;
}

/** An element that keeps a value in `state.values`, and where it is. */
export interface StatefulElement {
  blockId: string;
  actionId: string;
  /** `input`, `section` or `actions`. */
  blockType: string;
  /** Whether changing it sends `block_actions` at once. */
  dispatch: boolean;
  optional: boolean;
  /** Its visible name: the input's label, the section's text, else the placeholder; may be empty. */
  label: string;
  element: JsonObject;
}
