import type { webApi } from '@slack/bolt';
import { reportOffer, resolveOffer } from '../../blocks/reactions';
import { isSameEmoji } from '../../domain/emoji-names';
import type { EmojiUse, Policy } from '../../domain/policy';
import { mayMake } from '../../services/dialog-context';
import type { StoredCase } from '../../services/ports/cases';
import { withNames } from '../../services/stranger';
import { refusalOf } from '../../slack/refusal';
import { casesOfThread } from '../../slack/thread-root';
import type { ListenerDeps } from '../deps';
import type { EventArgs } from '../handlers';
import { makeAtOnce } from '../make-at-once';
import { outsiderOf } from '../outsider-of';
import { tellPrivately } from '../tell';

/**
 * An emoji of the policy acknowledges a case, or offers to resolve it or to start a report, by the same rules as the
 * buttons. Removing an emoji undoes nothing.
 */
export async function reactionAdded(deps: ListenerDeps, { event, client, context }: EventArgs<'reaction_added'>) {
  const { user, reaction, item, item_user: author, event_ts: at } = event;
  const use = usedFor(await deps.directory.policy(), reaction);
  if (!use || item.type !== 'message' || !user || user === context.botUserId) return;
  const { channel, ts } = item;
  const { teamId, enterpriseId } = context;
  if (await outsiderOf(deps, { user, team: null, name: null }, { teamId, enterpriseId })) return;
  const place = { client, user, channel };
  if (use === 'report') {
    // What Warmline wrote is not a report.
    if (author === context.botUserId) return;
    return tellPrivately(place, 'Start a report from this message?', reportOffer(channel, ts));
  }
  const isOurs = author === context.botUserId;
  const stored = (await deps.cases.byPost(channel, ts)) ?? (isOurs ? await namedIn(deps, client, channel, ts) : null);
  if (!stored) return;
  const { ref } = stored;
  const move = use === 'take' ? 'acknowledge' : 'resolve';
  const opened = await mayMake(deps, stored, move, user);
  if (!opened.ok) return tellPrivately(place, await withNames(deps, opened.reason));
  if (use === 'take') return makeAtOnce(deps, { ...place, stored, move, key: `emoji:${channel}:${ts}:${user}:${at}` });
  return tellPrivately(place, `${ref}: choose what came of it.`, resolveOffer(ref));
}

/** The case of a nudge or another line that Warmline wrote; null if it names none, or several. */
async function namedIn(
  { cases, log }: ListenerDeps,
  client: webApi.WebClient,
  channel: string,
  ts: string,
): Promise<StoredCase | null> {
  try {
    const [ref, ...more] = await casesOfThread(client, channel, ts);
    return ref && !more.length ? await cases.byRef(ref) : null;
  } catch (error) {
    if (refusalOf(error) === null) throw error;
    log.warn({ err: error, channel, ts }, 'Slack does not say which case a message is about');
    return null;
  }
}

/** Skin tones do not change an emoji's meaning. */
function usedFor({ emoji }: Policy, reaction: string): EmojiUse | null {
  const [name = ''] = reaction.split('::');
  return name ? ((['take', 'resolve', 'report'] as const).find((use) => isSameEmoji(emoji[use], name)) ?? null) : null;
}
