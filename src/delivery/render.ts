import { cardText, caseCard, pointerCard } from '../blocks/cards/case-card';
import { threadLine } from '../blocks/cards/thread-line';
import { eventDm } from '../blocks/dms';
import { richLines } from '../blocks/rich-text';
import type { CaseEvent } from '../domain/case';
import { type Delivery, mainPost, type Post } from '../domain/effects';
import { FORMS } from '../domain/forms';
import { summarise } from '../domain/forms/engine';
import type { Catalogue } from '../domain/forms/form';
import type { Directory, StoredCase } from '../services/ports';
import type { Message, Posted } from './sender';

/** What to do for a delivery now. */
export type Rendered =
  | { readonly is: 'post'; readonly channel: string; readonly threadTs: string | null; readonly message: Message }
  | { readonly is: 'update'; readonly posted: Posted; readonly message: Message };

/** Renders a delivery from the case as it is now; null when there is nothing left to say. */
export type Renderer = (stored: StoredCase, delivery: Delivery) => Promise<Rendered | null>;

/** `linkTo` gives the address of a posted card, or null where Slack cannot tell. */
export function createRenderer(
  directory: Pick<Directory, 'catalogue'>,
  linkTo: (posted: Posted) => Promise<string | null>,
): Renderer {
  return async (stored, { to, content, lane }) => {
    if (content.type === 'dead_letter')
      return { is: 'post', channel: lane, threadTs: null, message: deadLetter(stored, content) };
    if ('post' in to) {
      const post = stored.posts.find(({ id }) => id === to.post);
      if (!post) return null;
      if (content.type === 'card' || content.type === 'redraw') return card(stored, post, await directory.catalogue());
      return post.sent && content.type === 'line' ? line(stored, content.seq, post.sent) : null;
    }
    const event = content.type === 'dm' ? liveEvent(stored, content.seq) : null;
    const { sent } = mainPost(stored);
    const message = event && eventDm(stored, event, sent && (await linkTo(sent)));
    return message && { is: 'post', channel: lane, threadTs: null, message };
  };
}

function card(stored: StoredCase, post: Post, catalogue: Catalogue): Rendered {
  const form = FORMS[stored.kind];
  const blocks = post.moved
    ? pointerCard(stored, mainPost(stored))
    : caseCard(stored, {
        post,
        answers: form ? summarise(form, stored.answers, catalogue) : [],
        headQuestions: form ? [form.spQuestion, form.sjQuestion] : [],
      });
  const message = { text: cardText(stored), blocks };
  return post.sent
    ? { is: 'update', posted: post.sent, message }
    : { is: 'post', channel: post.channel, threadTs: null, message };
}

function line(stored: StoredCase, seq: number, card: Posted): Rendered | null {
  const event = liveEvent(stored, seq);
  const message = event && threadLine(stored, event);
  return message && { is: 'post', channel: card.channel, threadTs: card.ts, message };
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
