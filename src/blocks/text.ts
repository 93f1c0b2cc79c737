import type { MrkdwnElement, PlainTextElement, RichTextBlock } from '@slack/types';
import { type Lane, type Named, namedLane, namedWords } from '../domain/targets';

const ELLIPSIS = '…';

/** Makes Slack's three control characters literal: a person's text cannot contain a mention, link or date. */
export const escapeText = (text: string): string => [...text].map(escapeCharacter).join('');

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escapeCharacter = (character: string) => ESCAPES[character] ?? character;

/**
 * The text in at most `max` characters, the last one an ellipsis if something was cut. Counted in UTF-16 units, the
 * stricter way to count, and cut between code points, so that no character is split.
 */
export const truncate = (text: string, max: number): string => shorten(text, max, (character) => character);

/**
 * People's words inside mrkdwn, in at most `max` characters as sent, with nothing active, not even formatting. Slack
 * has no escape for its style characters, so active ones are replaced with look-alikes. Names of SPs stay as they are,
 * in plain or rich text. Numbers next to right-to-left words keep their places.
 */
export const escapeWithin = (text: string, max: number): string => {
  const write = (most: number) => shorten(disarmed(text), most, escapeCharacter);
  return RIGHT_TO_LEFT.test(text) && !text.startsWith(ISOLATE) ? isolated(write(max - 2)) : write(max);
};

const TWINS: Readonly<Record<string, string>> = { '*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ', ':': '꞉' };
const STYLED = /([*_~`])(?=\S)[^\n]*?\1|:(?:[+-]1|[a-z0-9_+'-]*[a-z][a-z0-9_+'-]*):/gm;
function disarmed(text: string): string {
  return text.replace(STYLED, (styled) => styled.replace(/[*_~`:]/g, (mark) => TWINS[mark] ?? mark));
}

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

/**
 * Literal text: what a person typed stays as typed, without active formatting or emoji names. Slack refuses empty text,
 * so an empty one shows as a dash.
 */
export const plainText = (text: string, max = 3000): PlainTextElement => ({
  type: 'plain_text',
  text: truncate(text, max) || '-',
  emoji: false,
});

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const ISOLATE = '\u2068';
/** A name among other words: numbers next to a right-to-left one keep their places. */
export const isolated = (name: string): string => (RIGHT_TO_LEFT.test(name) ? `${ISOLATE}${name}\u2069` : name);

/**
 * Our own text with Slack's formatting: people's words in it go through `escapeWithin` first. `verbatim` keeps Slack
 * from turning bare names and addresses into links. The caller keeps it under 3,000 characters.
 */
export const mrkdwn = (text: string): MrkdwnElement => ({ type: 'mrkdwn', text, verbatim: true });

/** A person's words as a block: always literal, with line breaks, up to 3,000 characters. */
export const richText = (text: string, blockId?: string): RichTextBlock => ({
  type: 'rich_text',
  ...(blockId && { block_id: blockId }),
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: truncate(text, 3000) || '-' }] }],
});

export { who as userMention } from '../domain/case-words';
export const channelMention = (channelId: string): string => `<#${channelId}>`;

/** An address or a rung's target, worded by its target. */
export const namedMark = (named: Named): string => namedWords(named, (text) => escapeWithin(text, 150));
export const placeWords = (lane: Lane): string => namedMark(namedLane(lane));

/** A time in the reader's own zone (`format` in Slack's date tokens); readers without support see UTC. */
export const dateToken = (at: Date, format = '{date_short_pretty} at {time}'): string =>
  `<!date^${Math.floor(+at / 1000)}^${format}|${at.toISOString().slice(0, 16).replace('T', ' ')} UTC>`;
