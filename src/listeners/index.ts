import type { App, MessageShortcut } from '@slack/bolt';
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
  FORM_MORE,
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
import { bulkButton } from './actions/bulk';
import { calendarOpened, calendarReadNow, calendarRemoved, calendarRestored } from './actions/calendar';
import { caseButton, caseMore, dialogChosen } from './actions/case-dialog';
import { contactButton, contactReached } from './actions/contact';
import { coverAnswer } from './actions/cover';
import { homeClear, homeCover, homeDiscard, homeForm, homeSearch, homeSp } from './actions/desk';
import { detailsOpened } from './actions/details';
import { failedMore, failedRetryAll } from './actions/failed';
import { figuresCsv } from './actions/figures-csv';
import { formAgain, formAnswered, formPickDriver, formPickOption, formPickSp } from './actions/form-answer';
import { addToOpenCase, formBack, formDraft, formMore } from './actions/form-buttons';
import { homeAgain, homeArg, homePage, homePart, homeTab } from './actions/home';
import { homeMore, homeWindowButton } from './actions/home-window';
import { importButton } from './actions/import';
import { preferencesButton, preferencesReset } from './actions/preferences';
import { readsCsv } from './actions/reads-csv';
import { reportFrom } from './actions/report-from';
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
import { type CommandArgs, createHandlers, type Handlers, type Way } from './handlers';
import { acknowledgeOnceStored, NotStoredError } from './kept-first';
import { hearByKnownIds } from './known-channels';
import { onlyForThoseWhoMay } from './only-for';
import { onlyForUs } from './only-for-us';
import { fileFromMessage } from './shortcuts/file-from-message';
import { scorecardButton } from './show-scorecard';
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

/** A link button opens its page by itself. */
const opened = async () => undefined;

/** The commands that do not open a form. */
const TOOLS: Readonly<Record<ToolName, (deps: ListenerDeps, args: CommandArgs) => Promise<unknown>>> = {
  '/sp-contact': spContact,
  '/case': caseLookup,
  '/sp': spLookup,
  '/who': who,
  '/warmline': warmline,
};

/** Every entry point, by Slack's own kinds; returns those found by an id. This file only maps an id to its handler. */
export function registerListeners(app: App, deps: ListenerDeps): readonly Way[] {
  app.use((args) => onlyWellFormed(deps, args));
  app.use((args) => onlyForUs(deps, args));
  app.use((args) => onlyForThoseWhoMay(deps, args));
  for (const kind of CASE_KINDS)
    app.command(KINDS[kind].command, async (args) => void (await typedForm(deps, kind, args)));
  for (const name of Object.keys(TOOLS) as ToolName[])
    app.command(name, async (args) => void (await TOOLS[name](deps, args)));
  for (const kind of SHORTCUT_KINDS)
    app.shortcut<MessageShortcut>({ type: 'message_action', callback_id: messageShortcutId(kind) }, (args) =>
      fileFromMessage(deps, kind, args),
    );

  const handlers = createHandlers(app, deps);
  registerActions(handlers);
  registerHome(handlers);
  registerWindows(handlers);

  app.event('message', (args) => messageChanged(deps, args));
  app.event('reaction_added', (args) => reactionAdded(deps, args));
  app.event('app_home_opened', (args) => appHomeOpened(deps, args));
  app.event('channel_id_changed', (args) => channelIdChanged(deps, args));
  app.event('channel_shared', (args) => channelShared(deps, args));
  app.event('channel_unshared', (args) => channelShared(deps, args));
  app.event('member_joined_channel', (args) => memberJoinedChannel(deps, args));

  const notKept = acknowledgeOnceStored(app, (leftOut) => tellLeftOut(deps, leftOut));
  hearByKnownIds(app, deps.channels);
  app.error(async (failure: Parameters<typeof errorBoundary>[2]) => {
    notKept(failure.body);
    if (failure.error instanceof NotStoredError)
      deps.log.info({ why: failure.error.message }, 'Slack is to send it again');
    else await errorBoundary(deps, app.client, failure);
  });
  return handlers.ways();
}

