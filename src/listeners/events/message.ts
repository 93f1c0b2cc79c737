import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import type { Outsider } from '../../domain/outsider';
import { maskedNotice } from '../../domain/personal-data';
import { caseOfThread, forgetReply, mirrorReply } from '../../services/mirror-thread';
import { type Heard, readGone, readHeard } from '../../slack/read-message';
import { isCard } from '../../slack/thread-root';
import type { ListenerDeps } from '../deps';
import { hearInDm } from '../hear-in-dm';
import { NotKeptError } from '../kept-first';
import { outsiderOf } from '../outsider-of';
import { sentNow } from '../sent-now';
import { tellPrivately } from '../tell';
import { wordsOfMessage } from '../words-of-message';

type Args = SlackEventMiddlewareArgs<'message'> & AllMiddlewareArgs;

/** What people write under a card becomes notes of the case; what they write to Warmline alone is answered. */
export const messageChanged =
  (deps: ListenerDeps) =>
  async ({ event, client, context }: Args) => {
    const gone = readGone(event);
    if (gone) return forgetReply(deps, gone);
    const heard = readHeard(event, context.botId);
    if (!heard) return;
    const outsider = () => outsiderIn(deps, heard, context);
    if (heard.isDirect) return hearInDm(deps, client, heard, outsider);
    const { threadTs } = heard;
    if (!threadTs) return;
    // Side by side, replies of one thread would only take each other's write away, and read the case again and again.
    const keep = () => underCard(deps, client, { ...heard, threadTs }, outsider);
    if (await deps.threadsInTurn(`${heard.channel}:${threadTs}`, keep)) return;
    // A card is marked as posted after Slack has it, and by another instance when its sender died in between.
    if (heard.under === context.botUserId && (await isCard(client, heard.channel, threadTs)))
      throw new NotKeptError('A reply under a card that is not marked as posted yet.');
  };

const outsiderIn = (
  deps: ListenerDeps,
  { author: user, team, name }: Heard,
  { teamId, enterpriseId }: Args['context'],
): Promise<Outsider | null> => outsiderOf(deps, { user, team, name }, { teamId, enterpriseId });

/** False when no case is known whose card the thread hangs under. */
async function underCard(
  deps: ListenerDeps,
  client: Args['client'],
  heard: Heard & { readonly threadTs: string },
  outsider: () => Promise<Outsider | null>,
): Promise<boolean> {
  const stored = await caseOfThread(deps, heard);
  if (!stored) return false;
  // An app may write for a person; what it says in its own name is no word of anybody's.
  if (heard.byApp && (await deps.people.account(heard.author)).isBot) return true;
  const { version, author, channel } = heard;
  const reply =
    version === 'deleted'
      ? { ...heard, version: 'new' as const, text: null }
      : { ...heard, version, text: (await wordsOfMessage(deps, heard.message)) || WORDLESS };
  const mirrored = await mirrorReply(deps, stored, reply, await outsider());
  if (!mirrored) return true;
  const { ref, masked, refused, letter } = mirrored;
  await sentNow(deps, letter);
  const place = { client, user: author, channel };
  if (refused) await tellPrivately(place, `Your reply was not kept on the case. ${refused}`);
  if (masked.length)
    await tellPrivately(
      place,
      `${ref}: ${maskedNotice(masked)} Your message in the thread still shows it: edit or delete it there.`,
    );
  return true;
}

const WORDLESS = '(a message without words: see it in the thread)';
