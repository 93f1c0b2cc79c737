import { readPlace } from '../../slack/ids/home';
import { readDialogValues } from '../../slack/read-dialog';
import type { ListenerDeps } from '../deps';
import type { SubmitArgs } from '../handlers';
import { showHome } from '../home/show-home';

/** An SP was entered: the queue shows only its cases, or all again if the field was empty. */
export async function spFilterSubmitted(deps: ListenerDeps, { ack, body, view }: SubmitArgs) {
  const sp = String(readDialogValues(view.state.values).sp ?? '').trim();
  await ack();
  const place = readPlace(view.private_metadata);
  const { sp: _before, ...others } = place.args;
  await showHome(deps, body.user.id, { ...place, page: 0, args: sp ? { ...others, sp } : others });
}
