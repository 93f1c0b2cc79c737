import type { KnownBlock } from '@slack/types';
import { clipName } from '../../domain/notes';
import type { Counts } from '../../domain/scorecard';
import { type Spread, type WeeklyReport, weekWords } from '../../domain/weekly-report';
import { lengthOfTime } from '../length';
import { header, remark, section } from '../lines';
import type { Message } from '../message';
import { escapeWithin } from '../text';

/** A week in words (domain section 8), including everything its charts show. */
export function weeklyMessage(report: WeeklyReport): Message {
  const { area, kinds, acknowledge, resolve, overdue = 0, reasons, negatives, praise, trend } = report;
  const filed = kinds.reduce((sum, [, count]) => sum + count, 0);
  const title = `${area ?? 'All areas'}, ${weekWords(report)}`;
  const before = trend.at(-2)?.tones;
  const earlier = before ? before.negative + before.positive + before.neutral : 0;
  return {
    text: `Weekly report, ${escapeWithin(title, 300)}: ${filed} filed`,
    blocks: [
      header(`📊 Weekly report: ${title}`),
      paragraph([
        `*${filed}* filed (the week before: ${earlier})${kinds.length ? `: ${listed(kinds)}` : ''}`,
        took('Acknowledged', acknowledge),
        took('Resolved', resolve),
        ...(overdue ? [`Still open past their time: *${overdue}*`] : []),
      ]),
      ...part('What it was about', reasons),
      ...part('Most negative reports', negatives),
      ...part('Most praise', praise),
      remark(
        'Times count opening hours. Need-to-know cases count in the total and nowhere else. The charts are in the thread.',
      ),
    ],
  };
}

const paragraph = (lines: readonly string[]): KnownBlock => section(lines.join('\n'));
const listed = (counts: Counts) =>
  counts.map(([what, count]) => `${count} × ${escapeWithin(clipName(what, 100), 200)}`).join(', ');
const part = (title: string, counts: Counts): KnownBlock[] =>
  counts.length ? [paragraph([`*${title}*`, listed(counts)])] : [];

function took(what: string, spread: Spread | null): string {
  if (!spread) return `${what}: none`;
  const { of, median, ninetieth } = spread;
  if (of === 1) return `${what}: *1*, in *${lengthOfTime(median)}*`;
  return `${what}: *${of}*, half of them within *${lengthOfTime(median)}*, nine in ten within *${lengthOfTime(ninetieth)}*`;
}
