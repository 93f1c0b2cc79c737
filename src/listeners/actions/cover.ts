import { coverAnswered } from '../../blocks/covers/message';
import { coverWindow } from '../../blocks/covers/modal';
import { answerCover, coverBoard } from '../../services/covers';
import { readCoverChoice } from '../../slack/ids/cover';
import type { ListenerDeps } from '../deps';
import type { ActionArgs } from '../handlers';
import { unlessChanged } from '../open-form';
import { changeOrTell, tellPrivately } from '../tell';

/** Accepts, declines or withdraws a cover; the message then shows its new state. */
export async function coverAnswer(deps: ListenerDeps, { action, body, client }: ActionArgs) {
  const answer = readCoverChoice(action.action_id);
  if (!answer) throw new Error(`No cover answers to ${action.action_id}.`);
  const { channel, message, view, user } = body;
  const { cover, refused } = await answerCover(deps, String(action.value ?? ''), user.id, answer);
  const place = { client, user: user.id, channel: channel?.id ?? null };
  if (refused) await tellPrivately(place, refused);
  if (cover && channel && message && cover.deputy === user.id)
    await changeOrTell(place, { channel: channel.id, ts: message.ts }, coverAnswered(cover));
  if (!view) return;
  const next = coverWindow(await coverBoard(deps, user.id));
  await unlessChanged(client.views.update({ view_id: view.id, view: next }));
}
