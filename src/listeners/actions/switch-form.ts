import type { BlockAction } from '@slack/bolt';
import { formOf } from '../../domain/forms';
import { carryOver } from '../../domain/forms/carry-over';
import {
  type FormMetadata,
  kindOfCallback,
  packFormMetadata,
  readFormMetadata,
  readSwitch,
  usedIn,
} from '../../slack/ids/form';
import { readForm } from '../../slack/read-form';
import type { Opening } from '../begin-form';
import type { ListenerDeps } from '../deps';
import { formWindow, keepBeside, withPresses } from '../form-window';
import { type ActionArgs, openerOf } from '../handlers';
import { openForm, sameView, unlessChanged } from '../open-form';
import { tellPrivately } from '../tell';

type View = NonNullable<BlockAction['view']>;

/**
 * Continues in a form that fits better, with everything that fits into it (domain sections 3, 4 and 6). It opens on top
 * of the first one, which can still be filed as well, unless its text is need-to-know by then (`endFormer`); whichever
 * is filed links to the other.
 */
export async function switchForm(deps: ListenerDeps, { action, body, client, at }: ActionArgs) {
  const { to, from } = readSwitch(action.value);
  const { view } = body;
  const begun = from ? await filed(deps, from, body) : view && inHand(deps, view);
  if (!to || !begun) return tellPrivately({ client, user: body.user.id, channel: body.channel?.id ?? null }, GONE);
  const form = formOf(to);
  const opening = openForm(deps, {
    ...openerOf({ client, body }),
    above: view !== undefined,
    form,
    answers: carryOver(begun.form, form, begun.answers),
    metadata: {
      ...placeOf(begun.metadata),
      continues: from ?? view?.id,
      ...(from ? {} : { from: begun.form.kind }),
    },
  });
  const isInHand = view && !from;
  const [opened] = await Promise.all([opening, isInHand && keepBeside(deps, kept(deps, body.user.id, view, at))]);
  if (!opened || !view || from) return;
  const continuedBy = [...(begun.metadata.continuedBy ?? []), opened].slice(-5);
  const next = sameView(view, { private_metadata: packFormMetadata({ ...begun.metadata, continuedBy }) });
  await unlessChanged(client.views.update({ view_id: view.id, hash: view.hash, view: next }));
}

const GONE =
  'That report is not in the records anymore, so no other form can continue from it. Type a command to begin a new one.';

/** The draft of a form in progress is its window's, whatever wrote it before: `endFormer` can end it. */
const kept = async (deps: ListenerDeps, user: string, view: View, at: Date) =>
  (await formWindow(deps, user, view, at))?.keep();

/** A form in progress. Its window stays as drawn, so it does not remember presses on their way: their drawing does. */
function inHand(deps: ListenerDeps, view: View): Opening | null {
  const kind = kindOfCallback(view.callback_id);
  const metadata = readFormMetadata(view.private_metadata);
  const form = kind && formOf(kind);
  if (!form || !metadata) return null;
  const { answers: pressed } = withPresses(deps, view.id, metadata);
  return { form, metadata, answers: { ...readForm(form, view.state.values), ...pressed } };
}

/** A filed report, named by its reporter's confirmation. The next one is confirmed in the same place. */
async function filed(
  { cases }: ListenerDeps,
  id: string,
  { user, channel, response_url }: Pressed,
): Promise<Opening | null> {
  const stored = await cases.byId(id);
  if (stored?.reporter !== user.id) return null;
  const { source } = stored;
  const inChannel = channel && !channel.id.startsWith('D') ? channel.id : null;
  return {
    form: formOf(stored.kind),
    answers: stored.answers,
    metadata: {
      ...usedIn(inChannel, inChannel ? response_url : undefined),
      source: source && { channel: source.channel, ts: source.ts, author: source.author },
    },
  };
}
type Pressed = Pick<BlockAction, 'user' | 'channel' | 'response_url'>;

const placeOf = ({ channel, source, answerAt }: FormMetadata): FormMetadata => ({
  channel,
  source,
  ...(answerAt ? { answerAt } : {}),
});
