import { configKindOf } from '../../../blocks/home/config-words';
import { historyBlocks } from '../../../blocks/home/history';
import { pageWithin } from '../../../domain/desk';
import { isPerson } from '../../../domain/targets';
import { within } from '../../../services/deadline';
import type { HistoryFilter } from '../../../services/ports/directory';
import type { ListenerDeps } from '../../deps';
import type { Part } from './part';

const SIZE = 10;
/** The most changes counted and paged to; the filters reach older ones. */
const MOST = 1000;
/** One option of the menu is everyone. */
const MOST_AUTHORS = 99;
/** How long the page waits for names, ms; without them, it shows ids. */
const PATIENCE_MS = 250;

/** Every change of the configuration. */
export const historyPart: Part = {
  id: 'history',
  label: 'Admin history',
  async draw(deps, _person, { page: asked, args }) {
    const what = configKindOf(args.what);
    const by = args.by && args.by !== 'all' ? args.by : null;
    const filter: HistoryFilter = { ...(what ? { what } : {}), ...(by ? { by } : {}) };
    const [total, authors] = await Promise.all([
      deps.configuration.countHistory(filter, MOST),
      deps.configuration.authors(),
    ]);
    const page = pageWithin(asked, total, SIZE);
    const events = await deps.configuration.history(filter, { skip: page * SIZE, limit: SIZE });
    const named = await Promise.all(authors.slice(0, MOST_AUTHORS).map((author) => authorOf(deps, author)));
    return historyBlocks({ events, page, size: SIZE, total, isMore: total >= MOST, what, by, authors: named });
  },
};

/** A person's name, if Slack returns it in time, or a tool's. */
async function authorOf({ slack }: ListenerDeps, author: string) {
  const found = isPerson(author) ? await within(PATIENCE_MS, slack.userById(author)).catch(() => null) : null;
  return { value: author, label: found?.name ?? author };
}
