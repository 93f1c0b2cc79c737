import { readPlace } from '../../slack/ids/home';
import type { ListenerDeps } from '../deps';
import type { EventArgs } from '../handlers';
import { openHome } from '../home/show-home';

/** The Home tab, where this person left it. */
export async function appHomeOpened(deps: ListenerDeps, { event }: EventArgs<'app_home_opened'>) {
  if (event.tab !== 'home') return;
  await openHome(deps, event.user, readPlace(event.view?.private_metadata));
}
