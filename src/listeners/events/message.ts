import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import type { Outsider } from '../../domain/outsider';
import { maskedNotice } from '../../domain/personal-data';
import { caseOfThread, mirrorReply } from '../../services/mirror-thread';
import { type Heard, readHeard } from '../../slack/read-message';
import type { ListenerDeps } from '../deps';
import { hearInDm } from '../hear-in-dm';
import { outsiderOf } from '../outsider-of';
import { sentNow } from '../sent-now';
import { tellPrivately } from '../tell';
import { wordsOfMessage } from '../words-of-message';

type Args = SlackEventMiddlewareArgs<'message'> & AllMiddlewareArgs;

/** What people write under a card becomes notes of the case; what they write to Warmline alone is answered. */
export const messageChanged =
  (deps: ListenerDeps) =>
  async ({ event, client, context }: Args) => {
    const heard = readHeard(event, context.botId);
    if (!heard) return;
    const outsider = () => outsiderIn(deps, heard, context);
    if (heard.isDirect) return hearInDm(deps, client, heard, outsider);
    if (heard.threadTs) await underCard(deps, client, { ...heard, threadTs: heard.threadTs }, outsider);
  };

const outsiderIn = (
  deps: ListenerDeps,
  { author: user, team, name }: Heard,
  { teamId, enterpriseId }: Args['context'],
): Promise<Outsider | null> => outsiderOf(deps, { user, team, name }, { teamId, enterpriseId });

async function underCard(
  deps: ListenerDeps,
  client: Args['client'],
  heard: Heard & { readonly threadTs: string },
  outsider: () => Promise<Outsider | null>,
): Promise<void> {
  const stored = await caseOfThread(deps, heard);
  // An app may write for a person; what it says in its own name is no word of anybody's.
  if (!stored || (heard.byApp && (await deps.people.account(heard.author)).isBot)) return;
  const { version, author, channel } = heard;
  const reply =
    version === 'deleted'
      ? { ...heard, version: 'new' as const, text: null }
      : { ...heard, version, text: (await wordsOfMessage(deps, heard.message)) || WORDLESS };
  const mirrored = await mirrorReply(deps, stored, reply, await outsider());
  if (!mirrored) return;
  const { ref, masked, refused, letter } = mirrored;
  await sentNow(deps, letter);
  const place = { client, user: author, channel };
  if (refused) await tellPrivately(place, `Your reply is not kept on the case. ${refused}`);
  if (masked.length)
    await tellPrivately(
      place,
      `${ref}: ${maskedNotice(masked)} Your message in the thread still shows it: edit or delete it there.`,
    );
}

const WORDLESS = '(a message without words: see it in the thread)';
