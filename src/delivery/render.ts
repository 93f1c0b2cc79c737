import type { KnownBlock } from '@slack/types';
import { cardText, caseCard, pointerCard, redactedCard } from '../blocks/cards/case-card';
import { type EventMessage, threadLine } from '../blocks/cards/thread-line';
import { channelNotice, eventDm } from '../blocks/dms';
import { richLines } from '../blocks/rich-text';
import type { CaseEvent } from '../domain/case';
import { type Delivery, openPost, type Post } from '../domain/effects';
import { FORMS } from '../domain/forms';
import { summarise } from '../domain/forms/engine';
import type { Catalogue } from '../domain/forms/form';
import type { Directory, StoredCase } from '../services/ports';
import type { Message, Posted } from './sender';

/** What to do for a delivery now. */
export type Rendered =
  | { readonly is: 'post'; readonly channel: string; readonly threadTs: string | null; readonly message: Message }
  | { readonly is: 'update'; readonly posted: Posted; readonly message: Message }
  /** A file to share in a thread; `otherwise` says that it could not be. */
  | {
      readonly is: 'file';
      readonly channel: string;
      readonly threadTs: string;
      readonly file: string;
      readonly title: string;
      readonly otherwise: Message;
    };

/** Renders a delivery from the case as it is now; null when there is nothing left to say. */
export type Renderer = (stored: StoredCase, delivery: Delivery) => Promise<Rendered | null>;

/** `linkTo` gives the address of a posted card, or null where Slack cannot tell. */
export function createRenderer(
  directory: Pick<Directory, 'catalogue'>,
  linkTo: (posted: Posted) => Promise<string | null>,
): Renderer {
  return async (stored, { to, content, lane }) => {
    const post = (message: EventMessage | Message | null): Rendered | null =>
      message && { is: 'post', channel: lane, threadTs: null, message };
    switch (content.type) {
      case 'card':
      case 'redraw': {
        const place = postOf(stored, to);
        return place && card(stored, place, await directory.catalogue());
      }
      case 'line':
        return line(stored, content.seq, postOf(stored, to));
      case 'evidence':
        return evidence(stored, content, postOf(stored, to));
      case 'dead_letter':
        return post(deadLetter(stored, content));
      case 'notice':
      case 'dm': {
        const event = liveEvent(stored, content.seq);
        const { sent } = openPost(stored);
        const link = event && sent && (await linkTo(sent));
        if (!event) return null;
        return post(
          content.type === 'notice' ? channelNotice(stored, event, link) : eventDm(stored, event, link, lane),
        );
      }
    }
  };
}

function postOf(stored: StoredCase, to: Delivery['to']): Post | null {
  return 'post' in to ? (stored.posts.find(({ id }) => id === to.post) ?? null) : null;
}

function card(stored: StoredCase, post: Post, catalogue: Catalogue): Rendered {
  const message = { text: cardText(stored), blocks: cardBlocks(stored, post, catalogue) };
  return post.sent
    ? { is: 'update', posted: post.sent, message }
    : { is: 'post', channel: post.channel, threadTs: null, message };
}

function cardBlocks(stored: StoredCase, post: Post, catalogue: Catalogue): KnownBlock[] {
  if (post.show === 'pointer') return pointerCard(stored, openPost(stored));
  if (post.show === 'redacted') return redactedCard(stored, post);
  const form = FORMS[stored.kind];
  return caseCard(stored, {
    post,
    answers: form ? summarise(form, stored.answers, catalogue) : [],
    headQuestions: form ? [form.spQuestion, form.sjQuestion] : [],
  });
}

function line(stored: StoredCase, seq: number, post: Post | null): Rendered | null {
  const event = liveEvent(stored, seq);
  if (!event || !post?.sent || post.show === 'pointer') return null;
  const message = threadLine(stored, event, post.show);
  return message && { is: 'post', channel: post.sent.channel, threadTs: post.sent.ts, message };
}

function evidence(
  { ref, reporter }: StoredCase,
  { file, number, of }: Delivery['content'] & { type: 'evidence' },
  post: Post | null,
): Rendered | null {
  if (!post?.sent || post.show !== 'full') return null;
  const title = `Evidence ${number} of ${of}`;
  const otherwise = {
    text: `${ref}: ${title} could not be shared here`,
    blocks: [
      richLines([
        [
          '⚠️ ',
          { bold: title },
          ' could not be shared here: Slack does not hand it out any more. Ask ',
          { user: reporter },
          ' to send it to you directly.',
        ],
      ]),
    ],
  };
  return { is: 'file', channel: post.sent.channel, threadTs: post.sent.ts, file, title, otherwise };
}

/** The event a message is about, unless it is a nudge that somebody has answered since. */
function liveEvent(stored: StoredCase, seq: number): CaseEvent | null {
  const event = stored.events.find((candidate) => candidate.seq === seq);
  if (event?.type !== 'nudged') return event ?? null;
  const { clock, dueAt } = event.data;
  return stored.clocks.some((running) => running.name === clock && +running.dueAt === +dueAt) ? event : null;
}

function deadLetter({ ref, title }: StoredCase, letter: Delivery['content'] & { type: 'dead_letter' }): Message {
  const person = /^[UW]/.test(letter.to);
  return {
    text: `${ref}: a message could not be delivered (${letter.fault})`,
    blocks: [
      richLines([
        [
          '⚠️ ',
          { bold: ref },
          ` ${title}: a message could not be delivered to `,
          person ? { user: letter.to } : { channel: letter.to },
          ` (${letter.fault}). The case itself is kept; tell them another way, or reassign it.`,
        ],
      ]),
    ],
  };
}
