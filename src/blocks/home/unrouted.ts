import type { Button, KnownBlock } from '@slack/types';
import { seenOutside } from '../../domain/access';
import type { Page } from '../../domain/desk';
import { homeWindowId } from '../../slack/ids/home-window';
import { MARK } from '../cards/case-card';
import { button, header, note, remark, section } from '../lines';
import { dateToken, escapeWithin, userMention } from '../text';
import { pager } from './frame';
import { breaksNext, type QueueRow, rowTitle } from './rows';

interface Unrouted {
  readonly queue: Page<QueueRow>;
  readonly size: number;
  readonly now: Date;
}

/** Cases that no area has taken, earliest due first, each with the reason and a button to route it. */
export function unroutedBlocks({ queue, size, now }: Unrouted): KnownBlock[] {
  const { rows, page, total, isMore } = queue;
  const title = header('Without an area');
  if (!total)
    return [
      title,
      section(':white_check_mark: Every case has an area. Cases whose SP is not in the directory come here.'),
    ];
  return [
    title,
    note('No one owns these yet. Route gives a case to an area, and can add its SP to the directory.'),
    ...rows.flatMap((row) => unroutedRow(row, now)),
    ...pager({ page, size, total, isMore }),
  ];
}

/** A need-to-know case shows why it has no area, too: so does its open card. */
function unroutedRow(row: QueueRow, now: Date): KnownBlock[] {
  const isRead = row.sight === 'text';
  const record = isRead ? row.record : seenOutside(row.record);
  const { ref, severity, unrouted, reporter, filedAt } = record;
  const route: Button = button(homeWindowId('route_case'), 'Route', ref);
  const title = `${MARK[severity]} ${rowTitle(row)}`;
  const filed = `filed ${isRead ? `by ${userMention(reporter)} ` : ''}${dateToken(filedAt)}`;
  const facts = [breaksNext(record, now), filed];
  return [
    section(`${title}\n${escapeWithin(unrouted ?? '', 500)}`, row.moves.includes('reassign') ? route : null),
    remark(facts.filter(Boolean).join('  ·  ')),
  ];
}
