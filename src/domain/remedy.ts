import { isRestricted } from './access';
import type { CaseFacts } from './case';
import {
  type Delivery,
  isCard,
  isOfPost,
  isReady,
  isShown,
  type Mailbox,
  type Post,
  placeOf,
  revived,
} from './mailbox';
import { relocated } from './relocated';
import { posted, postOf, removed } from './settle';
import { isMachine, type Lane, slackLane } from './targets';

/** What an admin does about failed messages. */
export type Remedy =
  | { readonly is: 'retry' }
  | { readonly is: 'dismiss' }
  /** Another channel, or a person. `mayRead`: everyone there may read the case, even if it is need-to-know. */
  | { readonly is: 'redirect'; readonly place: string; readonly mayRead: boolean };

export type Remedied =
  | { readonly ok: true; readonly mailbox: Mailbox }
  /**
   * `gone`: nothing there has failed anymore · `closed`: not everyone there may read its text · `in_place`: its card
   * exists, and what failed belongs under it · `machine`: it is not meant for people.
   */
  | { readonly ok: false; readonly is: 'gone' | 'closed' | 'in_place' | 'machine' };

/**
 * The mailbox once an admin has handled the failed messages to `lane`: sent again as new, sent elsewhere, or dismissed.
 * Pure, so that it can be decided again from a fresh read. A need-to-know card goes only where everyone may read it,
 * and is shown there in full (domain section 10).
 */
export function remedied(facts: CaseFacts, mailbox: Mailbox, lane: Lane, remedy: Remedy, now: Date): Remedied {
  const dead = mailbox.outbox.filter((delivery) => delivery.dead !== null && delivery.lane === lane);
  if (!dead.length) return { ok: false, is: 'gone' };
  if (remedy.is === 'dismiss') return { ok: true, mailbox: dead.reduce(dismissed, mailbox) };
  if (remedy.is === 'redirect' && isMachine(lane)) return { ok: false, is: 'machine' };
  const outbox = mailbox.outbox.map((one) => (dead.includes(one) ? { ...revived(one), at: now } : one));
  const fresh: Mailbox = { posts: mailbox.posts, outbox };
  return remedy.is === 'retry'
    ? { ok: true, mailbox: home(facts, fresh, dead, now) }
    : elsewhere(facts, fresh, dead, remedy, now);
}

/** Dismissed; if a card was never posted, what waits for its thread goes, too. */
function dismissed(mailbox: Mailbox, delivery: Delivery): Mailbox {
  const { posts, outbox } = removed(mailbox, delivery);
  if (!isCard(delivery.content)) return { posts, outbox };
  const post = postOf(mailbox, delivery);
  const isLost = (one: Delivery) => post && isOfPost(one, post) && one.dead === null && !isReady(posts, one);
  return { posts, outbox: outbox.filter((one) => !isLost(one)) };
}

/**
 * A file has no place under a redacted substitute: when it is tried again, its card is tried in its own channel again,
 * and the substitute becomes a pointer.
 */
function home(facts: CaseFacts, mailbox: Mailbox, dead: readonly Delivery[], now: Date): Mailbox {
  const files = dead.filter(({ content }) => content.type === 'evidence');
  return mailbox.posts
    .filter((post) => post.show === 'redacted' && files.some((file) => isOfPost(file, post)))
    .reduce((moved, post) => {
      if (!post.redirected) return moved;
      const own: Post = { ...post, channel: post.redirected.from, show: 'full', redirected: null };
      return relocated(facts, moved, post, own, now);
    }, mailbox);
}

function elsewhere(
  facts: CaseFacts,
  fresh: Mailbox,
  dead: readonly Delivery[],
  { place, mayRead }: Remedy & { is: 'redirect' },
  now: Date,
): Remedied {
  const ids = new Set(dead.map(({ id }) => id));
  const posts = fresh.posts.filter((post) => isShown(post) && dead.some((one) => isOfPost(one, post)));
  if (posts.some(({ sent: card }) => card)) return { ok: false, is: 'in_place' };
  if (isRestricted(facts.kind) && !mayRead && posts.some(({ show }) => show === 'full'))
    return { ok: false, is: 'closed' };
  const outbox = fresh.outbox.map((one): Delivery => {
    if (!ids.has(one.id) || 'post' in one.to) return one;
    return { ...one, id: `${one.id}:to:${place}`, to: placeOf(slackLane(place)), lane: slackLane(place) };
  });
  const at = { ...facts, changedAt: now };
  return {
    ok: true,
    mailbox: posts.reduce<Mailbox>((moved, post) => posted(at, moved, shownAt(facts, post, place, mayRead)), {
      posts: fresh.posts,
      outbox,
    }),
  };
}

/** A need-to-know card's redacted substitute is shown in full once everyone there may read it. */
function shownAt({ kind }: CaseFacts, post: Post, place: string, mayRead: boolean): Post {
  const isWhole = isRestricted(kind) && mayRead && post.id !== 'area';
  return { ...post, channel: place, show: isWhole ? 'full' : post.show, redirected: null };
}
