import type {
  AllMiddlewareArgs,
  BlockAction,
  ButtonAction,
  RadioButtonsAction,
  SlackActionMiddlewareArgs,
} from '@slack/bolt';
import type { AnyBlock, ModalView } from '@slack/types';
import { saidLine } from '../../blocks/contacts/notice';
import { spContactModal } from '../../blocks/contacts/sp-contact';
import { formOf } from '../../domain/forms';
import { newAnswersFrom } from '../../domain/forms/engine';
import type { Said } from '../../domain/forms/notice';
import { remindedWords, remindMe } from '../../services/remind-me';
import { CONTACT_OFFERS, contactActionOf, readContact } from '../../slack/ids/contact';
import type { ListenerDeps } from '../deps';
import { openForm, unlessChanged } from '../open-form';

type Args<A extends ButtonAction | RadioButtonsAction> = SlackActionMiddlewareArgs<BlockAction<A>> & AllMiddlewareArgs;

/** Whether the SP was reached decides what else the window asks. */
export const contactReached =
  () =>
  async ({ ack, action, body, client }: Args<RadioButtonsAction>) => {
    await ack();
    const { view } = body;
    if (!view) return;
    const next = spContactModal(readContact(view.private_metadata), action.selected_option?.value);
    await unlessChanged(client.views.update({ view_id: view.id, hash: view.hash, view: next }));
  };

/** A button about an SJ's contact attempts, in a form, in the confirmation of an attempt, or in a reminder. */
export const contactButton =
  (deps: ListenerDeps) =>
  async ({ ack, action, body, client }: Args<ButtonAction>) => {
    await ack();
    const about = readContact(action.value ?? '');
    const { trigger_id: triggerId, view } = body;
    switch (contactActionOf(action.action_id)) {
      case 'record_attempt': {
        const modal = { trigger_id: triggerId, view: spContactModal(about, undefined) };
        return void (await (view ? client.views.push(modal) : client.views.open(modal)));
      }
      case 'escalate': {
        const form = formOf('exception');
        const answers = newAnswersFrom(form, { [form.spQuestion]: about.sp, [form.sjQuestion]: about.sj });
        const metadata = { channel: body.channel?.id ?? null, source: null };
        return void (await openForm(deps, { client, triggerId, user: body.user.id, form, answers, metadata }));
      }
      case 'remind_me': {
        const at = await remindMe(deps, body.user.id, about);
        const said: readonly Said[] = at ? remindedWords(at) : ['There is nothing to wait for any more: go on.'];
        return void (view && (await unlessChanged(client.views.update(withOffersReplaced(view, said)))));
      }
      case null:
        throw new Error(`No button answers to ${action.action_id}.`);
    }
  };

/** The same window with what was said in place of the buttons; everything typed stays. */
function withOffersReplaced(view: NonNullable<BlockAction['view']>, said: readonly Said[]) {
  const { callback_id, private_metadata, title, submit, close, notify_on_close } = view;
  const blocks = (view.blocks as AnyBlock[]).map((block) =>
    block.block_id === CONTACT_OFFERS ? { ...saidLine(said), block_id: CONTACT_OFFERS } : block,
  );
  const next: ModalView = {
    type: 'modal',
    callback_id,
    private_metadata,
    title: title as ModalView['title'],
    ...(submit ? { submit: submit as NonNullable<ModalView['submit']> } : {}),
    ...(close ? { close: close as NonNullable<ModalView['close']> } : {}),
    notify_on_close: Boolean(notify_on_close),
    blocks,
  };
  return { view_id: view.id, hash: view.hash, view: next };
}
