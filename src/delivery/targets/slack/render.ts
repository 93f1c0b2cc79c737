import type { KnownBlock } from '@slack/types';
import { approvalAsk, liftingAsk } from '../../../blocks/asks';
import { answersOf } from '../../../blocks/cards/answers';
import { cardText, caseCard, pointerCard, redactedCard } from '../../../blocks/cards/case-card';
import { praiseCard } from '../../../blocks/cards/praise-card';
import { settledThreadLine, threadLine } from '../../../blocks/cards/thread-line';
import { bundledNudges, channelNotice, eventDm, moreMessages } from '../../../blocks/dms';
import type { Message } from '../../../blocks/message';
import { placeParts, richLines } from '../../../blocks/rich-text';
import { openTitle } from '../../../blocks/subject';
import { storySoFar } from '../../../blocks/timeline';
import type { Actor } from '../../../domain/actor';
import { askedFor, waitsOf } from '../../../domain/asks';
import type { CaseEvent } from '../../../domain/event';
import type { Catalogue } from '../../../domain/forms/form';
import { type Delivery, isCard, type LinkTo, openPost, type Post } from '../../../domain/mailbox';
import { SEVERITIES } from '../../../domain/severity';
import { TIMELINE_PAGE, timelineOf } from '../../../domain/timeline';
import type { CaseHistory, StoredCase } from '../../../services/ports/cases';
import type { Directory } from '../../../services/ports/directory';
import type { EventOf, Parcel, Posted } from '../target';
import { UndrawableError } from './faults';

/** What to do for a delivery now. */
export type Rendered =
  | { readonly is: 'post'; readonly channel: string; readonly threadTs: string | null; readonly message: Message }
  | { readonly is: 'update'; readonly posted: Posted; readonly message: Message }
  /** A file to share in a thread. */
  | {
      readonly is: 'file';
      readonly channel: string;
      readonly threadTs: string;
      readonly file: string;
      readonly title: string;
    }
  /** A card that the case moved away from before it was known to be there: look for it, but never send it. */
  | { readonly is: 'trace'; readonly channel: string };

/** A rendered message, and what it is about; deliveries that are no longer needed are in neither. */
export interface Written {
  readonly rendered: Rendered;
  readonly parcels: readonly Parcel[];
}

/** Renders a delivery, or a person's combined nudges; null if it is no longer needed. */
export type Renderer = (parcels: readonly Parcel[]) => Promise<Written | null>;

/** `linkTo`: a posted card's link, or null if Slack does not return it; `isHeld`: whether an SP is on legal hold. */
export function createRenderer(
  directory: Pick<Directory, 'catalogue'>,
  eventOf: EventOf,
  history: Pick<CaseHistory, 'between'>,
  linkTo: LinkTo,
  isHeld: (account: string) => Promise<boolean>,
): Renderer {
  return async (parcels) => {
    const drawn = await Promise.all(
      parcels.map(async (parcel) => {
        const event = await eventOf(parcel);
        return { parcel, event, rendered: await one(parcel, event) };
      }),
    );
    const alive = drawn.flatMap(({ rendered, ...rest }) => (rendered ? [{ ...rest, rendered }] : []));
    const [first] = alive;
    if (!first) return null;
    return { rendered: together(alive) ?? first.rendered, parcels: alive.map(({ parcel }) => parcel) };
  };

  async function one(parcel: Parcel, event: CaseEvent | null): Promise<Rendered | null> {
    const { stored, delivery } = parcel;
    if (delivery.content.type === 'story') return story(parcel, delivery.content.seq);
    const place = postOf(stored, delivery.to);
    if (place?.line) return settledLine(stored, place, event);
    const card = isCard(delivery.content)
      ? { catalogue: await directory.catalogue(), spHeld: await isHeld(stored.sp.account) }
      : null;
    const sent = drawn(() => (isAlone(parcel) && (event || isCard(delivery.content)) ? openPost(stored).sent : null));
    const link = sent && (await linkTo(sent));
    return drawn(() => worded(parcel, event, card, link));
  }

  /** A line whose buttons are replaced by the result. */
  async function settledLine(
    stored: StoredCase,
    { line, sent }: Post,
    answer: CaseEvent | null,
  ): Promise<Rendered | null> {
    const [event] = line ? await history.between(stored, line.seq, line.seq) : [];
    if (!event || !sent) return null;
    return drawn(() => {
      const message = settledThreadLine(stored, event, answer);
      return message && { is: 'update', posted: sent, message };
    });
  }

  /** What happened before the card came here, as far as this channel may read it. */
  async function story({ stored, delivery: { to } }: Parcel, until: number): Promise<Rendered | null> {
    const post = postOf(stored, to);
    if (!post?.sent || (post.show !== 'full' && post.show !== 'redacted')) return null;
    const from = Math.max(1, until - TIMELINE_PAGE + 1);
    const events = await history.between(stored, from, until);
    const { show, sent } = post;
    return drawn(() => {
      const message = storySoFar(stored, timelineOf(stored, events, show), from - 1);
      return message && { is: 'post', channel: sent.channel, threadTs: sent.ts, message };
    });
  }
}

