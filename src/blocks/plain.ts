import type { KnownBlock, RichTextBlock } from '@slack/types';
import type { Message } from './message';
import { escapeWithin } from './text';

/** Slack recommends 4,000 characters. */
const MOST = 3000;
const SOMEBODY = 'someone';

/**
 * A message in its plainest form, if Slack refuses it otherwise: its text without blocks, formatting, links and
 * mentions. `ref`: its case, if any.
 */
export function plainMessage({ text, blocks }: Message, ref: string | null = null): Message {
  const words = [withoutTokens(text), ...blocks.flatMap(wordsOf)].filter(Boolean).join('\n');
  const more = ref ? `\n/case ${ref} shows all of it.` : '';
  return { text: `${escapeWithin(words, MOST)}${more}`, blocks: [] };
}
function wordsOf(block: KnownBlock): string[] {
  switch (block.type) {
    case 'header':
      return [block.text.text];
    case 'section':
      return block.text ? [withoutTokens(block.text.text)] : [];
    case 'context':
      return [block.elements.map((one) => ('text' in one ? withoutTokens(one.text) : '')).join(' ')];
    case 'rich_text':
      return block.elements.map(richWords);
    default:
      return [];
  }
}

function richWords(part: RichTextBlock['elements'][number]): string {
  return part.elements
    .map((element) => {
      if (!('type' in element)) return '';
      if (element.type === 'text') return element.text;
      if (element.type === 'user') return SOMEBODY;
      if (element.type === 'channel') return 'another channel';
      if (element.type === 'date') return element.fallback ?? '';
      return '';
    })
    .join('');
}

/** Slack's tokens as words; the text comes escaped and is escaped again later. */
const withoutTokens = (text: string): string =>
  text
    .replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<@[^>]*>/g, SOMEBODY)
    .replace(/<#[^>]*>/g, 'another channel')
    .replace(/<![^>]*>/g, '')
    .replace(/<[^|>]*\|([^>]*)>/g, '$1')
    .replace(/[<>]/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
