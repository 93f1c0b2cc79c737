import type {
  App,
  BlockAction,
  ButtonAction,
  MessageShortcut,
  OverflowAction,
  RadioButtonsAction,
  StaticSelectAction,
} from '@slack/bolt';
import type { ToolName } from '../domain/commands';
import { CASE_KINDS, KINDS } from '../domain/kinds';
import { CASE_MORE, DIALOG_BUTTON, DIALOG_CALLBACK, DIALOG_LIVE } from '../slack/ids/case-dialog';
import { CONTACT_BUTTON, SP_CONTACT_CALLBACK, SP_CONTACT_REACHED } from '../slack/ids/contact';
import {
  CALENDAR_CALLBACK,
  CALENDAR_OPEN,
  CALENDAR_READ,
  CALENDAR_REMOVE,
  CALENDAR_RESTORE,
  COVER_BUTTON,
  COVER_CALLBACK,
} from '../slack/ids/cover';
import {
  BULK_BUTTON,
  BULK_CHOOSE,
  BULK_CONFIRM,
  HOME_CLEAR,
  HOME_COVER,
  HOME_DISCARD,
  HOME_FORM,
  HOME_SEARCH,
  HOME_SP,
  SP_FILTER_CALLBACK,
} from '../slack/ids/desk';
import { DETAILS_OPEN } from '../slack/ids/details';
import { FAILED_MORE, FAILED_RETRY_ALL } from '../slack/ids/failed';
import {
  FORM_ADD_TO,
  FORM_AGAIN,
  FORM_ANSWER,
  FORM_BACK,
  FORM_CALLBACK,
  FORM_DRAFT,
  FORM_PICK_DRIVER,
  FORM_PICK_OPTION,
  FORM_PICK_SP,
  FORM_SWITCH,
} from '../slack/ids/form';
import {
  FIGURES_CSV,
  HOME_AGAIN,
  HOME_ARG,
  HOME_PAGE,
  HOME_PART,
  HOME_TAB,
  READS_CSV,
  STANDINGS_CSV,
} from '../slack/ids/home';
import { HOME_MORE, HOME_WINDOW } from '../slack/ids/home-window';
import { IMPORT_BUTTON } from '../slack/ids/import';
import { OPEN_CARD } from '../slack/ids/open-card';
import { PREFERENCES_CALLBACK, PREFERENCES_OPEN, PREFERENCES_RESET } from '../slack/ids/preferences';
import { REPORT_FROM } from '../slack/ids/report-from';
import { SCORECARD_OPEN } from '../slack/ids/scorecard';
import { SEARCH_BUTTON, SEARCH_CALLBACK } from '../slack/ids/search';
import { messageShortcutId, SHORTCUT_KINDS } from '../slack/ids/shortcuts';
import { RECORD_EXPORT, TIMELINE_OPEN, TIMELINE_PAGES } from '../slack/ids/timeline';
import { TRANSFER_CLAIM, TRANSFER_PING } from '../slack/ids/transfer';
import { addToOpenCase } from './actions/add-to-case';
import { bulkButton } from './actions/bulk';
import { calendarOpened, calendarReadNow, calendarRemoved, calendarRestored } from './actions/calendar';
import { caseButton, caseMore, dialogChosen } from './actions/case-dialog';
import { contactButton, contactReached } from './actions/contact';
import { coverAnswer } from './actions/cover';
import { homeClear, homeCover, homeDiscard, homeForm, homeSearch, homeSp } from './actions/desk';
import { detailsOpened } from './actions/details';
import { failedMore, failedRetryAll } from './actions/failed';
import { figuresCsv } from './actions/figures-csv';
import { formAnswered } from './actions/form-answer';
import { formBack } from './actions/form-back';
import { formDraft } from './actions/form-draft';
import { formAgain, formPickDriver, formPickOption, formPickSp } from './actions/form-pick-sp';
import { homeAgain, homeArg, homePage, homePart, homeTab } from './actions/home';
import { homeMore, homeWindowButton } from './actions/home-window';
import { importButton } from './actions/import';
import { preferencesButton, preferencesReset } from './actions/preferences';
import { readsCsv } from './actions/reads-csv';
import { reportFrom } from './actions/report-from';
import { scorecardButton } from './actions/scorecard';
import { searchButton } from './actions/search';
import { standingsCsv } from './actions/standings-csv';
import { switchForm } from './actions/switch-form';
import { claimTransfer, pingSpecialists } from './actions/transfer';
import { caseLookup } from './commands/case';
import { spLookup } from './commands/sp';
import { spContact } from './commands/sp-contact';
import { warmline } from './commands/warmline';
import { who } from './commands/who';
import type { ListenerDeps } from './deps';
import { errorBoundary } from './errors';
import { appHomeOpened } from './events/app-home-opened';
import { channelIdChanged } from './events/channel-id-changed';
import { channelShared } from './events/channel-shared';
import { memberJoinedChannel } from './events/member-joined-channel';
import { messageChanged } from './events/message';
import { reactionAdded } from './events/reaction-added';
import { tellLeftOut } from './events-left-out';
import { recordExported } from './export-record';
import { createHandlers, type Handlers, type Way } from './handlers';
import { acknowledgeOnceStored, NotStoredError } from './kept-first';
import { hearByKnownIds } from './known-channels';
import { createNewestAnswers, type NewestAnswers } from './newest-answers';
import { onlyForThoseWhoMay } from './only-for';
import { onlyForUs } from './only-for-us';
import { fileFromMessage } from './shortcuts/file-from-message';
import { timelineOpened, timelineTurned } from './show-timeline';
import { typedForm } from './typed-form';
import { bulkChosen, bulkConfirmed } from './views/bulk';
import { calendarSubmitted } from './views/calendar';
import { caseDialogSubmitted } from './views/case-dialog';
import { coverSubmitted } from './views/cover';
import { formSubmitted } from './views/form';
import { formClosed } from './views/form-closed';
import { homeWindowSubmitted } from './views/home-window';
import { preferencesSubmitted } from './views/preferences';
import { searchSubmitted } from './views/search';
import { spContactSubmitted } from './views/sp-contact';
import { spFilterSubmitted } from './views/sp-filter';
import { onlyWellFormed } from './well-formed';