/** Buttons and menus of forms, cards and messages. */
function registerActions(handlers: Handlers): void {
  handlers.action(FORM_ANSWER, formAnswered);
  handlers.action(TRANSFER_PING, pingSpecialists);
  handlers.action(TRANSFER_CLAIM, claimTransfer);
  handlers.action(FORM_BACK, formBack);
  handlers.action(FORM_DRAFT, formDraft);
  handlers.action(FORM_PICK_SP, formPickSp);
  handlers.action(FORM_PICK_DRIVER, formPickDriver);
  handlers.action(FORM_AGAIN, formAgain);
  handlers.action(FORM_MORE, formMore);
  handlers.action(FORM_PICK_OPTION, formPickOption);
  handlers.action(DIALOG_BUTTON, caseButton);
  handlers.action(CASE_MORE, caseMore);
  handlers.action(DIALOG_LIVE, dialogChosen);
  handlers.block(SP_CONTACT_REACHED, contactReached);
  handlers.action(CONTACT_BUTTON, contactButton);
  handlers.action(FORM_ADD_TO, addToOpenCase);
  handlers.action(SEARCH_BUTTON, searchButton);
  handlers.action(SCORECARD_OPEN, scorecardButton);
  handlers.action(DETAILS_OPEN, detailsOpened);
  handlers.action(TIMELINE_OPEN, timelineOpened);
  handlers.action(TIMELINE_PAGES, timelineTurned);
  handlers.action(RECORD_EXPORT, recordExported);
  handlers.action(REPORT_FROM, reportFrom);
  handlers.action(OPEN_CARD, opened);
  handlers.action(PREFERENCES_OPEN, preferencesButton);
  handlers.action(PREFERENCES_RESET, preferencesReset);
  handlers.action(COVER_BUTTON, coverAnswer);
  handlers.action(CALENDAR_OPEN, calendarOpened);
  handlers.action(CALENDAR_READ, calendarReadNow);
  handlers.action(CALENDAR_REMOVE, calendarRemoved);
  handlers.action(CALENDAR_RESTORE, calendarRestored);
  handlers.action(FORM_SWITCH, switchForm);
}

/** Buttons and menus of Home. */
function registerHome(handlers: Handlers): void {
  handlers.action(HOME_TAB, homeTab);
  handlers.action(HOME_PAGE, homePage);
  handlers.action(HOME_PART, homePart);
  handlers.action(HOME_ARG, homeArg);
  handlers.action(HOME_AGAIN, homeAgain);
  handlers.action(FIGURES_CSV, figuresCsv);
  handlers.action(READS_CSV, readsCsv);
  handlers.action(STANDINGS_CSV, standingsCsv);
  handlers.action(HOME_WINDOW, homeWindowButton);
  handlers.action(HOME_MORE, homeMore);
  handlers.action(FAILED_MORE, failedMore);
  handlers.action(FAILED_RETRY_ALL, failedRetryAll);
  handlers.action(IMPORT_BUTTON, importButton);
  handlers.action(HOME_FORM, homeForm);
  handlers.action(HOME_DISCARD, homeDiscard);
  handlers.action(HOME_CLEAR, homeClear);
  handlers.action(HOME_SP, homeSp);
  handlers.action(HOME_COVER, homeCover);
  handlers.action(HOME_SEARCH, homeSearch);
  handlers.action(BULK_BUTTON, bulkButton);
}

function registerWindows(handlers: Handlers): void {
  handlers.submitted(FORM_CALLBACK, formSubmitted);
  handlers.closed(FORM_CALLBACK, formClosed);
  handlers.submitted(PREFERENCES_CALLBACK, preferencesSubmitted);
  handlers.submitted(COVER_CALLBACK, coverSubmitted);
  handlers.submitted(CALENDAR_CALLBACK, calendarSubmitted);
  handlers.submitted(SP_CONTACT_CALLBACK, spContactSubmitted);
  handlers.submitted(SEARCH_CALLBACK, searchSubmitted);
  handlers.submitted(HOME_WINDOW, homeWindowSubmitted);
  handlers.submitted(DIALOG_CALLBACK, caseDialogSubmitted);
  handlers.submitted(SP_FILTER_CALLBACK, spFilterSubmitted);
  handlers.submitted(BULK_CHOOSE, bulkChosen);
  handlers.submitted(BULK_CONFIRM, bulkConfirmed);
}
