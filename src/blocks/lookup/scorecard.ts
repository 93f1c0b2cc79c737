import type { KnownBlock, ModalView } from '@slack/types';
import { DateTime } from 'luxon';
import type { CaseFacts } from '../../domain/case';
import type { ServiceProvider } from '../../domain/directory';
import { clipName } from '../../domain/notes';
import type { Picture } from '../../domain/pictured';
import type { Counts, Period, Scorecard, ScoreWeek } from '../../domain/scorecard';
import { TONES, type Tone } from '../../domain/severity';
import type { SpHold } from '../../domain/sp-hold';
import { METRICS, type Standing } from '../../domain/sp-metrics';
import { amount } from '../../domain/wording';
import { SCORECARD_OPEN } from '../../slack/ids/scorecard';
import { pictureBlock } from '../../slack/pictures';
import { bars } from '../bars';
import { lengthOfTime } from '../length';
import { actions, button, header, literalSection, note, remark, section, shown } from '../lines';
import { type Part, richLines } from '../rich-text';
import { holdButton, holdParts } from '../sp-hold';
import { MOST_LISTED, pastParts, standingParts } from '../sp-standing';
import { dateToken, escapeWithin, isolated, mrkdwn } from '../text';
import { type CaseRow, caseRowOfSp } from './case-row';

/** A scorecard as it is shown. */
export interface ScorecardInput extends Scorecard<Pick<CaseFacts, 'ref' | 'title' | 'filedAt'>> {
  /** The newest open cases; `more` did not fit. */
  readonly open: readonly CaseRow[];
  readonly more: number;
  readonly hold: SpHold | null;
  readonly mayHold: boolean;
}

/**
 * The scorecard of an SP (domain section 9). `chart`: the weeks as a picture, for a window; otherwise as text bars,
 * with `offered` next to the button for the window that can show the picture.
 */
export function scorecardBlocks(card: ScorecardInput, chart: Picture | 'offered' | null = null): KnownBlock[] {
  const { account, provider, periods, weeks, timeZone, recognition, metrics, open, more } = card;
  const count = open.length + more;
  return [
    header(clipName(spWords(card), 150)),
    ...standingBlocks(card, chart === 'offered'),
    remark(whose(provider)),
    ...periods.map((period) => richLines(periodLines(period))),
    chart && chart !== 'offered' ? pictureBlock(chart) : weekBlock(weeks, timeZone, chart ? account : null),
    ...metricBlocks(metrics),
    section(recognitionText(recognition)),
    section(count ? `*Open now: ${count}*${more ? `, the newest ${open.length}:` : ''}` : '*Open now: none*'),
    ...open.map(caseRowOfSp),
    // A window on top of this one would have to know Home's place.
    ...(card.mayHold && chart === 'offered' ? [actions(holdButton(account))] : []),
  ];
}

export const scorecardWindow = (blocks: readonly KnownBlock[]): ModalView => shown('Scorecard', blocks);
export const scorecardLoading = (account: string): ModalView =>
  scorecardWindow([literalSection(`Loading what is known about SP ${account} …`)]);

/** Its standing, whom it must not send, and its earlier standings. */
function standingBlocks({ standing, past, hold, mayHold }: ScorecardInput, isShort: boolean): KnownBlock[] {
  const lines = [
    ...(isShort ? standingParts(standing) : standingParts(standing, MOST_LISTED)),
    ...(hold ? holdParts(hold, mayHold) : []),
    ...past.slice(0, MOST_PAST).map(pastParts),
  ];
  return lines.length ? [richLines(lines)] : [];
}
const MOST_PAST = 3;

/** Whose scorecard it is, and its chart. */
export const spWords = ({ account, provider }: Pick<ScorecardInput, 'account' | 'provider'>): string =>
  provider ? `${isolated(provider.name)} (${account})` : account;

