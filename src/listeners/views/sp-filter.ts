import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { readPlace } from '../../slack/ids/home';
import { readDialogValues } from '../../slack/read-dialog';
import type { ListenerDeps } from '../deps';
import { showHome } from '../home/show-home';

/** An SP was entered: the queue shows only its cases, or all again if the field was empty. */
export const spFilterSubmitted =
  (deps: ListenerDeps) =>
  async ({ ack, body, view }: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs) => {
    const sp = String(readDialogValues(view.state.values).sp ?? '').trim();
    await ack();
    const place = readPlace(view.private_metadata);
    const { sp: _before, ...others } = place.args;
    await showHome(deps, body.user.id, { ...place, page: 0, args: sp ? { ...others, sp } : others });
  };
