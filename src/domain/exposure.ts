import { isRestricted } from './access';
import type { CaseFacts } from './case';
import { isOfPost, type Mailbox, type Post, rehoused, revived } from './effects';

/** Stands in the place of Slack's reason: need-to-know text does not go where another company reads. */
export const SHARED_OUTSIDE = 'shared_outside';

/**
 * The mailbox of a need-to-know case once people of another company read the channel of this post: what shows the case
 * there becomes a pointer without its text, and a stand-in goes to `place`. Files wait until it is at home again.
 */
export function withdrawn(facts: CaseFacts, mailbox: Mailbox, post: Post, place: string, at: Date): Mailbox {
  const from = post.redirected?.from ?? post.channel;
  const standIn: Post = { ...post, channel: place, show: 'redacted', redirected: { from, fault: SHARED_OUTSIDE } };
  const after = rehoused(facts, mailbox, post, standIn, at);
  const outbox = after.outbox.map((one) =>
    isOfPost(one, post) && one.content.type === 'evidence' ? { ...one, dead: SHARED_OUTSIDE } : one,
  );
  return { posts: after.posts, outbox };
}

/** The same for every card in full that stands in a channel; null when none does. */
export function withdrawnFrom(facts: CaseFacts, mailbox: Mailbox, channel: string, at: Date): Mailbox | null {
  const exposed = mailbox.posts.filter(({ show, sent }) => show === 'full' && sent?.channel === channel);
  if (!isRestricted(facts.kind) || !exposed.length) return null;
  return exposed.reduce((moved, post) => withdrawn(facts, moved, post, post.fallback, at), mailbox);
}

/** The mailbox once nobody else reads the channel any more: the card is there in full again, with what waited for it. Null when nothing stands in for it. */
export function broughtHome(facts: CaseFacts, mailbox: Mailbox, channel: string, at: Date): Mailbox | null {
  const away = mailbox.posts.filter(
    ({ show, redirected }) =>
      show === 'redacted' && redirected?.fault === SHARED_OUTSIDE && redirected.from === channel,
  );
  if (!away.length) return null;
  return away.reduce<Mailbox>((moved, post) => {
    const outbox = moved.outbox.map((one) =>
      isOfPost(one, post) && one.dead === SHARED_OUTSIDE ? { ...revived(one), at } : one,
    );
    const own: Post = { ...post, channel, show: 'full', redirected: null };
    return rehoused(facts, { posts: moved.posts, outbox }, post, own, at);
  }, mailbox);
}
