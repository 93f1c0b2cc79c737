import type { KnownBlock } from '@slack/types';
import { escapeWithin, mrkdwn } from '../text';
import { type CaseRow, caseRow } from './case-row';

/** How many cases a list shows. */
export const MOST_ROWS = 10;

/** What a search found that this person may see, newest first; `more` did not fit. */
export function foundCases(asked: string, rows: readonly CaseRow[], more: number): KnownBlock[] {
  const what = escapeWithin(asked, 60);
  if (!rows.length)
    return [
      {
        type: 'section',
        text: mrkdwn(
          `Nothing you can see for *${what}*. Check the number; cases of other areas, and ones that others filed, do not show.`,
        ),
      },
    ];
  const rest = more ? ` The newest ${rows.length}; ${more} older.` : '';
  return [
    { type: 'section', text: mrkdwn(`*${what}*: ${count(rows.length + more)} that you can see.${rest}`) },
    ...rows.map(caseRow),
  ];
}

const count = (cases: number) => (cases === 1 ? '1 case' : `${cases} cases`);
