import type { ClientChannel, ClientUser } from '../../../client-protocol';

/** Undoes Slack's three escapes. `&amp;` goes last, so `&amp;lt;` becomes `&lt;`. */
export const unescapeText = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Typed text with its @handles and #channels as references; the server escapes the rest like Slack. */
export function encodeText(typed: string, users: readonly ClientUser[], channels: readonly ClientChannel[]): string {
  return typed
    .trim()
    .replace(/(^|[\s(])@([\w.-]+)/g, (whole, before: string, handle: string) => {
      const user = users.find((each) => each.name === handle);
      return user ? `${before}<@${user.id}>` : whole;
    })
    .replace(/(^|[\s(])#([\w.-]+)/g, (whole, before: string, name: string) => {
      const channel = channels.find((each) => each.name === name);
      return channel ? `${before}<#${channel.id}|${name}>` : whole;
    });
}

/** Message text as a person would type it: the reverse of `encodeText`, for editing. */
export function decodeText(text: string, users: readonly ClientUser[]): string {
  const plain = text
    .replace(/<@(\w+)(?:\|[^>]*)?>/g, (whole, id: string) => {
      const user = users.find((each) => each.id === id);
      return user ? `@${user.name}` : whole;
    })
    .replace(/<#\w+\|([^>]*)>/g, '#$1')
    .replace(/<(https?:[^|>]+)(?:\|[^>]*)?>/g, '$1');
  return unescapeText(plain);
}
