import type {
  App,
  BlockAction,
  ButtonAction,
  MessageShortcut,
  RadioButtonsAction,
  StaticSelectAction,
} from '@slack/bolt';
import { CASE_MORE, DIALOG_BUTTON, DIALOG_CALLBACK } from '../slack/ids/case-dialog';
import { CONTACT_BUTTON, SP_CONTACT_CALLBACK, SP_CONTACT_REACHED } from '../slack/ids/contact';
import { FORM_ADD_TO, FORM_ANSWER, FORM_BACK, FORM_CALLBACK, FORM_DRAFT, FORM_SWITCH } from '../slack/ids/form';
import { OPEN_CARD } from '../slack/ids/open-card';
import { MESSAGE_SHORTCUTS, type MessageShortcutId } from '../slack/ids/shortcuts';
import { TRANSFER_CLAIM, TRANSFER_PING } from '../slack/ids/transfer';
import { addToOpenCase } from './actions/add-to-case';
import { caseButton, caseMore } from './actions/case-dialog';
import { contactButton, contactReached } from './actions/contact';
import { formAnswered } from './actions/form-answer';
import { formBack } from './actions/form-back';
import { formDraft } from './actions/form-draft';
import { switchForm } from './actions/switch-form';
import { claimTransfer, pingSpecialists } from './actions/transfer';
import { caseLookup } from './commands/case';
import { escalate } from './commands/escalate';
import { highRisk } from './commands/high-risk';
import { leadership } from './commands/leadership';
import { providerReport } from './commands/provider-report';
import { spLookup } from './commands/sp';
import { spContact } from './commands/sp-contact';
import { spFeedback } from './commands/sp-feedback';
import { warmline } from './commands/warmline';
import { who } from './commands/who';
import type { ListenerDeps } from './deps';
import { errorBoundary } from './errors';
import { appHomeOpened } from './events/app-home-opened';
import { memberJoinedChannel } from './events/member-joined-channel';
import { messageChanged } from './events/message';
import { fileFromMessage } from './shortcuts/file-from-message';
import { createTurns } from './turns';
import { caseDialogSubmitted } from './views/case-dialog';
import { formSubmitted } from './views/form';
import { formClosed } from './views/form-closed';
import { spContactSubmitted } from './views/sp-contact';

/** A link button opens its page by itself: Slack only wants to hear that we know. */
const acknowledged = async ({ ack }: { ack: () => Promise<void> }) => ack();

/** Every way into Warmline, by Slack's own kinds. This file only maps an id to its handler. */
export function registerListeners(app: App, deps: ListenerDeps): void {
  app.command('/escalate', escalate(deps));
  app.command('/high-risk', highRisk(deps));
  app.command('/provider-report', providerReport(deps));
  app.command('/leadership', leadership(deps));
  app.command('/sp-contact', spContact());
  app.command('/sp-feedback', spFeedback(deps));
  app.command('/case', caseLookup(deps));
  app.command('/sp', spLookup(deps));
  app.command('/who', who(deps));
  app.command('/warmline', warmline(deps));

  const turns = createTurns();
  app.action({ type: 'block_actions', action_id: FORM_ANSWER }, formAnswered(deps, turns));
  app.action<BlockAction<ButtonAction>>(
    { type: 'block_actions', action_id: TRANSFER_PING },
    pingSpecialists(deps, turns),
  );
  app.action<BlockAction<ButtonAction>>({ type: 'block_actions', action_id: TRANSFER_CLAIM }, claimTransfer(deps));
  app.action({ type: 'block_actions', action_id: FORM_BACK }, formBack(deps, turns));
  app.action<BlockAction<ButtonAction>>({ type: 'block_actions', action_id: FORM_DRAFT }, formDraft(deps, turns));
  app.action<BlockAction<ButtonAction>>({ type: 'block_actions', action_id: DIALOG_BUTTON }, caseButton(deps));
  app.action<BlockAction<StaticSelectAction>>({ type: 'block_actions', action_id: CASE_MORE }, caseMore(deps));

  app.action<BlockAction<RadioButtonsAction>>(
    { type: 'block_actions', block_id: SP_CONTACT_REACHED },
    contactReached(),
  );
  app.action<BlockAction<ButtonAction>>({ type: 'block_actions', action_id: CONTACT_BUTTON }, contactButton(deps));
  app.action<BlockAction<ButtonAction>>({ type: 'block_actions', action_id: FORM_ADD_TO }, addToOpenCase(deps));
  app.action({ type: 'block_actions', action_id: OPEN_CARD }, acknowledged);

  app.action<BlockAction<ButtonAction>>({ type: 'block_actions', action_id: FORM_SWITCH }, switchForm(deps));

  for (const id of Object.keys(MESSAGE_SHORTCUTS) as MessageShortcutId[])
    app.shortcut<MessageShortcut>({ type: 'message_action', callback_id: id }, fileFromMessage(deps, id));

  app.view(FORM_CALLBACK, formSubmitted(deps, turns));
  app.view({ type: 'view_closed', callback_id: FORM_CALLBACK }, formClosed(deps));
  app.view(SP_CONTACT_CALLBACK, spContactSubmitted(deps));
  app.view(DIALOG_CALLBACK, caseDialogSubmitted(deps));

  app.event('message', messageChanged(deps));
  app.event('app_home_opened', appHomeOpened(deps));
  app.event('member_joined_channel', memberJoinedChannel(deps));

  app.error(errorBoundary(deps, app.client));
}
