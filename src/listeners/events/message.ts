import type { Outsider } from '../../domain/outsider';
import { maskedNotice } from '../../domain/personal-data';
import { answerMention } from '../../services/hear-direct';
import { caseOfThread, forgetReply, type Mirrored, mirrorReply } from '../../services/mirror-thread';
import { UnknownCompanyError } from '../../slack/companies';
import { type Heard, readGone, readHeard } from '../../slack/read-message';
import { isCard } from '../../slack/thread-root';
import type { ListenerDeps } from '../deps';
import type { EventArgs } from '../handlers';
import { handleDm } from '../hear-in-dm';
import { NotStoredError } from '../kept-first';
import { outsiderOf } from '../outsider-of';
import { sentNow } from '../sent-now';
import { type PrivatePlace, tellPrivately } from '../tell';
import { wordsOfMessage } from '../words-of-message';

/** What people write under a card becomes notes of the case; what they write to Warmline is answered. */
export async function messageChanged(deps: ListenerDeps, { event, client, context }: EventArgs<'message'>) {
  const heard = readHeard(event, context);
  const gone = readGone(event);
  // What Slack says of a message that is gone need not tell of which thread it was, or whose.
  if (gone && !heard?.isDirect && !heard?.threadTs) return forgetReply(deps, gone);
  if (!heard) return;
  const outsider = () => outsiderIn(deps, heard, context);
  if (heard.isDirect) return handleDm(deps, client, heard, outsider);
  const { threadTs } = heard;
  const answered = async () => {
    if (heard.mentionsUs && heard.version === 'new' && !heard.byApp && !(await outsider()))
      await sentNow(deps, await answerMention(deps, heard));
  };
  if (!threadTs) return answered();
  // In parallel, replies of one thread would only overtake each other's writes and read the case again and again.
  const keep = () => keepReply(deps, { ...heard, threadTs }, outsider);
  const kept = await deps.threadsInTurn(`${heard.channel}:${threadTs}`, keep);
  if (kept) return tellAuthor(deps, { client, user: heard.author, channel: heard.channel }, kept.mirrored);
  // A card is marked as posted after Slack has it, and by another instance if its sender died in between.
  // Or its channel has another id by now, of which another instance was told.
  if (heard.under !== context.botUserId || !(await isCard(client, heard.channel, threadTs))) return answered();
  await deps.channels.refresh();
  throw new NotStoredError('A reply under a card that is not marked as posted yet.');
}

const outsiderIn = (
  deps: ListenerDeps,
  { author: user, team, name }: Heard,
  { teamId, enterpriseId }: EventArgs<'message'>['context'],
): Promise<Outsider | null> =>
  outsiderOf(deps, { user, team, name }, { teamId, enterpriseId }).catch((error: unknown) => {
    throw error instanceof UnknownCompanyError ? new NotStoredError(error.message) : error;
  });

/** The result of a reply; null if no case is known for the thread. */
async function keepReply(
  deps: ListenerDeps,
  heard: Heard & { readonly threadTs: string },
  outsider: () => Promise<Outsider | null>,
): Promise<{ readonly mirrored: Mirrored | null } | null> {
  const stored = await caseOfThread(deps, heard);
  if (!stored) return null;
  // An app may write for a person; its own messages do not count.
  if (heard.byApp && (await deps.people.account(heard.author)).isBot) return { mirrored: null };
  const { version } = heard;
  const reply =
    version === 'deleted'
      ? { ...heard, version: 'new' as const, text: null }
      : { ...heard, version, text: (await wordsOfMessage(deps, heard.message)) || WORDLESS };
  return { mirrored: await mirrorReply(deps, stored, reply, await outsider()) };
}

/** Tells its author what they have to know. The thread's next reply does not wait for it. */
async function tellAuthor(deps: ListenerDeps, place: PrivatePlace, mirrored: Mirrored | null): Promise<void> {
  if (!mirrored) return;
  const { ref, masked, refused, letter } = mirrored;
  await sentNow(deps, letter);
  if (refused) await tellPrivately(place, `Your reply was not kept on the case. ${refused}`);
  if (masked.length)
    await tellPrivately(
      place,
      `${ref}: ${maskedNotice(masked)} Your message in the thread still shows it: edit or delete it there.`,
    );
}

const WORDLESS = '(a message without words: see it in the thread)';
