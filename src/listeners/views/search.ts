import { fault } from '../../domain/moves/dialog';
import { readFilters } from '../../domain/search';
import { DeadlineError, STORE_PATIENCE_MS, within } from '../../services/deadline';
import { numbersFor } from '../../services/numbers';
import { FIRST_PAGE } from '../../services/search-cases';
import { readSearchEntries } from '../../slack/read-search';
import type { ListenerDeps } from '../deps';
import type { SubmitArgs } from '../handlers';
import { resultsView } from '../open-search';
import { withFaults } from '../tell';

/** A search was submitted: the window shows the results, or stays with what is wrong and everything typed. */
export async function searchSubmitted(deps: ListenerDeps, { ack, body, view }: SubmitArgs) {
  const entries = readSearchEntries(view.state.values);
  const outcome = await within(STORE_PATIENCE_MS, search()).catch((error: unknown) => {
    deps.log.error({ err: error, view: view.id }, 'a search was not answered');
    return fault('text', error instanceof DeadlineError ? TOO_WIDE : NOT_READ);
  });
  if ('faults' in outcome) return ack(withFaults(outcome.faults));
  return ack({ response_action: 'update', view: outcome.view });

  async function search() {
    const read = readFilters(entries, await deps.directory.areas(), await numbersFor(deps));
    if (!read.ok) return { faults: read.faults };
    return { view: await resultsView(deps, read.filters, FIRST_PAGE, body.user.id) };
  }
}

const TOO_WIDE =
  'This takes too long. Narrow it by days, by an SP or by an SJ, and press Search again; what you entered is still here.';
const NOT_READ =
  'The cases could not be read right now. What you entered is still here: press Search again in a moment.';
