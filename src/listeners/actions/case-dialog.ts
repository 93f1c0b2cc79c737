import type { BlockAction, BlockElementAction, StaticSelectAction } from '@slack/bolt';
import { dialogModal } from '../../blocks/case-dialog';
import { dialogOf, isMoveType } from '../../domain/move';
import { dialogContext, mayOpen } from '../../services/dialog-context';
import { DIALOG_BUTTON, DIALOG_CALLBACK, readDialog, readDialogButton, readMore } from '../../slack/ids/case-dialog';
import { readScorecard } from '../../slack/ids/scorecard';
import { readTimeline } from '../../slack/ids/timeline';
import { readDialogValues } from '../../slack/read-dialog';
import type { ListenerDeps } from '../deps';
import { drawAnswer, stampOf } from '../draw-answer';
import { type ActionArgs, openerOf } from '../handlers';
import { makeAtOnce } from '../make-at-once';
import { openScorecard } from '../show-scorecard';
import { openTimeline } from '../show-timeline';
import { tellPrivately } from '../tell';

/** A card's button opens its dialog. */
export async function caseButton(deps: ListenerDeps, args: ActionArgs) {
  const move = DIALOG_BUTTON.exec(args.action.action_id)?.[1] ?? '';
  await openDialog(deps, args, move, readDialogButton(String(args.action.value ?? '')));
}

/** An option of the card's More menu opens its dialog, the SP's scorecard or the timeline. */
export async function caseMore(deps: ListenerDeps, args: ActionArgs<StaticSelectAction>) {
  const { body, client, action } = args;
  const opening = { ...openerOf({ client, body }), channel: body.channel?.id ?? null };
  const account = readScorecard(action.selected_option.value);
  if (account !== null) return openScorecard(deps, { ...opening, account });
  const told = readTimeline(action.selected_option.value);
  if (told !== null) return openTimeline(deps, told, opening);
  const choice = readMore(action.selected_option.value);
  await openDialog(deps, args, choice?.move ?? '', readDialogButton(choice?.ref ?? ''));
}

/** A choice that other fields depend on: the dialog is redrawn, and what was typed stays. */
export async function dialogChosen(deps: ListenerDeps, { action, body, client }: ActionArgs<BlockElementAction>) {
  const { view, user } = body;
  const move = DIALOG_CALLBACK.exec(view?.callback_id ?? '')?.[1] ?? '';
  const stamp = stampOf(action);
  if (!view || !dialogOf(move) || !isMoveType(move) || !deps.newest.take(view.id, stamp)) return;
  const { ref, channel, about } = readDialog(view.private_metadata);
  const opened = await mayOpen(deps, ref, move, user.id);
  // If it is not possible anymore, submitting it says why.
  if (!opened.ok) return;
  const context = await dialogContext(deps, opened.stored, { reader: user.id, move, about });
  const next = dialogModal(move, opened.stored, context, channel, readDialogValues(view.state.values));
  await drawAnswer(deps, { client, view, stamp, next });
}

/** The key of this press: Slack repeats it with the same timestamp. */
const pressOf = ({ user, actions: [action] }: BlockAction): string =>
  `press:${user.id}:${action ? stampOf(action) : ''}`;

async function openDialog(
  deps: ListenerDeps,
  { body, client }: ActionArgs | ActionArgs<StaticSelectAction>,
  move: string,
  { ref, about }: ReturnType<typeof readDialogButton>,
): Promise<void> {
  const place = { client, user: body.user.id, channel: body.channel?.id ?? null };
  const dialog = dialogOf(move);
  if (!dialog || !isMoveType(move))
    return tellPrivately(place, 'This button belongs to an older card. Use the newest card of the case.');
  const opened = await mayOpen(deps, ref, move, body.user.id);
  if (!opened.ok) return tellPrivately(place, opened.reason);
  const { stored } = opened;
  // A window has no place to show what was promised; a row of Home is redrawn with it.
  if (dialog.atOnce && body.view?.type !== 'modal')
    return makeAtOnce(deps, { ...place, stored, move, about, key: pressOf(body), isShown: body.view?.type === 'home' });
  const context = await dialogContext(deps, stored, { reader: body.user.id, move, about });
  const opening = { trigger_id: body.trigger_id, view: dialogModal(move, stored, context, place.channel) };
  // A button in a window opens on top of it.
  await (body.view?.type === 'modal' ? client.views.push(opening) : client.views.open(opening));
}
