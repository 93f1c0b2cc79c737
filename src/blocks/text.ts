import type { MrkdwnElement, PlainTextElement, RichTextBlock } from '@slack/types';
import { type Actor, SYSTEM } from '../domain/case';

const ELLIPSIS = '…';

/** Slack's three control characters made literal: no mention, link or date can come out of a person's text. */
export const escapeText = (text: string): string => [...text].map(escapeCharacter).join('');

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escapeCharacter = (character: string) => ESCAPES[character] ?? character;

/**
 * The text in at most `max` characters, the last one an ellipsis when something was cut. Counted in UTF-16 units, the
 * stricter of the two ways to count, and cut between code points, so that no character is halved.
 */
export const truncate = (text: string, max: number): string => shorten(text, max, (character) => character);

/** `escapeText` in at most `max` characters as sent; an escape is never cut in two. For composing mrkdwn. */
export const escapeWithin = (text: string, max: number): string => shorten(text, max, escapeCharacter);

function shorten(text: string, max: number, write: (character: string) => string): string {
  if (text.length <= max && !/[&<>]/.test(text)) return text;
  const written = [...text].map(write);
  const length = written.reduce((sum, piece) => sum + piece.length, 0);
  if (length <= max) return written.join('');
  let kept = '';
  for (const piece of written) {
    if (kept.length + piece.length + ELLIPSIS.length > max) break;
    kept += piece;
  }
  return kept + ELLIPSIS;
}

/** Literal text: whatever a person typed stays as typed. Slack refuses empty text, so nothing shows as a dash. */
export const plainText = (text: string, max = 3000): PlainTextElement => ({
  type: 'plain_text',
  text: truncate(text, max) || '-',
  emoji: true,
});

/**
 * Text with Slack's marks, composed by us: people's words in it go through `escapeWithin` first. `verbatim` keeps
 * Slack from turning bare names and addresses into links. The caller keeps it under 3,000 characters.
 */
export const mrkdwn = (text: string): MrkdwnElement => ({ type: 'mrkdwn', text, verbatim: true });

/** A person's words as a block: literal by construction, line breaks kept, up to 3,000 characters. */
export const richText = (text: string, blockId?: string): RichTextBlock => ({
  type: 'rich_text',
  ...(blockId && { block_id: blockId }),
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: truncate(text, 3000) || '-' }] }],
});

/** A person; what Warmline did by itself, nobody did. */
export const userMention = (actor: Actor): string => (actor === SYSTEM ? 'Warmline' : `<@${actor}>`);
export const channelMention = (channelId: string): string => `<#${channelId}>`;

/** A moment in the reader's own time zone (`format` in Slack's date tokens); readers without support see UTC. */
export const dateToken = (at: Date, format = '{date_short_pretty} at {time}'): string =>
  `<!date^${Math.floor(+at / 1000)}^${format}|${at.toISOString().slice(0, 16).replace('T', ' ')} UTC>`;
