import type { HomeView, KnownBlock } from '@slack/types';
import { amount } from '../../domain/wording';
import {
  HOME_AGAIN,
  HOME_WAYS,
  type HomePlace,
  type HomeTab,
  homePageId,
  homeTabId,
  packPlace,
} from '../../slack/ids/home';
import { actions, button, literalSection, note } from '../lines';
import { withSteadyIds } from '../steady';

/** Slack's own limit of blocks in a view. */
const MOST_BLOCKS = 100;

/** A Home view: the row of tabs, then the tab's content. Throws if it exceeds Slack's limit. */
export function homeFrame(
  place: HomePlace,
  tabs: readonly { readonly id: HomeTab; readonly label: string }[],
  blocks: readonly KnownBlock[],
): HomeView {
  const row: KnownBlock = {
    type: 'actions',
    block_id: 'home_tabs', // the same on every tab, so that a click during a redraw still arrives
    elements: tabs.map(({ id, label }) => ({
      ...button(homeTabId(id), label, id),
      ...(id === place.tab ? { style: 'primary' as const } : {}),
    })),
  };
  const all = tabs.length > 1 ? [row, ...blocks] : [...blocks];
  if (all.length > MOST_BLOCKS) throw new Error(`Home has ${all.length} blocks; Slack takes ${MOST_BLOCKS}.`);
  return { type: 'home', private_metadata: packPlace(place), blocks: withSteadyIds(all) };
}

/** A page of a list. */
export interface Paged {
  readonly page: number;
  readonly size: number;
  readonly total: number;
  /** There are more than `total`, but no pages for them. */
  readonly isMore?: boolean | undefined;
}

/** How many of how many are on screen, with buttons to the adjacent pages; nothing for a list that fits. */
export function pager({ page, size, total, isMore = false }: Paged): KnownBlock[] {
  if (total <= size) return [];
  const first = page * size + 1;
  const last = Math.min(total, (page + 1) * size);
  const way = (to: 'back' | 'on', text: string, value: number) => button(homePageId(to), text, String(value));
  const ways = [
    ...(page > 0 ? [way('back', '‹ Back', page - 1)] : []),
    ...(last < total ? [way('on', 'Next ›', page + 1)] : []),
  ];
  return [
    note(`${first}–${last} of ${amount(total)}${isMore ? '+' : ''}`),
    { ...actions(...ways), block_id: HOME_WAYS },
  ];
}

/** Replaces a Home that could not be read. */
export const unreadBlocks = (): KnownBlock[] => [
  literalSection(
    'Warmline could not read this right now. Nothing is lost; it is reconnecting to the records.',
    button(HOME_AGAIN, 'Try again'),
  ),
];
