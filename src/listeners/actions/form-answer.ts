import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { formModal } from '../../blocks/forms/modal';
import { formOf } from '../../domain/forms';
import { prune } from '../../domain/forms/engine';
import { formOutlook } from '../../services/form-context';
import { kindOfCallback, readFormMetadata } from '../../slack/ids/form';
import { readForm } from '../../slack/read-form';
import { sameLook } from '../../slack/same-look';
import type { ListenerDeps } from '../deps';
import { unlessChanged } from '../open-form';

/** The newest answer seen of each open form; an older one never draws over it. */
const MOST_FORMS = 5000;

/** An answer that others depend on was given: the form is redrawn with the questions that follow from it. */
export const formAnswered = (deps: ListenerDeps) => {
  const newest = new Map<string, string>();

  return async ({ ack, body, action, client }: SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs) => {
    await ack();
    const { view } = body;
    const kind = view && kindOfCallback(view.callback_id);
    const metadata = view && readFormMetadata(view.private_metadata);
    if (!view || !kind || !metadata) return;

    const stamp = 'action_ts' in action ? action.action_ts : '';
    if ((newest.get(view.id) ?? '') > stamp) return;
    newest.delete(view.id);
    newest.set(view.id, stamp);
    if (newest.size > MOST_FORMS) newest.delete(newest.keys().next().value ?? '');

    const form = formOf(kind);
    const catalogue = await deps.directory.catalogue();
    const answers = prune(form, readForm(form, view.state.values), catalogue);
    const context = await formOutlook(deps, form, answers, catalogue);
    if (newest.get(view.id) !== stamp) return;

    const next = formModal({ form, answers, catalogue, context, metadata });
    if (sameLook(view.blocks, next.blocks)) return;
    const drawn = await unlessChanged(client.views.update({ view_id: view.id, hash: view.hash, view: next }));
    // Somebody drew in between: this answer is newer than theirs, unless a still newer one has come or the form was
    // filed, whose confirmation must not be covered.
    if (drawn === 'changed' && newest.get(view.id) === stamp && !(await deps.cases.byId(view.id)))
      await unlessChanged(client.views.update({ view_id: view.id, view: next }));
  };
};
