import type { App, BlockAction, ButtonAction, StaticSelectAction } from '@slack/bolt';
import { CASE_MORE, DIALOG_BUTTON, DIALOG_CALLBACK } from '../slack/ids/case-dialog';
import { FORM_ANSWER, FORM_CALLBACK } from '../slack/ids/form';
import { OPEN_CARD } from '../slack/ids/open-card';
import { caseButton, caseMore } from './actions/case-dialog';
import { formAnswered } from './actions/form-answer';
import { spFeedback } from './commands/sp-feedback';
import { warmline } from './commands/warmline';
import type { ListenerDeps } from './deps';
import { errorBoundary } from './errors';
import { appHomeOpened } from './events/app-home-opened';
import { memberJoinedChannel } from './events/member-joined-channel';
import { messageChanged } from './events/message';
import { caseDialogSubmitted } from './views/case-dialog';
import { formSubmitted } from './views/form';

/** A link button opens its page by itself, a closed form is gone: Slack only wants to hear that we know. */
const acknowledged = async ({ ack }: { ack: () => Promise<void> }) => ack();

/** Every way into Warmline, by Slack's own kinds. This file only maps an id to its handler. */
export function registerListeners(app: App, deps: ListenerDeps): void {
  app.command('/sp-feedback', spFeedback(deps));
  app.command('/warmline', warmline());

  app.action({ type: 'block_actions', action_id: FORM_ANSWER }, formAnswered(deps));
  app.action<BlockAction<ButtonAction>>({ type: 'block_actions', action_id: DIALOG_BUTTON }, caseButton(deps));
  app.action<BlockAction<StaticSelectAction>>({ type: 'block_actions', action_id: CASE_MORE }, caseMore(deps));

  app.action({ type: 'block_actions', action_id: OPEN_CARD }, acknowledged);

  app.view(FORM_CALLBACK, formSubmitted(deps));
  app.view({ type: 'view_closed', callback_id: FORM_CALLBACK }, acknowledged);
  app.view(DIALOG_CALLBACK, caseDialogSubmitted(deps));

  app.event('message', messageChanged(deps));
  app.event('app_home_opened', appHomeOpened(deps));
  app.event('member_joined_channel', memberJoinedChannel(deps));

  app.error(errorBoundary(deps, app.client));
}