/** What is not in a thread, and links to the card. */
const isAlone = ({ stored, delivery: { content, to } }: Parcel) =>
  content.type === 'notice' || content.type === 'nudge' || content.type === 'dm' || postOf(stored, to)?.show === 'ask';

function worded(
  { stored, delivery }: Parcel,
  event: CaseEvent | null,
  shown: Shown | null,
  link: string | null,
): Rendered | null {
  const { to, content, lane } = delivery;
  const place = postOf(stored, to);
  const post = (message: Message | null): Rendered | null =>
    message && { is: 'post', channel: lane, threadTs: null, message };
  switch (content.type) {
    case 'card':
    case 'redraw':
      if (place?.show === 'ask') return ask(stored, place, event, link);
      return place && shown && card(stored, place, shown);
    case 'line':
      return line(stored, event, content.names, place);
    case 'evidence':
      return evidence(content, place);
    case 'unshared':
      return unshared(stored, content, place);
    case 'event':
    case 'sanction':
    case 'decision':
    case 'told':
    case 'access':
    case 'story':
      return null;
    case 'more':
      return more(stored, content.count, place, lane);
    case 'dead_letter':
      return post(deadLetter(stored, content));
    case 'notice':
    case 'nudge':
    case 'dm': {
      if (!event) return null;
      if (content.type === 'notice') return post(channelNotice(stored, event, link));
      const isNudge = content.type === 'nudge';
      const reader = { to: lane, acts: !isNudge || content.acts, isOutside: isNudge && content.outside === true };
      return post(eventDm(stored, event, link, reader));
    }
  }
}

/** An error while rendering is the message's own fault. */
function drawn<T>(draw: () => T): T {
  try {
    return draw();
  } catch (error) {
    throw new UndrawableError(error);
  }
}

interface Live {
  readonly parcel: Parcel;
  /** The event it is about, if any. */
  readonly event: CaseEvent | null;
  readonly rendered: Rendered;
}

/** Nudges as one message, most urgent and longest overdue first, each clock of a case once; null for just one. */
function together(alive: readonly Live[]): Rendered | null {
  const nudges = alive.flatMap(({ parcel: { stored, delivery }, event, rendered }) => {
    if (delivery.content.type !== 'nudge' || event?.type !== 'nudged' || rendered.is !== 'post') return [];
    const { clock, dueAt } = event.data;
    const { ref, severity } = stored;
    return [{ key: `${ref} ${clock}`, ref, dueAt, rank: SEVERITIES.indexOf(severity), rendered }];
  });
  const once = nudges.filter(({ key }, i) => nudges.findIndex((other) => other.key === key) === i);
  const [first, second] = once.sort((a, b) => a.rank - b.rank || +a.dueAt - +b.dueAt);
  if (!first || !second) return null;
  const message = drawn(() => bundledNudges(once.map(({ ref, rendered }) => ({ ref, message: rendered.message }))));
  return { ...first.rendered, message };
}

function postOf(stored: StoredCase, to: Delivery['to']): Post | null {
  return 'post' in to ? (stored.posts.find(({ id }) => id === to.post) ?? null) : null;
}

/** What a card shows besides its case. */
interface Shown {
  readonly catalogue: Catalogue;
  readonly spHeld: boolean;
}

