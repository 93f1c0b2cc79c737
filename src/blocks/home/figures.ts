import type { KnownBlock } from '@slack/types';
import type { CaseState } from '../../domain/case';
import { stateWord } from '../../domain/case-words';
import { pageWithin } from '../../domain/desk';
import type { Figure, Figures, Kept } from '../../domain/figures';
import { KINDS } from '../../domain/kinds';
import type { Picture } from '../../domain/pictured';
import { amount } from '../../domain/wording';
import { FIGURES_CSV, HOME_AGAIN } from '../../slack/ids/home';
import { pictureBlock } from '../../slack/pictures';
import { spanOfTime } from '../length';
import { actions, button, header, literalSection, remark, section } from '../lines';
import { dateToken, escapeWithin, userMention } from '../text';
import { pager } from './frame';
import { argMenu } from './menu';

/** The ranges to choose from, in days up to today. */
export const FIGURE_DAYS = [7, 30, 90] as const;
export type FigureDays = (typeof FIGURE_DAYS)[number];
export const spanWords = (days: FigureDays): string => `the last ${days} days`;

/** The name of the menu of ranges, in the place. */
export const DAYS_ARG = 'days';

/** Areas on a page. */
const SIZE = 10;
const SLOWEST = 4;
const NAMED = 5;

export interface FiguresHome {
  readonly days: FigureDays;
  /** The areas that count; null: all. */
  readonly areas: readonly string[] | null;
  /** Null while they are being counted. */
  readonly counted: { readonly at: Date; readonly figures: Figures } | null;
  /** Those drawn so far. */
  readonly pictures: readonly Picture[];
  readonly page: number;
  /** Whether some kinds have only counts. */
  readonly isPartly: boolean;
}

/** What was filed, what was kept in time, and where cases wait (domain section 8). */
export function figureBlocks(home: FiguresHome): KnownBlock[] {
  const { days, areas, counted } = home;
  return [
    header('Figures'),
    section(
      `${areas ? areaWords(areas) : '*All areas*'}: cases filed in ${spanWords(days)}, today included`,
      argMenu(
        DAYS_ARG,
        'Days',
        FIGURE_DAYS.map((count) => ({ value: String(count), label: `Last ${count} days` })),
        String(days),
      ),
    ),
    ...(counted ? countedBlocks(home, counted) : [counting()]),
  ];
}

const counting = (): KnownBlock =>
  literalSection(
    'The cases are being counted. The figures show here as soon as they are ready.',
    button(HOME_AGAIN, 'Look again'),
  );

function countedBlocks(
  { days, pictures, page: asked, isPartly }: FiguresHome,
  { at, figures }: NonNullable<FiguresHome['counted']>,
): KnownBlock[] {
  const { total, areas, kinds, waits, approvals } = figures;
  if (!total.filed)
    return [
      section(
        `Nothing was filed in ${spanWords(days)}. Choose a longer time above, or come back when there are cases.`,
      ),
    ];
  const page = pageWithin(asked, areas.length, SIZE);
  const shown = areas.slice(page * SIZE, (page + 1) * SIZE);
  return [
    section(`*${amount(total.filed)} filed*\n${keptLines(total).join('\n')}`),
    section(`*What slows us down*\n${slowLines(waits).join('\n')}`),
    ...pictures.map(pictureBlock),
    ...(areas.length > 1
      ? [section(['*By area*', ...shown.map(([area, figure]) => figureLine(area ?? 'No area', figure))].join('\n'))]
      : []),
    ...pager({ page, size: SIZE, total: areas.length }),
    section(['*By kind*', ...kinds.map(([kind, figure]) => figureLine(KINDS[kind].label, figure))].join('\n')),
    ...(approvals.length
      ? [section(['*Second approvals*', ...approvals.slice(0, NAMED).map(approvalLine)].join('\n'))]
      : []),
    actions(button(FIGURES_CSV, 'Download CSV')),
    remark(notes(at, isPartly)),
  ];
}

