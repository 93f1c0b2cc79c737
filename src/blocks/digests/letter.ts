import type { KnownBlock } from '@slack/types';
import type { Letter, LetterContent, PassedOn } from '../../domain/letters';
import type { EventMessage } from '../cards/thread-line';
import { reminderMessage } from '../contacts/reminder';
import { coverMessage } from '../covers/message';
import { alarmsMessage } from '../home/alarms';
import { richLines } from '../rich-text';
import { adminDigestMessage, areaDigestsMessage, type LinkTo } from './daily';
import { weeklyMessage } from './weekly';

/** Draws a letter. `linkTo` gives the address of a posted card, or null where Slack cannot tell. */
export async function letterMessage(
  { content, passedOn }: Pick<Letter, 'content' | 'passedOn'>,
  linkTo: LinkTo,
): Promise<EventMessage> {
  const message = await contentMessage(content, linkTo);
  return passedOn ? { ...message, blocks: [passedOnLine(passedOn), ...message.blocks] } : message;
}

const placePart = (to: string) => (isPerson(to) ? { user: to } : { channel: to });
const passedOnLine = ({ from, by }: PassedOn): KnownBlock =>
  richLines([
    ['This was for ', placePart(from), ', whom it did not reach. ', { user: by }, ' sent it to you instead.'],
  ]);

async function contentMessage(content: LetterContent, linkTo: LinkTo): Promise<EventMessage> {
  switch (content.type) {
    case 'reminder':
      return reminderMessage({ sp: content.sp, sj: content.sj });
    case 'cover':
      return coverMessage(content.cover);
    case 'area_digests':
      return areaDigestsMessage(content, linkTo);
    case 'admin_digest':
      return adminDigestMessage(content, linkTo);
    case 'weekly_report':
      return weeklyMessage(content);
    case 'stored_late':
      return storedLate(content);
    case 'alarms':
      return alarmsMessage(content.about);
    case 'undelivered':
      return undelivered(content);
  }
}

/** The window said otherwise, and somebody may do it all again. */
function storedLate({ ref, move }: LetterContent & { type: 'stored_late' }): EventMessage {
  const what = move ? `“${move}” was done after all` : 'was filed after all';
  return {
    text: move ? `${ref}: ${what}` : `${ref} ${what}`,
    blocks: [
      richLines([
        [
          '✅ ',
          { bold: ref },
          `${move ? ': ' : ' '}${what}. The window told you that it could not be stored, because the answer came too late. You need not do it again.`,
        ],
      ]),
    ],
  };
}

const isPerson = (to: string) => /^[UW]/.test(to);

function undelivered({ to, fault, about }: LetterContent & { type: 'undelivered' }): EventMessage {
  return {
    text: `${about} could not be delivered (${fault})`,
    blocks: [
      richLines([
        [
          `⚠️ ${about} could not be delivered to `,
          placePart(to),
          ` (${fault}). It is not sent again: tell them another way, and correct the directory or invite Warmline there.`,
        ],
      ]),
    ],
  };
}
