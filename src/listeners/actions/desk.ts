import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { coverModal } from '../../blocks/covers/modal';
import { spFilterWindow } from '../../blocks/home/windows/sp-filter';
import { formOf } from '../../domain/forms';
import { coverBoard } from '../../services/covers';
import { dropDraft, liveDraft } from '../../services/drafts';
import { HOME_FORM, readKind } from '../../slack/ids/desk';
import { packPlace, readPlace } from '../../slack/ids/home';
import type { ListenerDeps } from '../deps';
import { showHome } from '../home/show-home';
import { openForm } from '../open-form';
import { openSearch } from '../open-search';

type Args = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;

/** A button of Home opens a form; a draft of it is restored. */
export const homeForm =
  (deps: ListenerDeps) =>
  async ({ ack, action, body, client }: Args) => {
    await ack();
    const kind = readKind(HOME_FORM.exec(action.action_id)?.[1]);
    if (!kind) throw new Error(`No form answers to ${action.action_id}.`);
    await openForm(deps, {
      client,
      triggerId: body.trigger_id,
      user: body.user.id,
      form: formOf(kind),
      answers: {},
      metadata: { channel: null, source: null },
    });
  };

/** Discards a draft, after a confirmation. */
export const homeDiscard =
  (deps: ListenerDeps) =>
  async ({ ack, action, body }: Args) => {
    await ack();
    const kind = readKind(action.value);
    if (!kind) throw new Error(`There is no form ${action.value} to discard a draft of.`);
    const form = formOf(kind);
    const { user, place, updatedAt: seen } = (await liveDraft(deps, body.user.id, form)) ?? {};
    if (user) await dropDraft(deps, form, { user, place, seen, at: deps.now() });
    await showHome(deps, body.user.id, readPlace(body.view?.private_metadata));
  };

/** Removes all filters from the queue, except for whose cases it shows. */
export const homeClear =
  (deps: ListenerDeps) =>
  async ({ ack, body }: Args) => {
    await ack();
    const place = readPlace(body.view?.private_metadata);
    const { scope } = place.args;
    await showHome(deps, body.user.id, { ...place, page: 0, args: scope ? { scope } : {} });
  };

/** Opens the window that asks for an SP. */
export const homeSp =
  () =>
  async ({ ack, body, client }: Args) => {
    await ack();
    const place = readPlace(body.view?.private_metadata);
    const view = spFilterWindow(packPlace(place), place.args.sp ?? '');
    await client.views.open({ trigger_id: body.trigger_id, view });
  };

/** Opens the window of this person's covers. */
export const homeCover =
  (deps: ListenerDeps) =>
  async ({ ack, body, client }: Args) => {
    await ack();
    const board = await coverBoard(deps, body.user.id);
    if (board) await client.views.open({ trigger_id: body.trigger_id, view: coverModal(board) });
  };

/** Opens the search over all cases that this person may read. */
export const homeSearch =
  (deps: ListenerDeps) =>
  async ({ ack, body, client }: Args) => {
    await ack();
    await openSearch(deps, { client, triggerId: body.trigger_id, user: body.user.id, text: '' });
  };
