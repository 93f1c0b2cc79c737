import type { KnownBlock } from '@slack/types';
import { mrkdwn, plainText } from './text';

/** A paragraph of mrkdwn. */
export const section = (text: string): KnownBlock => ({ type: 'section', text: mrkdwn(text) });

/** A paragraph of literal text. */
export const literalSection = (text: string): KnownBlock => ({ type: 'section', text: plainText(text) });

/** A small line of literal text. */
export const note = (text: string): KnownBlock => ({ type: 'context', elements: [plainText(text)] });

/** A small line of mrkdwn. */
export const remark = (text: string): KnownBlock => ({ type: 'context', elements: [mrkdwn(text)] });

/** Lines in as few sections as Slack's limit of 3,000 characters allows. */
export function sections(lines: readonly string[]): KnownBlock[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + line.length < 2900) texts[texts.length - 1] = `${last}\n${line}`;
    else texts.push(line.slice(0, 2900));
  }
  return texts.map(section);
}
