import type { BlockAction, RadioButtonsAction } from '@slack/bolt';
import type { AnyBlock } from '@slack/types';
import { saidLine } from '../../blocks/contacts/notice';
import { spContactModal } from '../../blocks/contacts/sp-contact';
import { CONTACT_FIRST } from '../../domain/contact-words';
import { formOf } from '../../domain/forms';
import { isFreeText } from '../../domain/forms/answer';
import { newAnswersFrom } from '../../domain/forms/engine';
import type { Said } from '../../domain/forms/notice';
import { remindedWords, remindMe } from '../../services/remind-me';
import {
  CONTACT_OFFERS,
  contactActionOf,
  type FormBelow,
  readContact,
  readContactWindow,
} from '../../slack/ids/contact';
import { kindOfCallback, readFormMetadata } from '../../slack/ids/form';
import { readForm } from '../../slack/read-form';
import type { ListenerDeps } from '../deps';
import { drawAnswer, stampOf } from '../draw-answer';
import { type Drawing, drawnForm } from '../drawn-form';
import { formWindow, keepBeside } from '../form-window';
import type { ActionArgs } from '../handlers';
import { openForm, sameView, unlessChanged } from '../open-form';
import { settled } from './form-buttons';

/** Whether the SP was reached decides the window's other fields. */
export async function contactReached(deps: ListenerDeps, { action, body, client }: ActionArgs<RadioButtonsAction>) {
  const { view } = body;
  const stamp = stampOf(action);
  if (!view || !deps.newest.take(view.id, stamp)) return;
  const next = spContactModal(readContactWindow(view.private_metadata), action.selected_option?.value);
  await drawAnswer(deps, { client, view, stamp, next });
}

/** A button about an SJ's contact attempts, in a form, in the confirmation of an attempt, or in a reminder. */
export async function contactButton(deps: ListenerDeps, { action, body, client, at: pressedAt }: ActionArgs) {
  const about = readContact(action.value ?? '');
  const { trigger_id: triggerId, view, user } = body;
  switch (contactActionOf(action.action_id)) {
    case 'record_attempt': {
      const below = view && formBelow(view);
      const modal = {
        trigger_id: triggerId,
        view: spContactModal({ ...about, ...(below ? { below } : {}) }, undefined),
      };
      await (view ? client.views.push(modal) : client.views.open(modal));
      if (view && below) await keepBeside(deps, keepForm(deps, user.id, view));
      return;
    }
    case 'escalate': {
      if (!CONTACT_FIRST) return;
      const form = formOf(CONTACT_FIRST);
      const answers = newAnswersFrom(form, { [form.spQuestion]: about.sp, [form.sjQuestion]: about.sj });
      const metadata = { channel: body.channel?.id ?? null, source: null };
      return void (await openForm(deps, { client, triggerId, user: user.id, form, answers, metadata }));
    }
    case 'remind_me': {
      const at = await remindMe(deps, user.id, about);
      const said: readonly Said[] = at ? remindedWords(at) : [NOTHING_LEFT];
      if (!view || (await unlessChanged(client.views.update(withOffersReplaced(view, said)))) === 'drawn') return;
      return drawnAgain(deps, { body, client, at: pressedAt }, at ? {} : { notice: NOTHING_LEFT });
    }
    case null:
      throw new Error(`No button answers to ${action.action_id}.`);
  }
}

/** A form that was drawn again on its own, without the reminder, is drawn with it, unless it is filed by now. */
async function drawnAgain(
  deps: ListenerDeps,
  { body, client, at }: Pick<ActionArgs, 'body' | 'client' | 'at'>,
  notice: Pick<Drawing, 'notice'>,
): Promise<void> {
  const opened = await settled(deps, body, at);
  if (!opened) return;
  const { view, window } = opened;
  const next = await drawnForm(deps, { ...window, user: body.user.id, ...notice });
  if (await deps.cases.byId(window.metadata.submitted ?? view.id)) return;
  await unlessChanged(client.views.update({ view_id: view.id, view: next }));
}

const NOTHING_LEFT = 'There is nothing left to wait for: go ahead.';

/** A form in progress, as it will be redrawn once the attempt is recorded. */
function formBelow({ id, callback_id, private_metadata, state }: NonNullable<BlockAction['view']>): FormBelow | null {
  const kind = kindOfCallback(callback_id);
  const metadata = readFormMetadata(private_metadata);
  if (!kind || !metadata) return null;
  const form = formOf(kind);
  const long = new Set(form.questions.filter((question) => isFreeText(question)).map((question) => question.id));
  const short = Object.entries(readForm(form, state.values)).filter(([question]) => !long.has(question));
  return { view: id, kind, answers: Object.fromEntries(short), metadata };
}

/** Everything typed joins the draft: the window above may be closed together with all others. */
async function keepForm(deps: ListenerDeps, user: string, view: NonNullable<BlockAction['view']>): Promise<void> {
  await (await formWindow(deps, user, view, deps.now()))?.keep();
}

/** The same window with the answer in place of the buttons; everything typed stays. */
function withOffersReplaced(view: NonNullable<BlockAction['view']>, said: readonly Said[]) {
  const blocks = (view.blocks as AnyBlock[]).map((block) =>
    block.block_id === CONTACT_OFFERS ? { ...saidLine(said), block_id: CONTACT_OFFERS } : block,
  );
  return { view_id: view.id, hash: view.hash, view: sameView(view, { blocks }) };
}
