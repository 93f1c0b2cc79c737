import type { ActionsBlock, KnownBlock, ModalView } from '@slack/types';
import { stateWord } from '../../domain/case-words';
import { KINDS } from '../../domain/kinds';
import { outcomeLabel } from '../../domain/outcomes';
import type { SearchFilters } from '../../domain/search';
import { amount } from '../../domain/wording';
import {
  packSearch,
  SEARCH_NOTICE,
  SEARCH_WAYS,
  type SearchAction,
  type SearchMetadata,
  searchButtonId,
} from '../../slack/ids/search';
import { actions, button, section } from '../lines';
import { type CaseRow, caseRow } from '../lookup/case-row';
import { withSteadyIds } from '../steady';
import { escapeWithin, mrkdwn, plainText, userMention } from '../text';

/** A page of results; see `FoundPage`. */
export interface ResultsInput extends SearchMetadata {
  readonly rows: readonly CaseRow[];
  readonly place: number;
  readonly total: number | null;
  /** The limit of the count. */
  readonly counted: number;
}

/** The window with the results, and its buttons. */
export function searchResults({ filters, newer, older, rows, place, total, counted }: ResultsInput): ModalView {
  return frame(packSearch({ filters, newer, older }), [
    section(summary(filters), way('change', 'Change the search')),
    section(rows.length ? position(place, rows.length, total, counted) : NOTHING),
    ...rows.map(caseRow),
    ...ways(newer !== null, older !== null, rows.length > 0),
  ]);
}

const NOTHING =
  '*Nothing found that you can read.* Search matches whole words: `leak*` also finds leaks and leaking. Cases of other areas, and need-to-know ones, do not show to everyone.';

/** "1-10 of 43", "41-43 of 43", "1-10 of more than 100". */
function position(place: number, shown: number, total: number | null, counted: number): string {
  const last = place + shown - 1;
  const span = last > place ? `${amount(place)}-${amount(last)}` : amount(place);
  // Cases filed since the first page can exceed the count.
  const all = total === null ? `more than ${amount(counted)}` : amount(Math.max(total, last));
  return `*${span} of ${all}*, newest first`;
}

function ways(newer: boolean, older: boolean, any: boolean): ActionsBlock[] {
  const elements = [
    ...(newer ? [way('newer', '‹ Newer')] : []),
    ...(older ? [way('older', 'Older ›')] : []),
    ...(any ? [way('export', 'Export CSV')] : []),
  ];
  return elements.length ? [{ ...actions(...elements), block_id: SEARCH_WAYS }] : [];
}

const way = (action: SearchAction, label: string) => button(searchButtonId(action), label);

/** The search, in words. */
function summary(filters: SearchFilters): string {
  const { text, ref, account, sj, kinds, states, outcomes, area, from, to, filedBy } = filters;
  const plain = (words: string) => escapeWithin(words, 300);
  const parts = [
    text && `“${plain(text)}”`,
    ref && plain(ref),
    account && `SP ${plain(account)}`,
    sj && `SJ ${plain(sj)}`,
    kinds?.map((kind) => KINDS[kind].label).join(' or '),
    states?.map(stateWord).join(' or '),
    outcomes?.map(outcomeLabel).join(' or '),
    area && `area ${plain(area)}`,
    from && to ? `filed ${from} to ${to}` : from ? `filed since ${from}` : to && `filed up to ${to}`,
    filedBy && `filed by ${userMention(filedBy)}`,
  ].filter(Boolean);
  return parts.length ? `🔎 ${parts.join('  ·  ')}` : '🔎 All cases that you can read';
}

/** The same window with a line below its head about the last press. */
export function withNotice(
  shown: { blocks: readonly KnownBlock[]; private_metadata: string },
  text: string,
): ModalView {
  const [head, ...rest] = shown.blocks.filter((block) => block.block_id !== SEARCH_NOTICE);
  const notice: KnownBlock = { type: 'section', block_id: SEARCH_NOTICE, text: mrkdwn(text) };
  return frame(shown.private_metadata, [...(head ? [head] : []), notice, ...rest]);
}

const frame = (private_metadata: string, blocks: KnownBlock[]): ModalView => ({
  type: 'modal',
  private_metadata,
  title: plainText('Search cases', 24),
  close: plainText('Close'),
  blocks: withSteadyIds(blocks),
});
