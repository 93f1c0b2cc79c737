import type { KnownBlock } from '@slack/types';
import type { Calendar } from '../../domain/calendar';
import type { Cover } from '../../domain/cover';
import { amount } from '../../domain/wording';
import { CALENDAR_OPEN } from '../../slack/ids/cover';
import { calendarState } from '../covers/calendar';
import { period } from '../covers/message';
import { button, header, section } from '../lines';
import { type Part, richLines } from '../rich-text';
import { dateToken, userMention } from '../text';
import { type Paged, pager } from './frame';

interface CoversPart extends Paged {
  /** Asked or accepted, and not over. */
  readonly covers: readonly Cover[];
  readonly calendars: readonly Calendar[];
}
const MOST = 30;

/** Who covers for whom, soonest first, and a page of the calendars behind covers. */
export function coversBlocks({ covers, calendars, page, size, total }: CoversPart): KnownBlock[] {
  const soonest = [...covers].sort((a, b) => +a.from - +b.from);
  const more = soonest.length - MOST;
  return [
    header('Covers'),
    covers.length
      ? richLines([...soonest.slice(0, MOST).map(coverLine), ...(more > 0 ? [[`… and ${amount(more)} more.`]] : [])])
      : section('No one is away. People name a cover with `/warmline cover`.'),
    { type: 'divider' },
    section(
      '*Calendars*\nAbsences in a calendar become covers: its person gives the address with `/warmline cover`, or you do.',
      button(CALENDAR_OPEN, 'Connect one …'),
    ),
    ...calendars.map(calendarRow),
    ...pager({ page, size, total }),
  ];
}

const coverLine = (cover: Cover): Part[] => [
  '• ',
  { user: cover.deputy },
  ' for ',
  { user: cover.person },
  ', ',
  ...period(cover),
  cover.state === 'asked' ? '  ·  not answered yet' : '  ·  accepted',
];

const calendarRow = (calendar: Calendar): KnownBlock =>
  section(
    `*${userMention(calendar.person)}*, covered by ${userMention(calendar.deputy)}\n${
      calendar.removedAt ? `🗑️ Removed ${dateToken(calendar.removedAt)}.` : calendarState(calendar)
    }`,
    button(CALENDAR_OPEN, 'Change …', calendar.person),
  );
