import type { KnownBlock } from '@slack/types';
import type { Alarm } from '../../domain/alarms';
import type { Page } from '../../domain/desk';
import { OPEN_CARD } from '../../slack/ids/open-card';
import { button, header, note, section } from '../lines';
import type { Message } from '../message';
import { truncate } from '../text';
import { pager } from './frame';

/** Slack's own limit of characters in a section. */
const MOST_CHARACTERS = 3000;

/** How many are listed at the top of Home: the admins' tab has a part with all of them. */
const NAMED = 5;

/** Alarms for admins at the top of their Home: at most three blocks, and none without alarms. */
export function alarmBlocks({
  alarms,
  total,
}: {
  readonly alarms: readonly Alarm[];
  readonly total: number;
}): KnownBlock[] {
  if (!total) return [];
  const lines = alarms.slice(0, NAMED).map(({ about, since }) => `🚨 ${about} (${sinceWords(since)})`);
  return [
    header(`Alarms (${total})`),
    section(fitted(lines, total, 'An alarm clears automatically once its cause is gone.')),
    { type: 'divider' },
  ];
}

interface AlarmsPart {
  readonly alarms: Page<{ readonly alarm: Alarm; readonly link: string | null }>;
  readonly size: number;
}

/** All alarms, oldest first, each with a link to its case. */
export function alarmsPartBlocks({ alarms: { rows, page, total, isMore }, size }: AlarmsPart): KnownBlock[] {
  const title = header('Alarms');
  if (!total)
    return [
      title,
      section(
        ':white_check_mark: Nothing is stuck. Every ten minutes, the auditor looks for cases and messages that are.',
      ),
    ];
  return [
    title,
    note('Oldest first. An alarm clears automatically once its cause is gone. Admins got a DM about it.'),
    ...rows.map(({ alarm: { about, since }, link }) =>
      section(
        `🚨 ${truncate(about, 2800)}\n${sinceWords(since)}`,
        link ? { ...button(OPEN_CARD, 'Open the card'), url: link } : null,
      ),
    ),
    ...pager({ page, size, total, isMore }),
  ];
}

const sinceWords = (at: Date) =>
  `since <!date^${Math.floor(+at / 1000)}^{date_short_pretty} at {time}|${at.toISOString()}>`;

/** As many lines as a section takes, how many more there are, and a last line. The lines are Warmline's own. */
function fitted(lines: readonly string[], total: number, last: string): string {
  const shown: string[] = [];
  let left = MOST_CHARACTERS - last.length - 50;
  for (const line of lines) {
    left -= line.length + 1;
    if (left < 0) break;
    shown.push(line);
  }
  const more = total - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : []), last].join('\n');
}

/** The DM that tells an admin of new alarms. */
export function alarmsMessage(about: readonly string[]): Message {
  const lines = about.map((sentence) => `🚨 ${sentence}`);
  const text = about.length === 1 ? 'Warmline raised an alarm' : `Warmline raised ${about.length} alarms`;
  const last = "They stay on Warmline's Home until their cause is gone.";
  return { text, blocks: [section(fitted(lines, about.length, last))] };
}
