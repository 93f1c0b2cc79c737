import { newAnswersFrom } from '../../domain/forms/engine';
import { dropDraft } from '../../services/drafts';
import { FORM_DRAFT, type FormMetadata, readFormMetadata, rememberedFiles } from '../../slack/ids/form';
import { answersTypedNow, continued } from '../begin-form';
import type { ListenerDeps } from '../deps';
import { drawnForm } from '../drawn-form';
import { formWindow } from '../form-window';
import type { ActionArgs } from '../handlers';
import { unlessChanged } from '../open-form';

/** Discards the restored draft and shows the form as first opened; or restores the offered one (domain section 3). */
export async function formDraft(deps: ListenerDeps, { body, action, client, at }: ActionArgs) {
  const { view, user } = body;
  const window = view && (await formWindow(deps, user.id, view, at));
  if (!view || !window) return;
  deps.newest.end(view.id);
  const { form, metadata, offered } = window;
  const another: FormMetadata = { ...metadata, edition: (metadata.edition ?? 0) + 1 };

  if (FORM_DRAFT.exec(action.action_id)?.[1] === 'discard') {
    await dropDraft(deps, user.id, form, at);
    const { restored: _restored, page: _page, files: _files, submitted: _submitted, told, ...empty } = another;
    const blank = {
      ...empty,
      ...(told && another.given?.told ? { told } : {}),
      source: null,
      draft: at.toISOString(),
    };
    const answers = answersTypedNow(form, another, await deps.directory.catalogue());
    const next = await drawnForm(deps, { form, answers, metadata: blank, user: user.id });
    return void (await unlessChanged(client.views.update({ view_id: view.id, view: next })));
  }
  if (!offered) return;
  await window.keep();
  // What is on screen is replaced, too, including its files.
  const files = rememberedFiles([...(readFormMetadata(offered.metadata)?.files ?? []), ...(metadata.files ?? [])]);
  const answers = { ...newAnswersFrom(form, offered.answers, await deps.directory.catalogue()), ...window.answers };
  const next = await drawnForm(deps, {
    form,
    answers,
    metadata: {
      ...another,
      ...continued(offered),
      ...(files.length ? { files } : {}),
    },
    line: { is: 'restored', keptAt: offered.updatedAt, files },
    user: user.id,
  });
  await unlessChanged(client.views.update({ view_id: view.id, view: next }));
}