const whose = (provider: ServiceProvider | null) =>
  provider
    ? `Area ${escapeWithin(provider.area, 100)}${provider.status === 'inactive' ? '  ·  ⚠️ inactive account' : ''}  ·  based on the cases you can read`
    : '⚠️ Not in the directory: check the number.  ·  Based on the cases you can read';

function periodLines({ days, total, tones, codes, recalls, refusals, resolved }: Period): Part[][] {
  const list = (label: string, counts: Counts): Part[][] =>
    counts.length ? [[{ bold: `${label}: ` }, counts.map(([what, times]) => `${what} ${times}`).join('  ·  ')]] : [];
  return [
    [{ bold: `Last ${days} days: ` }, total ? TONES.map((tone) => `${tones[tone]} ${tone}`).join('  ·  ') : 'nothing'],
    ...list('Codes', codes),
    ...list('Recall reassignments', recalls),
    ...list('Refusals', refusals),
    ...(resolved
      ? [
          [
            { bold: 'Resolved: ' },
            `${resolved.of} of ${total}, half of them within ${lengthOfTime(resolved.medianMinutes)} of opening hours`,
          ],
        ]
      : []),
  ];
}

function weekBlock(weeks: readonly ScoreWeek[], timeZone: string, offered: string | null): KnownBlock {
  const day = (at: Date | undefined) =>
    at ? DateTime.fromJSDate(at, { zone: timeZone }).setLocale('en-US').toFormat('LLL d') : '';
  const most = Math.max(1, ...weeks.flatMap(({ tones }) => [tones.negative, tones.positive]));
  const line = (tone: Tone) => {
    const counts = weeks.map(({ tones }) => tones[tone]);
    return `${bars(counts, most)}  ${tone} *${counts.reduce((sum, count) => sum + count, 0)}*, this week ${counts.at(-1) ?? 0}`;
  };
  return section(
    `*By week*, from ${day(weeks[0]?.from)} to now\n${line('negative')}\n${line('positive')}`,
    offered ? button(SCORECARD_OPEN, 'Show the chart', offered) : null,
  );
}

function metricBlocks(metrics: ScorecardInput['metrics']): KnownBlock[] {
  if (!metrics) return [note('No performance metrics were imported for this SP. Admins import them from metrics.csv.')];
  const { period, before, standings } = metrics;
  const since = before ? `, and the change since ${periodWords(before)}` : '';
  return [
    section(`*Performance in ${periodWords(period)}*${since}`),
    {
      type: 'section',
      fields: standings.map((standing) => mrkdwn(`${METRICS[standing.name].label}\n${standingWords(standing)}`)),
    },
  ];
}

function standingWords({ name, value, change }: Standing): string {
  const { unit, better } = METRICS[name];
  const number = (of: number) => `${amount(of)}${unit}`;
  if (change === null) return `*${number(value)}*`;
  if (change === 0) return `*${number(value)}*  unchanged`;
  const isBetter = change > 0 === (better === 'more');
  // For a percentage, the change is in points.
  const by = `${amount(Math.abs(change))}${unit === '%' ? ' pt' : unit}`;
  return `*${number(value)}*  ${change > 0 ? '▲' : '▼'} ${by}, ${isBetter ? 'better' : 'worse'}`;
}

const periodWords = (period: string): string =>
  DateTime.fromISO(period)
    .setLocale('en-US')
    .toFormat(period.length > 7 ? 'LLLL d, yyyy' : 'LLLL yyyy');

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

function recognitionText({ praised, sent, newest }: ScorecardInput['recognition']): string {
  if (!praised && !sent) return '*Recognition:* none in 90 days';
  const counts = `*Recognition in 90 days:* praised ${times(praised)}, recognition sent ${times(sent)}`;
  const lines = newest.map(
    ({ ref, title, filedAt }) => `• *${ref}* ${escapeWithin(title, 200)}, ${dateToken(filedAt, '{date_short_pretty}')}`,
  );
  return [counts, ...lines].join('\n');
}
