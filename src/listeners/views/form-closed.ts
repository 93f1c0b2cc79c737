import { STORE_PATIENCE_MS, within } from '../../services/deadline';
import { readFormMetadata } from '../../slack/ids/form';
import type { ListenerDeps } from '../deps';
import { formWindow, keepBeside } from '../form-window';
import type { ClosedArgs } from '../handlers';
import { redrawHome } from '../home/show-home';

/** A form was closed without filing: all of it is stored, even what Slack had not reported yet (domain section 3). */
export async function formClosed(deps: ListenerDeps, { ack, body, view }: ClosedArgs) {
  const at = deps.now();
  // Slack does not guarantee a closed window's state: without it, the stored draft stays.
  const isReported = Object.keys(view.state?.values ?? {}).length > 0;
  const opened = readFormMetadata(view.private_metadata);
  const keep = async () => isReported && (await formWindow(deps, body.user.id, view, at))?.keep();
  await keepBeside(deps, within(STORE_PATIENCE_MS, keep()));
  await ack();
  if (!opened || opened.channel || opened.source) return;
  // It was opened from Home, which is on screen again and lists the draft.
  await redrawHome(deps, body.user.id).catch((error: unknown) => {
    deps.log.warn({ err: error, user: body.user.id }, 'a Home could not be redrawn; it will be when it is next opened');
  });
}
