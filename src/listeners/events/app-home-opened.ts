import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { homeView } from '../../blocks/home/home';
import { deskOf } from '../../services/desk';
import type { ListenerDeps } from '../deps';

/** The Home tab: what is this person's to do, and what they filed. */
export const appHomeOpened =
  (deps: ListenerDeps) =>
  async ({ event, client }: SlackEventMiddlewareArgs<'app_home_opened'> & AllMiddlewareArgs) => {
    if (event.tab !== 'home') return;
    await client.views.publish({ user_id: event.user, view: homeView(await deskOf(deps, event.user)) });
  };
