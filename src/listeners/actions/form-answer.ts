import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { toldBy } from '../../domain/forms/carry-over';
import { prune } from '../../domain/forms/engine';
import type { Answers, Form } from '../../domain/forms/form';
import { type FormMetadata, questionOfBlock } from '../../slack/ids/form';
import { shownInputs } from '../../slack/read-form';
import { sameLook } from '../../slack/same-look';
import type { ListenerDeps } from '../deps';
import { drawnForm } from '../drawn-form';
import { type FormWindow, formWindow, keepBeside } from '../form-window';
import { unlessChanged } from '../open-form';
import type { Turns } from '../turns';

type Args = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;

/**
 * An answer that others depend on was given: the form is redrawn with the questions that follow from it, and beside
 * that everything on screen is kept as a draft (domain section 3).
 */
export const formAnswered =
  (deps: ListenerDeps, turns: Turns) =>
  async ({ ack, body, action, client }: Args) => {
    const at = deps.now();
    await ack();
    const { view } = body;
    const stamp = 'action_ts' in action ? action.action_ts : '';
    if (!view || !turns.take(view.id, stamp)) return;
    const window = await formWindow(deps, body.user.id, view, at);
    if (!window) return;
    await Promise.all([keepBeside(deps, window.keep()), redraw(window)]);

    async function redraw({ form, answers: given, metadata, line }: FormWindow) {
      if (!view) return;
      const told = untold(form, metadata, shownInputs(view));
      const answers = prune(form, { ...told, ...given }, await deps.directory.catalogue());
      const next = await drawnForm(deps, { form, answers, metadata, line, user: body.user.id });
      if (!turns.has(view.id, stamp) || sameLook(view.blocks, next.blocks)) return;
      const drawn = await unlessChanged(client.views.update({ view_id: view.id, hash: view.hash, view: next }));
      // Somebody drew in between: this answer is newer than theirs, unless a still newer one has come or the form was
      // filed, whose confirmation must not be covered.
      if (drawn === 'changed' && turns.has(view.id, stamp) && !(await deps.cases.byId(metadata.submitted ?? view.id)))
        await unlessChanged(client.views.update({ view_id: view.id, view: next }));
    }
  };

/** The words of the message that the form was begun from, for questions that were not on screen so far. */
function untold(form: Form, { source, told: words }: FormMetadata, shown: readonly string[]): Answers {
  const known = new Set(shown.map(questionOfBlock));
  const told = Object.entries(toldBy(form, source?.text ?? words ?? ''));
  return Object.fromEntries(told.filter(([id]) => !known.has(id)));
}
