import type { ModalView } from '@slack/types';
import { searchFilters } from '../blocks/search/filters';
import { searchResults } from '../blocks/search/results';
import { filtersFor, readFilters, type SearchFilters } from '../domain/search';
import { logReads } from '../services/log-reads';
import { numbersFor } from '../services/numbers';
import { FIRST_PAGE, MOST_COUNTED, type PageStart, searchCases } from '../services/search-cases';
import type { ListenerDeps } from './deps';
import type { Opener } from './handlers';
import { unlessChanged } from './open-form';
import { withLinks } from './with-links';

interface SearchOpening extends Opener {
  /** What was typed already, to search for at once. Empty: the window asks. */
  readonly text: string;
}

/** Opens the search, for a command or a button: as a window that asks, or with a text, then with its results. */
export async function openSearch(deps: ListenerDeps, { client, triggerId, user, text }: SearchOpening): Promise<void> {
  const [areas, numbers] = await Promise.all([deps.directory.areas(), numbersFor(deps)]);
  const entries = filtersFor(text, numbers);
  const { view } = await client.views.open({ trigger_id: triggerId, view: searchFilters(entries, areas) });
  const read = readFilters(entries, areas, numbers);
  if (!view?.id || !text.trim() || !read.ok) return;
  const found = await resultsView(deps, read.filters, FIRST_PAGE, user);
  await unlessChanged(client.views.update({ view_id: view.id, hash: view.hash ?? '', view: found }));
}

/** The window with one page of results. */
export async function resultsView(
  deps: ListenerDeps,
  filters: SearchFilters,
  start: PageStart,
  user: string,
): Promise<ModalView> {
  const page = await searchCases(deps, filters, start, user);
  await logReads(deps, user, page.rows, 'search');
  const rows = await withLinks(deps, page.rows);
  return searchResults({ ...page, filters, rows, counted: MOST_COUNTED });
}
