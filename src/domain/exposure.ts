import { isRestricted } from './access';
import type { CaseFacts } from './case';
import { isOfPost, type Mailbox, type Post, revived } from './mailbox';
import { relocated } from './relocated';

/**
 * Why need-to-know text does not go to a channel: another company, or everyone, can read it. Used as Slack's reason.
 */
export const EXPOSURES = ['shared_outside', 'made_public'] as const;
export type Exposure = (typeof EXPOSURES)[number];
export const isExposure = (fault: string | null | undefined): fault is Exposure =>
  EXPOSURES.some((exposure) => exposure === fault);

/** How a channel is open to others than the readers of need-to-know cases; null if it is not. */
export const exposureOf = (channel: {
  readonly sharedWith: readonly string[] | null;
  readonly isPublic: boolean;
}): Exposure | null => (channel.sharedWith ? 'shared_outside' : channel.isPublic ? 'made_public' : null);

/** The channel of a post's card, even if it is still on its way. */
export const cardChannel = ({ channel, sent }: Pick<Post, 'channel' | 'sent'>): string => sent?.channel ?? channel;

/**
 * The mailbox of a need-to-know case once others can read this post's channel: whatever shows the case there becomes a
 * pointer without text, and a substitute goes to `place`. Files wait until the channel is private again.
 */
export function withdrawn(
  facts: CaseFacts,
  mailbox: Mailbox,
  post: Post,
  { place, why: fault, at }: { readonly place: string; readonly why: Exposure; readonly at: Date },
): Mailbox {
  const from = post.redirected?.from ?? post.channel;
  const standIn: Post = { ...post, channel: place, show: 'redacted', redirected: { from, fault } };
  const after = relocated(facts, mailbox, post, standIn, at);
  const outbox = after.outbox.map((one) =>
    isOfPost(one, post) && one.content.type === 'evidence' ? { ...one, dead: fault } : one,
  );
  return { posts: after.posts, outbox };
}

/** The same for every full card in a channel, or on its way there; null if there is none. */
export function withdrawnFrom(
  facts: CaseFacts,
  mailbox: Mailbox,
  { channel, why, at }: { readonly channel: string; readonly why: Exposure; readonly at: Date },
): Mailbox | null {
  const exposed = mailbox.posts.filter((post) => post.show === 'full' && cardChannel(post) === channel);
  if (!isRestricted(facts.kind) || !exposed.length) return null;
  return exposed.reduce((moved, post) => withdrawn(facts, moved, post, { place: post.fallback, why, at }), mailbox);
}

/**
 * The mailbox once no one else can read the channel anymore: the card is shown there in full again, with what waited
 * for it. Null if nothing replaced it.
 */
export function broughtHome(facts: CaseFacts, mailbox: Mailbox, channel: string, at: Date): Mailbox | null {
  const away = mailbox.posts.filter(
    ({ show, redirected }) => show === 'redacted' && redirected?.from === channel && isExposure(redirected.fault),
  );
  if (!away.length) return null;
  return away.reduce<Mailbox>((moved, post) => {
    const outbox = moved.outbox.map((one) =>
      isOfPost(one, post) && isExposure(one.dead) ? { ...revived(one), at } : one,
    );
    const own: Post = { ...post, channel, show: 'full', redirected: null };
    return relocated(facts, { posts: moved.posts, outbox }, post, own, at);
  }, mailbox);
}
