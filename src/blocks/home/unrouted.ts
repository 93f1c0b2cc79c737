import type { KnownBlock } from '@slack/types';
import { homeWindowId } from '../../slack/ids/home-window';
import { dateToken, escapeWithin, mrkdwn, plainText, userMention } from '../text';
import { pager } from './frame';
import type { Listed } from './manager';
import { type QueueRow, queueRow } from './rows';

interface Unrouted {
  readonly queue: Listed<QueueRow>;
  readonly size: number;
  readonly reader: string;
  readonly now: Date;
}

/** Cases that no area has taken, what breaks next first, each with why and the way to an area. */
export function unroutedBlocks({ queue, size, reader, now }: Unrouted): KnownBlock[] {
  const { rows, page, total, isMore } = queue;
  const header: KnownBlock = { type: 'header', text: plainText('Without an area') };
  if (!total)
    return [
      header,
      {
        type: 'section',
        text: mrkdwn(
          ':white_check_mark: Every case has found its area. One whose SP the directory does not know comes here.',
        ),
      },
    ];
  return [
    header,
    {
      type: 'context',
      elements: [plainText('Nobody owns these yet. Route gives one to an area, and can teach the directory its SP.')],
    },
    ...rows.flatMap((row): KnownBlock[] => [
      {
        ...queueRow({ ...row, moves: [] }, reader, now),
        ...(row.moves.includes('reassign')
          ? {
              accessory: {
                type: 'button',
                action_id: homeWindowId('route_case'),
                text: plainText('Route'),
                value: row.record.ref,
              },
            }
          : {}),
      },
      { type: 'context', elements: [mrkdwn(reason(row))] },
    ]),
    ...pager({ page, size, total, isMore }),
  ];
}

/** Also of a need-to-know case: its card in the open tells the same. */
const reason = ({ record: { unrouted, reporter, filedAt } }: QueueRow) =>
  `⚠️ ${escapeWithin(unrouted ?? '', 500)}  ·  filed by ${userMention(reporter)} ${dateToken(filedAt)}`;
