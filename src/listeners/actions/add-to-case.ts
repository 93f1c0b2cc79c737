import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { addedModal, notAddedModal } from '../../blocks/forms/added';
import { addToCase } from '../../services/add-to-case';
import { dropDraft } from '../../services/drafts';
import type { ListenerDeps } from '../deps';
import { formWindow, keepBeside } from '../form-window';
import { unlessKeptFrom } from '../open-form';
import { tellPrivately } from '../tell';

/**
 * What was typed goes to a case that is open already, and the form is done; refused, the form stays as it is under a
 * window that says why.
 */
export const addToOpenCase =
  (deps: ListenerDeps) =>
  async ({ ack, action, body, client }: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs) => {
    await ack();
    const { view } = body;
    const user = body.user.id;
    const typed = view && (await formWindow(deps, user, view, deps.now()));
    if (!view || !typed) return;
    const { form, answers } = typed;
    const added = await addToCase(deps, { ref: String(action.value ?? ''), form, answers, by: user, key: view.id });
    if (!added.ok) {
      await client.views.push({ trigger_id: body.trigger_id, view: notAddedModal(added.reason) });
      return;
    }
    const shown = client.views.update({ view_id: view.id, view: addedModal(added.stored, added.masked) });
    if ((await unlessKeptFrom(shown)) === 'changed')
      await tellPrivately({ client, user, channel: null }, `What you typed was added to ${added.stored.ref}.`);
    await keepBeside(deps, dropDraft(deps, user, form, deps.now()));
  };
