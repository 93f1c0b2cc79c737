import type { BlockAction, BlockElementAction } from '@slack/bolt';
import { newAnswersFrom } from '../../domain/forms/engine';
import { pageOf } from '../../domain/forms/pages';
import { STORE_PATIENCE_MS, within } from '../../services/deadline';
import { dropDraft, keepDraft } from '../../services/drafts';
import { FORM_DRAFT, type FormMetadata, packForDraft, readFormMetadata, rememberedFiles } from '../../slack/ids/form';
import { answersTypedNow, continued } from '../begin-form';
import type { ListenerDeps } from '../deps';
import { drawnForm } from '../drawn-form';
import { formWindow, keepBeside } from '../form-window';
import type { ActionArgs } from '../handlers';
import { unlessChanged } from '../open-form';

/** The window of a button that draws it anew: answers given before draw nothing anymore. Null if it is not ours. */
export async function settled(deps: ListenerDeps, { view, user }: Pick<BlockAction, 'view' | 'user'>, at: Date) {
  const window = view && (await formWindow(deps, user.id, view, at));
  if (!window) return null;
  deps.newest.end(view.id);
  return { view, window };
}

/** Turns the form into an addition to an open case, or back into a report; everything typed stays. */
export async function addToOpenCase(deps: ListenerDeps, { action, body, client, at }: ActionArgs) {
  const opened = await settled(deps, body, at);
  if (!opened) return;
  const { view, window } = opened;
  const { form, answers, line, metadata } = window;
  const { addTo: _before, ...report } = metadata;
  const drawing = {
    form,
    answers,
    line,
    metadata: action.value ? { ...report, addTo: action.value } : report,
    user: body.user.id,
  };
  const next = await drawnForm(deps, drawing);
  await unlessChanged(client.views.update({ view_id: view.id, view: next }));
  await keepBeside(deps, window.keep());
}

/** Back to the previous page, without validation; this page is stored first, because its inputs go. */
export async function formBack(deps: ListenerDeps, { body, client, at }: ActionArgs<BlockElementAction>) {
  const opened = await settled(deps, body, at);
  if (!opened) return;
  const { view, window } = opened;
  const { form, answers, metadata, page, line } = window;
  const previous = pageOf(form, answers, page).previous?.id ?? page;
  await within(STORE_PATIENCE_MS, window.keep(previous));
  const next = await drawnForm(deps, {
    form,
    answers,
    metadata: { ...metadata, page: previous },
    line,
    user: body.user.id,
  });
  await unlessChanged(client.views.update({ view_id: view.id, view: next }));
}

/** Discards the restored draft and shows the form as first opened; or restores the offered one (domain section 3). */
export async function formDraft(deps: ListenerDeps, { body, action, client, at }: ActionArgs) {
  const opened = await settled(deps, body, at);
  if (!opened) return;
  const { view, window } = opened;
  const { form, metadata, offered } = window;
  const another: FormMetadata = { ...metadata, edition: (metadata.edition ?? 0) + 1 };

  if (FORM_DRAFT.exec(action.action_id)?.[1] === 'discard') {
    await dropDraft(deps, form, { ...window.draft, at });
    const { restored: _restored, seen: _seen, place: _place, ...others } = another;
    const { page: _page, files: _files, submitted: _submitted, told, ...empty } = others;
    const blank = {
      ...empty,
      ...(told && another.given?.told ? { told } : {}),
      source: null,
      draft: at.toISOString(),
    };
    const answers = answersTypedNow(form, another, await deps.directory.catalogue());
    const next = await drawnForm(deps, { form, answers, metadata: blank, user: body.user.id });
    return void (await unlessChanged(client.views.update({ view_id: view.id, view: next })));
  }
  if (!offered) {
    const next = await drawnForm(deps, { ...window, line: undefined, user: body.user.id, notice: DRAFT_GONE });
    return void (await unlessChanged(client.views.update({ view_id: view.id, view: next })));
  }
  // What is on screen is replaced, too, including its files.
  const files = rememberedFiles([...(readFormMetadata(offered.metadata)?.files ?? []), ...(metadata.files ?? [])]);
  const answers = { ...newAnswersFrom(form, offered.answers, await deps.directory.catalogue()), ...window.answers };
  const remembering = { ...another, ...continued(offered), ...(files.length ? { files } : {}) };
  await keepDraft(deps, form, {
    ...offered,
    answers,
    metadata: packForDraft(remembering),
    updatedAt: at,
    window: view.id,
    seen: offered.updatedAt,
  });
  const next = await drawnForm(deps, {
    form,
    answers,
    metadata: remembering,
    line: { is: 'restored', keptAt: offered.updatedAt, files },
    user: body.user.id,
  });
  await unlessChanged(client.views.update({ view_id: view.id, view: next }));
}

const DRAFT_GONE = 'That draft is gone: you filed or discarded it in the meantime. What is filled in here stays.';

/** Shows the questions that few reports need. */
export async function formMore(deps: ListenerDeps, { body, client, at }: ActionArgs<BlockElementAction>) {
  const opened = await settled(deps, body, at);
  if (!opened) return;
  const { view, window } = opened;
  const { form, answers, line } = window;
  const metadata = { ...window.metadata, more: true as const };
  const next = await drawnForm(deps, { form, answers, metadata, line, user: body.user.id });
  await unlessChanged(client.views.update({ view_id: view.id, view: next }));
  await keepBeside(deps, window.keep(window.page, metadata));
}
