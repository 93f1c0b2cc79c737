import { bulkChooseWindow } from '../../blocks/home/windows/bulk';
import { readQueueFilters } from '../../domain/queue';
import { bulkContext, movable } from '../../services/bulk';
import { personOf } from '../../services/standing';
import { BULK_MOST, bulkOfButton } from '../../slack/ids/desk';
import { readPlace } from '../../slack/ids/home';
import type { ListenerDeps } from '../deps';
import type { ActionArgs } from '../handlers';

/** Opens the window that chooses among the cases on screen, and those after them, for one move on all. */
export async function bulkButton(deps: ListenerDeps, { action, body, client }: ActionArgs) {
  const move = bulkOfButton(action.action_id);
  if (!move) throw new Error(`No button answers to ${action.action_id}.`);
  const { args, page } = readPlace(body.view?.private_metadata);
  const person = await personOf(deps, body.user.id);
  const filters = readQueueFilters(args, person);
  const { cases, onPage } = await movable(deps, person, { filters, page, move, most: BULK_MOST });
  const context = await bulkContext(deps, cases, body.user.id);
  await client.views.open({
    trigger_id: body.trigger_id,
    view: bulkChooseWindow(move, cases, onPage, context),
  });
}
