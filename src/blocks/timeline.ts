import type { Button, KnownBlock, ModalView } from '@slack/types';
import type { Sight } from '../domain/access';
import type { CaseFacts } from '../domain/case';
import type { Entry } from '../domain/timeline';
import { packTimelinePage, RECORD_EXPORT, TIMELINE_OPEN, TIMELINE_WAYS, timelinePageId } from '../slack/ids/timeline';
import { dialogButton } from './case-dialog';
import { actions, button, literalSection, shown } from './lines';
import type { Message } from './message';
import { type Part, richLines, WHEN } from './rich-text';
import { keptBy, openTitle } from './subject';
import { escapeText, plainText, truncate } from './text';

/** How much of a quotation is shown; all of it is in the thread. */
const QUOTED = 200;

/** What happened to a case, one line each. */
export const timelineLines = (entries: readonly Entry[]): KnownBlock[] =>
  entries.length ? [richLines(entries.map(entryLine))] : [];

const entryLine = ({ at, line, quoted }: Entry): Part[] => [
  { date: at, format: WHEN },
  '  ',
  ...line,
  ...(quoted ? [' ', { italic: `“${truncate(quoted.replace(/\s+/g, ' '), QUOTED)}”` }] : []),
];

/** Starts the thread of a card that came from another channel; null if there is nothing to show. */
export function storySoFar({ ref }: CaseFacts, entries: readonly Entry[], earlier: number): Message | null {
  if (!entries.length) return null;
  const before: Part[][] = earlier ? [['… and ', { bold: `${earlier} earlier` }, ': see More → Timeline.']] : [];
  return {
    text: escapeText(`${ref}: what happened so far`),
    blocks: [richLines([[{ bold: 'What happened so far' }], ...before, ...entries.map(entryLine)])],
  };
}

export const timelineButton = (ref: string): Button => button(TIMELINE_OPEN, 'Timeline', ref);

export interface TimelineView {
  readonly stored: CaseFacts;
  readonly sight: Sight;
  readonly entries: readonly Entry[];
  /** The text of a need-to-know case: not everyone who may read it sees its card. */
  readonly text?: readonly KnownBlock[];
  readonly earlier: number | null;
  readonly later: number | null;
  readonly mayExport: boolean;
}

/** The timeline of a case as a window, a page at a time. */
export function timelineWindow(view: TimelineView): ModalView {
  const { stored, sight, entries, text = [], earlier, later, mayExport } = view;
  const { ref } = stored;
  const buttons: Button[] = [
    ...(earlier === null ? [] : [turn('earlier', 'Earlier', ref, earlier)]),
    ...(later === null ? [] : [turn('later', 'Later', ref, later)]),
    ...(mayExport ? [exportButton(ref)] : []),
  ];
  return shown('Timeline', [
    { type: 'context', elements: [plainText(`${ref} · ${openTitle(stored)}`, 300)] },
    ...(sight === 'text' ? [] : [literalSection(`🔒 ${keptBy(stored)}`, dialogButton('ask_access', ref))]),
    ...text,
    ...(entries.length ? timelineLines(entries) : [richLines([['Nothing here that you may see.']])]),
    ...(buttons.length ? [{ ...actions(...buttons), block_id: TIMELINE_WAYS }] : []),
  ]);
}

/** The button that exports the record as a file that proves itself. */
const exportButton = (ref: string): Button => button(RECORD_EXPORT, 'Export record', ref);

const turn = (to: 'earlier' | 'later', words: string, ref: string, until: number): Button =>
  button(timelinePageId(to), words, packTimelinePage(ref, until));
