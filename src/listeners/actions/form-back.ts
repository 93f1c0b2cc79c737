import type { BlockElementAction } from '@slack/bolt';
import { pageOf } from '../../domain/forms/pages';
import { STORE_PATIENCE_MS, within } from '../../services/deadline';
import type { ListenerDeps } from '../deps';
import { drawnForm } from '../drawn-form';
import { formWindow } from '../form-window';
import type { ActionArgs } from '../handlers';
import { unlessChanged } from '../open-form';

/** Back to the previous page, without validation; this page is stored first, because its inputs go. */
export async function formBack(deps: ListenerDeps, { body, client, at }: ActionArgs<BlockElementAction>) {
  const { view, user } = body;
  const window = view && (await formWindow(deps, user.id, view, at));
  if (!view || !window) return;
  deps.newest.end(view.id);
  const { form, answers, metadata, page, line } = window;
  const previous = pageOf(form, answers, page).previous?.id ?? page;
  await within(STORE_PATIENCE_MS, window.keep(previous));
  const next = await drawnForm(deps, {
    form,
    answers,
    metadata: { ...metadata, page: previous },
    line,
    user: user.id,
  });
  await unlessChanged(client.views.update({ view_id: view.id, view: next }));
}
