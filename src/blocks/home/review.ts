import type { KnownBlock, MrkdwnElement, PlainTextElement } from '@slack/types';
import type { CaseFacts } from '../../domain/case';
import type { Page } from '../../domain/desk';
import { header, note, section } from '../lines';
import { dateToken, escapeWithin, mrkdwn, plainText, userMention } from '../text';
import { pager } from './frame';
import { type QueueRow, queueRow } from './rows';

interface Review {
  readonly queue: Page<QueueRow>;
  readonly size: number;
  readonly reader: string;
  readonly now: Date;
}

/** What waits for the Admin team's review, longest first; each row has its due time and the three decisions. */
export function reviewBlocks({ queue, size, reader, now }: Review): KnownBlock[] {
  const { rows, page, total, isMore } = queue;
  const title = header('Waiting for review');
  if (!total)
    return [
      title,
      section(':white_check_mark: Nothing waits for review. An exception that an agent files comes here first.'),
    ];
  return [
    title,
    note('Longest wait first. Use ⋯ to send one to its Area Manager, return it to the agent, or void it.'),
    ...rows.flatMap((row): KnownBlock[] => [
      queueRow(row, reader, now, 'review'),
      { type: 'context', elements: [mrkdwn(about(row.record)), ...newestWord(row.record)] },
    ]),
    ...pager({ page, size, total, isMore }),
  ];
}

/** What the review needs besides the row: who filed it and when, its code, its area, and the newest note. */
function about({ reporter, filedAt, codes, area }: CaseFacts): string {
  return [
    ...codes.map((code) => `\`${code}\``),
    `filed by ${userMention(reporter)} ${dateToken(filedAt)}`,
    area ? escapeWithin(area, 100) : 'no area',
  ]
    .filter(Boolean)
    .join('  ·  ');
}

function newestWord({ notes }: CaseFacts): [MrkdwnElement, PlainTextElement] | [] {
  const last = notes.at(-1);
  return last ? [mrkdwn(`${userMention(last.by)}:`), plainText(last.text, 200)] : [];
}
