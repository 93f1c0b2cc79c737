import type { JsonObject } from '../client-protocol';

/** A Web API refusal: answered as `{ok:false, error, response_metadata:{messages}}` with status 200, as Slack does. */
export class SlackError extends Error {
  constructor(
    readonly code: string,
    readonly messages: readonly string[] = [],
    readonly extra: JsonObject = {},
  ) {
    super(messages.length > 0 ? `${code}: ${messages.join('; ')}` : code);
  }
}

/** Something a person tried that Slack's client would not allow. `message` is for that person. */
export class Refusal extends Error {
  constructor(
    readonly error: string,
    message: string,
  ) {
    super(message);
  }
}

/** Name, code and message of whatever was thrown (errors of another realm fail `instanceof Error`). */
export function faultOf(error: unknown): { name: string; code: string; message: string } {
  if (typeof error !== 'object' || error === null) return { name: 'Error', code: '', message: String(error) };
  const cause = 'cause' in error && error.cause !== undefined ? faultOf(error.cause) : undefined;
  const part = (key: 'name' | 'code' | 'message'): string => {
    const value: unknown = Reflect.get(error, key);
    return typeof value === 'string' ? value : '';
  };
  return { name: part('name'), code: part('code') || (cause?.code ?? ''), message: cause?.message || part('message') };
}
