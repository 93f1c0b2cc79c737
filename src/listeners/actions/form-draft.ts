import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { newAnswersFrom } from '../../domain/forms/engine';
import { dropDraft, keepDraft } from '../../services/drafts';
import { FORM_DRAFT, type FormMetadata, packForDraft, readFormMetadata, rememberedFiles } from '../../slack/ids/form';
import { answersTypedNow, continued } from '../begin-form';
import type { ListenerDeps } from '../deps';
import { drawnForm } from '../drawn-form';
import { formWindow } from '../form-window';
import type { NewestAnswers } from '../newest-answers';
import { unlessChanged } from '../open-form';

type Args = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;

/** Discards the restored draft and shows the form as first opened; or restores the offered one (domain section 3). */
export const formDraft =
  (deps: ListenerDeps, newest: NewestAnswers) =>
  async ({ ack, body, action, client }: Args) => {
    const at = deps.now();
    await ack();
    const { view, user } = body;
    const window = view && (await formWindow(deps, user.id, view, at));
    if (!view || !window) return;
    newest.end(view.id);
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
      const next = await drawnForm(deps, { form, answers, metadata: blank, user: user.id });
      return void (await unlessChanged(client.views.update({ view_id: view.id, view: next })));
    }
    if (!offered) return;
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
      user: user.id,
    });
    await unlessChanged(client.views.update({ view_id: view.id, view: next }));
  };
