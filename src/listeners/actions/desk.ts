import { coverWindow } from '../../blocks/covers/modal';
import { spFilterWindow } from '../../blocks/home/windows/sp-filter';
import { formOf } from '../../domain/forms';
import { coverBoard } from '../../services/covers';
import { dropDraft, liveDrafts } from '../../services/drafts';
import { HOME_FORM, readDraft, readKind } from '../../slack/ids/desk';
import { packPlace, readPlace } from '../../slack/ids/home';
import type { ListenerDeps } from '../deps';
import { type ActionArgs, openerOf } from '../handlers';
import { showHome } from '../home/show-home';
import { openForm } from '../open-form';
import { openSearch } from '../open-search';

/** A button of Home opens a form; a draft of it is restored. */
export async function homeForm(deps: ListenerDeps, { action, body, client }: ActionArgs) {
  const kind = readKind(HOME_FORM.exec(action.action_id)?.[1]);
  if (!kind) throw new Error(`No form answers to ${action.action_id}.`);
  await openForm(deps, {
    ...openerOf({ client, body }),
    form: formOf(kind),
    answers: {},
    metadata: { channel: null, source: null },
  });
}

/** Discards the draft on screen, after a confirmation. */
export async function homeDiscard(deps: ListenerDeps, { action, body }: ActionArgs) {
  const shown = readDraft(action.value);
  if (!shown) throw new Error(`There is no form ${action.value} to discard a draft of.`);
  const form = formOf(shown.kind);
  const drafts = await liveDrafts(deps, body.user.id, form);
  const draft = drafts.find(({ startedAt }) => shown.startedAt === null || +startedAt === shown.startedAt);
  if (draft)
    await dropDraft(deps, form, { user: draft.user, place: draft.place, seen: draft.updatedAt, at: deps.now() });
  await showHome(deps, body.user.id, readPlace(body.view?.private_metadata));
}

/** Removes all filters from the queue, except for whose cases it shows. */
export async function homeClear(deps: ListenerDeps, { body }: ActionArgs) {
  const place = readPlace(body.view?.private_metadata);
  const { scope } = place.args;
  await showHome(deps, body.user.id, { ...place, page: 0, args: scope ? { scope } : {} });
}

/** Opens the window that asks for an SP. */
export async function homeSp(_deps: ListenerDeps, { body, client }: ActionArgs) {
  const place = readPlace(body.view?.private_metadata);
  const view = spFilterWindow(packPlace(place), place.args.sp ?? '');
  await client.views.open({ trigger_id: body.trigger_id, view });
}

/** Opens the window of this person's covers. */
export async function homeCover(deps: ListenerDeps, { body, client }: ActionArgs) {
  const view = coverWindow(await coverBoard(deps, body.user.id));
  await client.views.open({ trigger_id: body.trigger_id, view });
}

/** Opens the search over all cases that this person may read. */
export async function homeSearch(deps: ListenerDeps, { body, client }: ActionArgs) {
  await openSearch(deps, { ...openerOf({ client, body }), text: '' });
}
