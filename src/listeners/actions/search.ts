import type { ViewOutput } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import { searchFilters } from '../../blocks/search/filters';
import { withNotice } from '../../blocks/search/results';
import { readSearch, searchActionOf } from '../../slack/ids/search';
import type { ListenerDeps } from '../deps';
import { exportSearch } from '../export-search';
import type { ActionArgs } from '../handlers';
import { unlessChanged, unlessLimited } from '../open-form';
import { resultsView } from '../open-search';

/** A button of the results: another page, the search again, or a file with all of them. */
export async function searchButton(deps: ListenerDeps, { action, body, client }: ActionArgs) {
  const { view } = body;
  const pressed = searchActionOf(action.action_id);
  if (!view || !pressed) return;
  const user = body.user.id;
  const { filters, ...pages } = readSearch(view.private_metadata);
  const show = (next: ModalView, unless = unlessChanged) =>
    unless(client.views.update({ view_id: view.id, hash: view.hash, view: next }));

  switch (pressed) {
    case 'change':
      // Also over a page that came in the meantime: its own buttons mean the same search.
      return void (await unlessChanged(
        client.views.update({ view_id: view.id, view: searchFilters(filters, await deps.directory.areas()) }),
      ));
    case 'export':
      return exportSearch(deps, user, filters, async (word) => void (await show(noticed(view, word), unlessLimited)));
    default: {
      const start = pages[pressed];
      if (!start) return;
      try {
        await show(await resultsView(deps, filters, start, user));
      } catch (error) {
        deps.log.error({ err: error, view: view.id }, 'a page of a search was not answered');
        await show(noticed(view, 'The next cases could not be read right now. Press the button again in a moment.'));
      }
    }
  }
}

const noticed = ({ blocks, private_metadata }: ViewOutput, text: string): ModalView =>
  withNotice({ blocks: blocks as KnownBlock[], private_metadata }, text);
