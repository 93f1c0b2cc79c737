import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { ListenerDeps } from '../deps';
import { drawnForm } from '../drawn-form';
import { formWindow, keepBeside } from '../form-window';
import type { NewestAnswers } from '../newest-answers';
import { unlessChanged } from '../open-form';

/** Turns the form into an addition to an open case, or back into a report; everything typed stays. */
export const addToOpenCase =
  (deps: ListenerDeps, newest: NewestAnswers) =>
  async ({ ack, action, body, client }: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs) => {
    const at = deps.now();
    await ack();
    const { view, user } = body;
    const window = view && (await formWindow(deps, user.id, view, at));
    if (!view || !window) return;
    newest.end(view.id);
    const { form, answers, line, metadata } = window;
    const { addTo: _before, ...report } = metadata;
    const drawing = {
      form,
      answers,
      line,
      metadata: action.value ? { ...report, addTo: action.value } : report,
      user: user.id,
    };
    const next = await drawnForm(deps, drawing);
    await unlessChanged(client.views.update({ view_id: view.id, view: next }));
    await keepBeside(deps, window.keep());
  };
