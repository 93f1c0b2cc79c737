import type { LetterContent } from '../../domain/letters';
import type { EventMessage } from '../cards/thread-line';
import { reminderMessage } from '../contacts/reminder';
import { coverMessage } from '../covers/message';
import { alarmsMessage } from '../home/alarms';
import { richLines } from '../rich-text';
import { adminDigestMessage, areaDigestsMessage, type LinkTo } from './daily';
import { weeklyMessage } from './weekly';

/** Draws a letter. `linkTo` gives the address of a posted card, or null where Slack cannot tell. */
export async function letterMessage(content: LetterContent, linkTo: LinkTo): Promise<EventMessage> {
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
    case 'alarms':
      return alarmsMessage(content.about);
    case 'undelivered':
      return undelivered(content);
  }
}

const isPerson = (to: string) => /^[UW]/.test(to);

function undelivered({ to, fault, about }: LetterContent & { type: 'undelivered' }): EventMessage {
  return {
    text: `${about} could not be delivered (${fault})`,
    blocks: [
      richLines([
        [
          `⚠️ ${about} could not be delivered to `,
          isPerson(to) ? { user: to } : { channel: to },
          ` (${fault}). It is not sent again: tell them another way, and correct the directory or invite Warmline there.`,
        ],
      ]),
    ],
  };
}