/** A link button opens its page by itself: Slack only needs an acknowledgment. */
const acknowledged = async ({ ack }: { ack: () => Promise<void> }) => ack();

/** The commands that do not open a form. */
const TOOLS: Readonly<Record<ToolName, (deps: ListenerDeps) => Parameters<App['command']>[1]>> = {
  '/sp-contact': spContact,
  '/case': caseLookup,
  '/sp': spLookup,
  '/who': who,
  '/warmline': warmline,
};

/** Every entry point, by Slack's own kinds; returns those found by an id. This file only maps an id to its handler. */
export function registerListeners(app: App, deps: ListenerDeps): readonly Way[] {
  app.use(onlyWellFormed(deps));
  app.use(onlyForUs(deps));
  app.use(onlyForThoseWhoMay(deps));
  for (const kind of CASE_KINDS) app.command(KINDS[kind].command, typedForm(kind)(deps));
  for (const name of Object.keys(TOOLS) as ToolName[]) app.command(name, TOOLS[name](deps));
  for (const kind of SHORTCUT_KINDS)
    app.shortcut<MessageShortcut>(
      { type: 'message_action', callback_id: messageShortcutId(kind) },
      fileFromMessage(deps, kind),
    );

  const handlers = createHandlers(app);
  const newest = createNewestAnswers();
  registerActions(handlers, deps, newest);
  registerHome(handlers, deps);
  registerWindows(handlers, deps, newest);

  app.event('message', messageChanged(deps));
  app.event('reaction_added', reactionAdded(deps));
  app.event('app_home_opened', appHomeOpened(deps));
  app.event('channel_id_changed', channelIdChanged(deps));
  app.event('channel_shared', channelShared(deps));
  app.event('channel_unshared', channelShared(deps));
  app.event('member_joined_channel', memberJoinedChannel(deps));

  const notKept = acknowledgeOnceStored(app, (leftOut) => tellLeftOut(deps, leftOut));
  hearByKnownIds(app, deps.channels);
  const boundary = errorBoundary(deps, app.client);
  app.error(async (failure: Parameters<typeof boundary>[0]) => {
    notKept(failure.body);
    if (failure.error instanceof NotStoredError)
      deps.log.info({ why: failure.error.message }, 'Slack is to send it again');
    else await boundary(failure);
  });
  return handlers.ways();
}

