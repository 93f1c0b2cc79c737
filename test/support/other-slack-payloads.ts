import { createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export type Json = Record<string, unknown>;
export type Block = {
  type: string;
  block_id?: string;
  label?: { text: string };
  element?: Element;
  elements?: Element[];
};
type Option = { text: { text: string }; value: string };
type Element = Json & { type: string; action_id: string; options?: Option[]; text?: { text: string }; value?: string };
export type View = Json & { id: string; blocks: Block[]; callback_id: string; private_metadata: string };
export type Posted = {
  channel: string;
  ts: string;
  thread_ts?: string;
  text: string;
  blocks: Block[];
  edited: boolean;
};

/** The text fields of a payload. */
export const strings = (payload: Json): Record<string, string> =>
  Object.fromEntries(
    Object.entries(payload).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );

/** A call's arguments: JSON, or a form whose structured fields are JSON. */
export async function argumentsOf(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const sent = Buffer.concat(chunks).toString();
  if (request.headers['content-type']?.startsWith('application/json')) return JSON.parse(sent) as Json;
  const fields = Object.fromEntries(new URLSearchParams(sent));
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, /^[[{]/.test(value) ? (JSON.parse(value) as unknown) : value]),
  );
}

/** A view's state: the answers by label, else each field's initial value. */
export function stateOf(view: View, answers: Record<string, string>): Record<string, Record<string, Json>> {
  const inputs = view.blocks.flatMap(({ block_id = '', label, element }) =>
    element && label ? [{ block_id, label: label.text, element }] : [],
  );
  return Object.fromEntries(
    inputs.map(({ block_id, label, element }) => [block_id, { [element.action_id]: held(element, answers[label]) }]),
  );
}

function held(element: Element, answer: string | undefined): Json {
  const { type, options } = element;
  const chosen = options?.find(({ text }) => text.text === answer);
  switch (type) {
    case 'plain_text_input':
      return { type, value: answer ?? element.initial_value ?? null };
    case 'datetimepicker':
      return { type, selected_date_time: element.initial_date_time ?? null };
    case 'checkboxes':
    case 'multi_static_select':
      return { type, selected_options: chosen ? [chosen] : (element.initial_options ?? []) };
    default:
      return { type, selected_option: chosen ?? element.initial_option ?? null };
  }
}

/** Sends a payload to the app as a signed request; returns its answer. */
export async function postSigned(secret: string, url: string, type: string, payload: Json): Promise<Json> {
  const fields = type === 'slash_commands' ? strings(payload) : { payload: JSON.stringify(payload) };
  const body = new URLSearchParams(fields).toString();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
    },
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`The app answered ${response.status}.`);
  return text ? (JSON.parse(text) as Json) : {};
}
