import type { OverflowAction } from '@slack/bolt';
import { personOf } from '../../services/standing';
import { readPlace } from '../../slack/ids/home';
import { HOME_WINDOW, readHomeMore, readWindow } from '../../slack/ids/home-window';
import type { ListenerDeps } from '../deps';
import type { ActionArgs } from '../handlers';
import { windowOf } from '../home/windows';
import { tellPrivately } from '../tell';

export async function homeWindowButton(deps: ListenerDeps, args: ActionArgs) {
  const window = HOME_WINDOW.exec(args.action.action_id)?.[1] ?? '';
  await openWindow(deps, args, { window, key: args.action.value ?? '' });
}

/** An option of a row's menu opens its window. */
export async function homeMore(deps: ListenerDeps, args: ActionArgs<OverflowAction>) {
  await openWindow(deps, args, readHomeMore(args.action.selected_option.value ?? ''));
}

/** Opens a window of Home for an admin; others are told by an ephemeral message. */
export async function openWindow(
  deps: ListenerDeps,
  { body, client }: ActionArgs | ActionArgs<OverflowAction>,
  { window: id, key }: { readonly window: string; readonly key: string },
): Promise<void> {
  const place = { client, user: body.user.id, channel: null };
  const window = windowOf(id);
  if (!window) return tellPrivately(place, 'This button belongs to an older page. Open the Home again.');
  const person = await personOf(deps, body.user.id);
  if (!person.isAdmin) return tellPrivately(place, NOT_YOURS);
  // A button of another window opens on top of it, about what is being edited there.
  const below = body.view?.type === 'modal' ? readWindow(body.view.private_metadata) : null;
  const about = below ? { ...below, key } : { key, place: readPlace(body.view?.private_metadata) };
  const drawn = await window.open(deps, person, about);
  if ('refused' in drawn) return tellPrivately(place, drawn.refused);
  const opening = { trigger_id: body.trigger_id, view: drawn.view };
  await (below ? client.views.push(opening) : client.views.open(opening));
}

export const NOT_YOURS = 'Only admins can change this. Ask one of them; nothing was changed.';
