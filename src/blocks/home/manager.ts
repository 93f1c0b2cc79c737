import type { KnownBlock } from '@slack/types';
import type { Person } from '../../domain/access';
import type { Waits } from '../../domain/asks';
import type { Calendar } from '../../domain/calendar';
import type { Cover } from '../../domain/cover';
import type { AreaFigures, Page } from '../../domain/desk';
import { moveLabel } from '../../domain/move';
import type { QueueFilters } from '../../domain/queue';
import { amount } from '../../domain/wording';
import { BULK_MOVES, bulkButtonId, HOME_COVER } from '../../slack/ids/desk';
import { bars } from '../bars';
import { LATE } from '../cards/clock-lines';
import { calendarState } from '../covers/calendar';
import { actions, button, header, note, remark, section } from '../lines';
import type { CaseRow } from '../lookup/case-row';
import { dateToken, escapeWithin, userMention } from '../text';
import { filterRow, isFiltered } from './filters';
import { pager } from './frame';
import { type QueueRow, queueRow, waitingRow } from './rows';

export interface ManagerHome {
  readonly person: Person;
  readonly now: Date;
  readonly filters: QueueFilters;
  readonly queue: Page<QueueRow>;
  readonly size: number;
  readonly overdue: number;
  readonly promised: readonly CaseRow[];
  readonly waiting: readonly (QueueRow & { readonly waits: readonly Waits[] })[];
  readonly covers: readonly Cover[];
  readonly calendar: Calendar | null;
  readonly figures: AreaFigures | null;
}
/** Counts stop here and show as "1,000+". */
const COUNTED = 1000;

/** What someone answers for, earliest due first; then what they promised, and how their areas do. */
export function managerBlocks(home: ManagerHome): KnownBlock[] {
  const { person, now, filters, queue, size, promised, waiting, covers, calendar, figures } = home;
  return [
    ...waitingBlocks(waiting),
    header('Yours to answer'),
    section(summary(home)),
    filterRow(filters, person, queue.total === 0),
    ...queue.rows.map((row) => queueRow(row, person.id, now)),
    ...pager({ page: queue.page, size, total: queue.total, isMore: queue.isMore }),
    ...(queue.rows.length > 1 ? severalAtOnce() : []),
    ...(promised.length ? [promises(promised)] : []),
    ...coverBlocks(covers, calendar, person, now),
    ...(figures ? [{ type: 'divider' as const }, ...figureBlocks(figures)] : []),
  ];
}

/** What needs the reader's agreement or approval comes first. */
const waitingBlocks = (waiting: ManagerHome['waiting']): KnownBlock[] =>
  waiting.length ? [header('Waiting for your approval'), ...waiting.map((row) => waitingRow(row, row.waits))] : [];

function summary({ queue, overdue, filters }: ManagerHome): string {
  if (queue.total === 0)
    return isFiltered(filters)
      ? 'Nothing that you answer for matches these filters. *Clear filters* shows everything.'
      : 'Nothing waits for you. New cases that you answer for show here, and in their channel.';
  const late = overdue ? `${LATE} *${counted(overdue)} overdue*` : '✅ Nothing is overdue';
  return `${late}  ·  ${counted(queue.isMore ? COUNTED : queue.total)} open`;
}

const counted = (count: number) => (count >= COUNTED ? `${amount(COUNTED)}+` : String(count));

const severalAtOnce = (): KnownBlock[] => [
  note('Several at once:'),
  actions(...BULK_MOVES.map((move) => button(bulkButtonId(move), `${moveLabel(move)} …`))),
];
function promises(promised: readonly CaseRow[]): KnownBlock {
  const lines = promised.map(({ record, sight, link }) => {
    const at = record.clocks.find(({ name }) => name === 'update')?.dueAt ?? record.changedAt;
    const ref = link ? `<${link}|${record.ref}>` : record.ref;
    return `• ${dateToken(at, '{time}')}  *${ref}*${sight === 'text' ? `  ${escapeWithin(record.title, 100)}` : ''}`;
  });
  return section(`*Promised today*\n${fitting(lines)}`);
}

/** Who covers for whom, and the button to name a cover; nothing for people without covers. */
function coverBlocks(covers: readonly Cover[], calendar: Calendar | null, person: Person, now: Date): KnownBlock[] {
  if (!covers.length && !calendar && !person.isManager) return [];
  return [
    section(
      covers.length ? coverLines(covers, person, now) : '*Cover*\nNo one has been asked to cover for you.',
      button(HOME_COVER, 'Cover …'),
    ),
    ...(calendar && !calendar.removedAt ? [remark(calendarState(calendar))] : []),
  ];
}

function coverLines(covers: readonly Cover[], person: Person, now: Date): string {
  const lines = covers.map(({ person: away, deputy, from, until, state }) => {
    const when = from <= now ? `until ${dateToken(until)}` : `from ${dateToken(from)} until ${dateToken(until)}`;
    const asked = state === 'asked' ? ' (not accepted yet)' : '';
    return away === person.id
      ? `• ${userMention(deputy)} covers for you ${when}${asked}`
      : `• You cover for ${userMention(away)} ${when}${asked}`;
  });
  return `*Cover*\n${fitting(lines)}`;
}

/** As many of the lines as a Slack section takes. */
function fitting(lines: readonly string[]): string {
  let kept = '';
  for (const line of lines) {
    if (kept.length + line.length > SECTION_MAX) return `${kept}…`;
    kept += `${line}\n`;
  }
  return kept.trimEnd();
}
const SECTION_MAX = 2900;

/** How the areas do, with the days as text bars: a picture would need an upload for every look. */
function figureBlocks({ areas, filed, resolved, open, overdue }: AreaFigures): KnownBlock[] {
  const all = counted(filed.reduce((sum, count) => sum + count, 0));
  const names = escapeWithin(new Intl.ListFormat('en-US').format(areas.slice(0, 5)), 300);
  const more = areas.length > 5 ? ` and ${areas.length - 5} more` : '';
  const figures = [
    `filed  ${bars(filed)}  *${all}*`,
    `resolved *${counted(resolved)}*`,
    `open *${counted(open)}*`,
    `overdue *${counted(overdue)}*`,
  ];
  return [
    section(`*${names}${more}, the last ${filed.length} days*\n${figures.join('  ·  ')}`),
    note(`Each bar is a day, the last one today: ${filed.map((count) => counted(count)).join(', ')} filed.`),
  ];
}
