import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { readPlace } from '../../slack/ids/home';
import type { ListenerDeps } from '../deps';
import { openHome } from '../home/show-home';

/** The Home tab, where this person left it. */
export const appHomeOpened =
  (deps: ListenerDeps) =>
  async ({ event }: SlackEventMiddlewareArgs<'app_home_opened'> & AllMiddlewareArgs) => {
    if (event.tab !== 'home') return;
    await openHome(deps, event.user, readPlace(event.view?.private_metadata));
  };