/** Buttons and menus of forms, cards and messages. */
function registerActions(handlers: Handlers, deps: ListenerDeps, newest: NewestAnswers): void {
  handlers.action({ action_id: FORM_ANSWER }, formAnswered(deps, newest));
  handlers.action<BlockAction<ButtonAction>>({ action_id: TRANSFER_PING }, pingSpecialists(deps, newest));
  handlers.action<BlockAction<ButtonAction>>({ action_id: TRANSFER_CLAIM }, claimTransfer(deps));
  handlers.action({ action_id: FORM_BACK }, formBack(deps, newest));
  handlers.action<BlockAction<ButtonAction>>({ action_id: FORM_DRAFT }, formDraft(deps, newest));
  handlers.action<BlockAction<ButtonAction>>({ action_id: FORM_PICK_SP }, formPickSp(deps, newest));
  handlers.action<BlockAction<ButtonAction>>({ action_id: FORM_PICK_DRIVER }, formPickDriver(deps, newest));
  handlers.action<BlockAction<ButtonAction>>({ action_id: FORM_AGAIN }, formAgain(deps, newest));
  handlers.action<BlockAction<ButtonAction>>({ action_id: FORM_PICK_OPTION }, formPickOption(deps, newest));
  handlers.action<BlockAction<ButtonAction>>({ action_id: DIALOG_BUTTON }, caseButton(deps));
  handlers.action<BlockAction<StaticSelectAction>>({ action_id: CASE_MORE }, caseMore(deps));
  handlers.action({ action_id: DIALOG_LIVE }, dialogChosen(deps));
  handlers.action<BlockAction<RadioButtonsAction>>({ block_id: SP_CONTACT_REACHED }, contactReached());
  handlers.action<BlockAction<ButtonAction>>({ action_id: CONTACT_BUTTON }, contactButton(deps));
  handlers.action<BlockAction<ButtonAction>>({ action_id: FORM_ADD_TO }, addToOpenCase(deps, newest));
  handlers.action<BlockAction<ButtonAction>>({ action_id: SEARCH_BUTTON }, searchButton(deps));
  handlers.action<BlockAction<ButtonAction>>({ action_id: SCORECARD_OPEN }, scorecardButton(deps));
  handlers.action<BlockAction<ButtonAction>>({ action_id: DETAILS_OPEN }, detailsOpened(deps));
  handlers.action<BlockAction<ButtonAction>>({ action_id: TIMELINE_OPEN }, timelineOpened(deps));
  handlers.action<BlockAction<ButtonAction>>({ action_id: TIMELINE_PAGES }, timelineTurned(deps));
  handlers.action<BlockAction<ButtonAction>>({ action_id: RECORD_EXPORT }, recordExported(deps));
  handlers.action<BlockAction<ButtonAction>>({ action_id: REPORT_FROM }, reportFrom(deps));
  handlers.action({ action_id: OPEN_CARD }, acknowledged);
  handlers.action<BlockAction<ButtonAction>>({ action_id: PREFERENCES_OPEN }, preferencesButton(deps));
  handlers.action<BlockAction<ButtonAction>>({ action_id: PREFERENCES_RESET }, preferencesReset(deps));
  handlers.action<BlockAction<ButtonAction>>({ action_id: COVER_BUTTON }, coverAnswer(deps));
  handlers.action<BlockAction<ButtonAction>>({ action_id: CALENDAR_OPEN }, calendarOpened(deps));
  handlers.action<BlockAction<ButtonAction>>({ action_id: CALENDAR_READ }, calendarReadNow(deps));
  handlers.action<BlockAction<ButtonAction>>({ action_id: CALENDAR_REMOVE }, calendarRemoved(deps));
  handlers.action<BlockAction<ButtonAction>>({ action_id: CALENDAR_RESTORE }, calendarRestored(deps));
  handlers.action<BlockAction<ButtonAction>>({ action_id: FORM_SWITCH }, switchForm(deps));
}

