import type { BlockAction, BlockElementAction, webApi } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { sameLook } from '../slack/same-look';
import type { ListenerDeps } from './deps';
import { unlessChanged } from './open-form';

interface Drawing {
  readonly client: webApi.WebClient;
  /** The window as Slack reported it with the answer. */
  readonly view: NonNullable<BlockAction['view']>;
  /** See `stampOf`. */
  readonly stamp: string;
  readonly next: ModalView;
  /** Whether the window shows something else by now that must not be covered. */
  readonly isOver?: () => Promise<boolean>;
}

/** When an answer was given. */
export const stampOf = (action: BlockElementAction): string => ('action_ts' in action ? action.action_ts : '');

/** Draws what follows from the newest answer in a window, even if an older answer is drawn at the same time. */
export async function drawAnswer({ newest }: ListenerDeps, drawing: Drawing): Promise<void> {
  const { client, view, stamp, next, isOver = async () => false } = drawing;
  const isNewest = () => newest.has(view.id, stamp);
  if (!isNewest() || (sameLook(view.blocks, next.blocks) && !newest.isDrawnOver(view.id, view.hash))) return;
  newest.drawOver(view.id, view.hash);
  const drawn = await unlessChanged(client.views.update({ view_id: view.id, hash: view.hash, view: next }));
  if (drawn === 'changed' && isNewest() && !(await isOver()))
    await unlessChanged(client.views.update({ view_id: view.id, view: next }));
}
