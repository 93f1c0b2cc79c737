import type { RichTextBlock, RichTextElement } from '@slack/types';
import { SYSTEM } from '../domain/actor';
import type { Piece } from '../domain/pieces';
import { type Lane, namedLane } from '../domain/targets';

/**
 * A part of rich text. A string is literal: what people typed shows as typed, without active formatting, mentions or
 * links.
 */
export type Part =
  | Piece
  | { readonly italic: string }
  | { readonly channel: string }
  | { readonly group: string }
  | { readonly link: string; readonly words: string };

/** "Today at 4:30 PM" in the reader's own zone. */
export const WHEN = '{date_short_pretty} at {time}';

function element(part: Part): RichTextElement {
  if (typeof part === 'string') return { type: 'text', text: part };
  if ('bold' in part) return { type: 'text', text: part.bold, style: { bold: true } };
  if ('italic' in part) return { type: 'text', text: part.italic, style: { italic: true } };
  // A job is no person whom Slack could name.
  if ('user' in part)
    return part.user === SYSTEM ? element({ bold: 'Warmline' }) : { type: 'user', user_id: part.user };
  if ('channel' in part) return { type: 'channel', channel_id: part.channel };
  if ('group' in part) return { type: 'usergroup', usergroup_id: part.group };
  if ('link' in part) return { type: 'link', url: part.link, text: part.words, style: { bold: true } };
  return {
    type: 'date',
    timestamp: Math.floor(+part.date / 1000),
    format: part.format ?? WHEN,
    fallback: part.date.toISOString(),
  };
}

/** An address, worded by its target. */
export function placeParts(lane: Lane): readonly Part[] {
  const named = namedLane(lane);
  if (typeof named === 'string' || 'channel' in named) return [named];
  if ('group' in named) return [{ group: named.group }];
  return [{ user: named.user }, named.by ? ` ${named.by}` : ''];
}

/** One block of lines. Adjacent plain strings become one text, including line breaks. */
export const richLines = (lines: readonly (readonly Part[])[]): RichTextBlock => {
  const parts = lines
    .flatMap((line, i) => (i < lines.length - 1 ? [...line, '\n'] : line))
    .filter((part) => part !== '');
  const merged: Part[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (typeof part === 'string' && typeof last === 'string') merged[merged.length - 1] = last + part;
    else merged.push(part);
  }
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: merged.map(element) }] };
};

/** A quoted passage, as typed. */
export const quote = (text: string): RichTextBlock => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text }] }],
});