/** Buttons and menus of Home. */
function registerHome(handlers: Handlers, deps: ListenerDeps): void {
  handlers.action({ action_id: HOME_TAB }, homeTab(deps));
  handlers.action({ action_id: HOME_PAGE }, homePage(deps));
  handlers.action({ action_id: HOME_PART }, homePart(deps));
  handlers.action({ action_id: HOME_ARG }, homeArg(deps));
  handlers.action({ action_id: HOME_AGAIN }, homeAgain(deps));
  handlers.action({ action_id: FIGURES_CSV }, figuresCsv(deps));
  handlers.action({ action_id: READS_CSV }, readsCsv(deps));
  handlers.action({ action_id: STANDINGS_CSV }, standingsCsv(deps));
  handlers.action<BlockAction<ButtonAction>>({ action_id: HOME_WINDOW }, homeWindowButton(deps));
  handlers.action<BlockAction<OverflowAction>>({ action_id: HOME_MORE }, homeMore(deps));
  handlers.action<BlockAction<OverflowAction>>({ action_id: FAILED_MORE }, failedMore(deps));
  handlers.action<BlockAction<ButtonAction>>({ action_id: FAILED_RETRY_ALL }, failedRetryAll(deps));
  handlers.action<BlockAction<ButtonAction>>({ action_id: IMPORT_BUTTON }, importButton(deps));
  handlers.action<BlockAction<ButtonAction>>({ action_id: HOME_FORM }, homeForm(deps));
  handlers.action<BlockAction<ButtonAction>>({ action_id: HOME_DISCARD }, homeDiscard(deps));
  handlers.action<BlockAction<ButtonAction>>({ action_id: HOME_CLEAR }, homeClear(deps));
  handlers.action<BlockAction<ButtonAction>>({ action_id: HOME_SP }, homeSp());
  handlers.action<BlockAction<ButtonAction>>({ action_id: HOME_COVER }, homeCover(deps));
  handlers.action<BlockAction<ButtonAction>>({ action_id: HOME_SEARCH }, homeSearch(deps));
  handlers.action<BlockAction<ButtonAction>>({ action_id: BULK_BUTTON }, bulkButton(deps));
}

/** Windows that are submitted, or closed. */
function registerWindows(handlers: Handlers, deps: ListenerDeps, newest: NewestAnswers): void {
  handlers.submitted(FORM_CALLBACK, formSubmitted(deps, newest));
  handlers.closed(FORM_CALLBACK, formClosed(deps));
  handlers.submitted(PREFERENCES_CALLBACK, preferencesSubmitted(deps));
  handlers.submitted(COVER_CALLBACK, coverSubmitted(deps));
  handlers.submitted(CALENDAR_CALLBACK, calendarSubmitted(deps));
  handlers.submitted(SP_CONTACT_CALLBACK, spContactSubmitted(deps));
  handlers.submitted(SEARCH_CALLBACK, searchSubmitted(deps));
  handlers.submitted(HOME_WINDOW, homeWindowSubmitted(deps));
  handlers.submitted(DIALOG_CALLBACK, caseDialogSubmitted(deps));
  handlers.submitted(SP_FILTER_CALLBACK, spFilterSubmitted(deps));
  handlers.submitted(BULK_CHOOSE, bulkChosen(deps));
  handlers.submitted(BULK_CONFIRM, bulkConfirmed(deps));
}
