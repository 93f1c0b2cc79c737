import type { KnownBlock } from '@slack/types';
import type { ServiceProvider } from '../../domain/directory';
import { TONES } from '../../domain/kinds';
import type { Counts, Period } from '../../domain/scorecard';
import { type Part, richLines } from '../rich-text';
import { escapeWithin, mrkdwn, plainText } from '../text';
import { type CaseRow, caseRow } from './case-row';

export interface ScorecardInput {
  readonly account: string;
  readonly provider: ServiceProvider | null;
  readonly periods: readonly Period[];
  /** The newest open cases; `more` did not fit. */
  readonly open: readonly CaseRow[];
  readonly more: number;
}

/** The scorecard of an SP (domain section 9): what was said of them in the last 30 and 90 days, and what is open. */
export function scorecardBlocks({ account, provider, periods, open, more }: ScorecardInput): KnownBlock[] {
  const count = open.length + more;
  return [
    { type: 'header', text: plainText(provider ? `${provider.name} (${provider.account})` : account, 150) },
    { type: 'context', elements: [mrkdwn(whose(provider))] },
    ...periods.map((period) => richLines(periodLines(period))),
    {
      type: 'section',
      text: mrkdwn(count ? `*Open now: ${count}*${more ? `, the newest ${open.length}:` : ''}` : '*Open now: none*'),
    },
    ...open.map(caseRow),
  ];
}

const whose = (provider: ServiceProvider | null) =>
  provider
    ? `Area ${escapeWithin(provider.area, 100)}${provider.status === 'inactive' ? '  ·  ⚠️ inactive account' : ''}  ·  counted over the cases you can see`
    : '⚠️ Not in the directory: check the number.  ·  Counted over the cases you can see';

function periodLines({ days, total, tones, codes, recalls, refusals }: Period): Part[][] {
  const list = (label: string, counts: Counts): Part[][] =>
    counts.length ? [[{ bold: `${label}: ` }, counts.map(([what, times]) => `${what} ${times}`).join('  ·  ')]] : [];
  return [
    [{ bold: `Last ${days} days: ` }, total ? TONES.map((tone) => `${tones[tone]} ${tone}`).join('  ·  ') : 'nothing'],
    ...list('Codes', codes),
    ...list('Recall reassignments', recalls),
    ...list('Refusals', refusals),
  ];
}
