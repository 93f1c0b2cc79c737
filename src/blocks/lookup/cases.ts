import type { KnownBlock } from '@slack/types';
import { actions, section } from '../lines';
import { dateToken, escapeWithin } from '../text';
import { type TimelineView, timelineButton, timelineLines } from '../timeline';
import { type CaseRow, caseRow } from './case-row';

/** How many cases a list shows. */
export const MOST_ROWS = 10;

/** How many timeline lines are shown under a single result. */
const STORY_LINES = 8;

/** The results that this person may see, newest first; `more` did not fit. `story`: what happened to a single one. */
export function foundCases(
  asked: string,
  rows: readonly CaseRow[],
  more: number,
  story: Pick<TimelineView, 'stored' | 'entries'> | null = null,
): KnownBlock[] {
  const what = escapeWithin(asked, 60);
  if (!rows.length)
    return [
      section(
        `Nothing you can see for *${what}*. Check the number; cases of other areas, and ones that others filed, do not show.`,
      ),
    ];
  const rest = more ? ` Here are the newest ${rows.length}.` : '';
  return [
    section(`*${what}*: ${count(rows.length + more)} you can see.${rest}`),
    ...rows.map(caseRow),
    ...(story ? [...timelineLines(story.entries.slice(-STORY_LINES)), actions(timelineButton(story.stored.ref))] : []),
  ];
}

const count = (cases: number) => (cases === 1 ? '1 case' : `${cases} cases`);

/** What a lookup says about a deleted case. */
export const deletedText = ({ ref, closedAt, deletedAt }: { ref: string; closedAt: Date; deletedAt: Date }): string =>
  `*${ref}* was closed ${dateToken(closedAt)}, and its record was deleted ${dateToken(deletedAt)}, as the retention policy says.`;