function card(stored: StoredCase, post: Post, shown: Shown): Rendered {
  if (post.show === 'pointer' && !post.sent) return { is: 'trace', channel: post.channel };
  const message = { text: cardText(stored), blocks: cardBlocks(stored, post, shown) };
  return post.sent
    ? { is: 'update', posted: post.sent, message }
    : { is: 'post', channel: post.channel, threadTs: null, message };
}

/** One that was answered before it was sent is looked for, in case it arrived, but never sent. */
function ask(stored: StoredCase, post: Post, answer: CaseEvent | null, link: string | null): Rendered | null {
  if (post.answered !== undefined && !post.sent) return { is: 'trace', channel: post.channel };
  const what = askedFor(post);
  const isOpen = post.answered === undefined;
  if (isOpen && !waitsOf(stored).some(({ is }) => is === what)) return null;
  const by = isOpen ? null : answer;
  const message = what === 'approval' ? approvalAsk(stored, by, link) : liftingAsk(stored, what, by, link);
  return post.sent
    ? { is: 'update', posted: post.sent, message }
    : { is: 'post', channel: post.channel, threadTs: null, message };
}

function cardBlocks(stored: StoredCase, post: Post, { catalogue, spHeld }: Shown): KnownBlock[] {
  if (post.show === 'pointer') return pointerCard(stored, openPost(stored));
  if (post.show === 'redacted') return redactedCard(stored, post);
  const context = { post, spHeld, ...answersOf(stored, catalogue) };
  return post.show === 'praise' ? praiseCard(stored, context) : caseCard(stored, context);
}

function line(
  stored: StoredCase,
  event: CaseEvent | null,
  names: readonly Actor[] | undefined,
  post: Post | null,
): Rendered | null {
  if (!event || !post?.sent || (post.show !== 'full' && post.show !== 'redacted')) return null;
  const message = threadLine(stored, event, post.show, names);
  return message && { is: 'post', channel: post.sent.channel, threadTs: post.sent.ts, message };
}

function evidence(
  { file, number, of }: Delivery['content'] & { type: 'evidence' },
  post: Post | null,
): Rendered | null {
  if (!post?.sent || post.show !== 'full') return null;
  return {
    is: 'file',
    channel: post.sent.channel,
    threadTs: post.sent.ts,
    file,
    title: `Evidence ${number} of ${of}`,
  };
}

/** In place of a file: that it could not be shared, and from whom. */
function unshared(
  { ref, reporter }: StoredCase,
  { number, of, fault }: Delivery['content'] & { type: 'unshared' },
  post: Post | null,
): Rendered | null {
  if (!post?.sent || post.show !== 'full') return null;
  const title = `Evidence ${number} of ${of}`;
  const words = fault.startsWith('file_') ? 'Slack does not provide it' : 'Slack does not accept it';
  const message = {
    text: `${ref}: ${title} could not be shared here`,
    blocks: [
      richLines([
        [
          '⚠️ ',
          { bold: title },
          ` could not be shared here: ${words} (${fault}). Ask `,
          { user: reporter },
          ' to send it to you directly. The admins can try it again.',
        ],
      ]),
    ],
  };
  return { is: 'post', channel: post.sent.channel, threadTs: post.sent.ts, message };
}

function more(stored: StoredCase, count: number, post: Post | null, lane: string): Rendered | null {
  const message = moreMessages(stored, count);
  if (!post) return { is: 'post', channel: lane, threadTs: null, message };
  if (!post.sent || post.show === 'pointer') return null;
  return { is: 'post', channel: post.sent.channel, threadTs: post.sent.ts, message };
}

function deadLetter({ ref, kind, title }: StoredCase, letter: Delivery['content'] & { type: 'dead_letter' }): Message {
  return {
    text: `${ref}: a message could not be delivered (${letter.fault})`,
    blocks: [
      richLines([
        [
          '⚠️ ',
          { bold: ref },
          ` ${openTitle({ kind, title })}: a message could not be delivered to `,
          ...placeParts(letter.to),
          ` (${letter.fault}). The case itself is kept; tell them another way, or reassign it.`,
        ],
      ]),
    ],
  };
}