const approvalLine = ({ who, asked, approved, refused }: Figures['approvals'][number]): string =>
  [
    userMention(who),
    ...(asked ? [`asked ${amount(asked)}`] : []),
    ...(approved ? [`approved ${amount(approved)}`] : []),
    ...(refused ? [`refused ${amount(refused)}`] : []),
  ].join('  ·  ');

function areaWords(areas: readonly string[]): string {
  const more = areas.length > NAMED ? ` and ${areas.length - NAMED} more` : '';
  return `*${escapeWithin(new Intl.ListFormat('en-US').format(areas.slice(0, NAMED)), 300)}*${more}`;
}

/** "91% (30 of 33)" of those with a result; null if there are none. */
function share({ inTime, late }: Kept): string | null {
  const of = inTime + late;
  // 999 of 1,000 are not all of them.
  const percent = Math.min(late ? 99 : 100, Math.round((100 * inTime) / of));
  return of ? `*${percent}%* (${amount(inTime)} of ${amount(of)})` : null;
}

/** Only the number filed is shown for these. */
const isOnlyFiled = ({ acknowledged: { inTime, late, open } }: Figure) => inTime + late + open === 0;

function keptLines(figure: Figure): string[] {
  if (isOnlyFiled(figure)) return ['All of them are need-to-know: only the number filed shows here.'];
  const line = (what: string, kept: Kept, still: string) =>
    `${what} in time: ${share(kept) ?? 'not known yet'}${kept.open ? `  ·  ${amount(kept.open)} ${still}` : ''}`;
  return [
    line('Acknowledged', figure.acknowledged, 'still within their time'),
    line('Resolved', figure.resolved, 'still open, with nothing missed so far'),
    ...untold(figure),
  ];
}

/** A share does not show how many cases are not counted yet. */
function untold({ filed, acknowledged: { inTime, late, open } }: Figure): string[] {
  const left = filed - inTime - late - open;
  if (!left) return [];
  return [
    `${amount(left)} of them ${left === 1 ? 'is' : 'are'} need-to-know and not counted in any share here: ask the Risk team where they stand.`,
  ];
}

function figureLine(name: string, figure: Figure): string {
  const parts = [
    `*${escapeWithin(name, 80)}*  ${amount(figure.filed)} filed`,
    ...(isOnlyFiled(figure)
      ? []
      : [
          `acknowledged in time ${share(figure.acknowledged) ?? '–'}`,
          `resolved in time ${share(figure.resolved) ?? '–'}`,
        ]),
  ];
  return parts.join('  ·  ');
}

const WAITS_FOR: Readonly<Partial<Record<CaseState, string>>> = {
  in_review: 'For the Admin team to review a case',
  open: 'For someone to acknowledge a case',
  acknowledged: 'For the first step after a case is acknowledged',
  in_progress: 'For work on a case to end',
  returned: 'For an agent to answer a question',
  snoozed: 'For a snooze to end',
};

function slowLines(waits: Figures['waits']): string[] {
  if (!waits.length) return ['No case has waited yet.'];
  return waits.slice(0, SLOWEST).map(({ state, stays, medianHours }, i) => {
    const what = WAITS_FOR[state] ?? `For a case that is ${stateWord(state)}`;
    const long = `*${spanOfTime(medianHours)}*`;
    return `${i + 1}. ${what}: ${long} ${stays === 1 ? '(once)' : `(half of ${amount(stays)} waits were longer)`}`;
  });
}

const notes = (at: Date, isPartly: boolean): string =>
  [
    `Counted ${dateToken(at)}; updated after ten minutes.`,
    '"In time" follows the policy clocks; waiting is wall-clock time. Void cases do not count.',
    ...(isPartly ? ['For need-to-know cases, only the number filed counts here.'] : []),
  ].join(' ');
