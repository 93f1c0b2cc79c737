import type { KnownBlock } from '@slack/types';
import type { Letter, LetterContent, PassedOn } from '../../domain/letters';
import type { LinkTo } from '../../domain/mailbox';
import { slackLane } from '../../domain/targets';
import { countOf } from '../../domain/wording';
import { OPEN_CARD } from '../../slack/ids/open-card';
import { reminderMessage } from '../contacts/reminder';
import { calendarMessage } from '../covers/calendar';
import { coverMessage, shortenedMessage } from '../covers/message';
import { filedMessage } from '../forms/filed';
import { heardMessage } from '../heard';
import { alarmsMessage } from '../home/alarms';
import { actions, button, section } from '../lines';
import type { Message } from '../message';
import { placeParts, richLines } from '../rich-text';
import { holdLiftingMessage } from '../sp-hold';
import { transferCall } from '../transfers/call';
import { adminDigestMessage, areaDigestsMessage } from './daily';
import { weeklyMessage } from './weekly';

/** Draws a letter. `linkTo`: a posted card's link, or null if Slack does not return it. */
export async function letterMessage(
  { content, passedOn }: Pick<Letter, 'content' | 'passedOn'>,
  linkTo: LinkTo,
): Promise<Message> {
  const message = await contentMessage(content, linkTo);
  return passedOn ? { ...message, blocks: [passedOnLine(passedOn), ...message.blocks] } : message;
}

const passedOnLine = ({ from, by }: PassedOn): KnownBlock =>
  richLines([
    [
      'This was for ',
      ...placeParts(slackLane(from)),
      ', whom it did not reach. ',
      { user: by },
      ' sent it to you instead.',
    ],
  ]);

async function contentMessage(content: LetterContent, linkTo: LinkTo): Promise<Message> {
  switch (content.type) {
    case 'reminder':
      return reminderMessage({ sp: content.sp, sj: content.sj });
    case 'cover':
      return coverMessage(content.cover);
    case 'cover_shortened':
      return shortenedMessage(content.cover);
    case 'calendar':
      return calendarMessage(content);
    case 'area_digests':
      return areaDigestsMessage(content, linkTo);
    case 'admin_digest':
      return adminDigestMessage(content, linkTo);
    case 'weekly_report':
      return weeklyMessage(content);
    case 'stored_late':
      return storedLate(content);
    case 'kept_late':
      return keptLate(content.what);
    case 'filed':
      return filedMessage(content, null);
    case 'sp_hold_lifting':
      return holdLiftingMessage(content.hold);
    case 'caller':
      return transferCall(content.transfer, content.onShift);
    case 'alarms':
      return alarmsMessage(content.about);
    case 'heard':
      return heardMessage(content.reply);
    case 'new_card':
      return newCard(content, content.card && (await linkTo(content.card)));
    case 'anchor':
      return anchorMessage(content);
    case 'undelivered':
      return undelivered(content);
  }
}

/** Anyone who keeps this message can later prove what the records were. */
function anchorMessage({ number, hash, cases }: LetterContent & { type: 'anchor' }): Message {
  const changed = countOf(cases, 'case');
  const text = `Anchor ${number} of the records`;
  return {
    text: `${text}: ${hash}`,
    blocks: [section(`*${text}*, over ${changed} that changed since the one before\n\`${hash}\``)],
  };
}

function newCard({ ref, channel }: LetterContent & { type: 'new_card' }, card: string | null): Message {
  return {
    text: `${ref} has a new card`,
    blocks: [
      richLines([
        [
          'The card you wrote under is gone. Your reply is kept as a note on ',
          { bold: ref },
          card ? ', whose card is in ' : ', whose card is being posted again in ',
          ...placeParts(slackLane(channel)),
          '. Please continue there.',
        ],
      ]),
      ...(card ? [actions({ ...button(OPEN_CARD, 'Open the card'), url: card })] : []),
    ],
  };
}

/** The window said otherwise, and the person may repeat all of it. */
function storedLate({ ref, move }: LetterContent & { type: 'stored_late' }): Message {
  const what = move ? `“${move}” was done after all` : 'was filed after all';
  return {
    text: move ? `${ref}: ${what}` : `${ref} ${what}`,
    blocks: [richLines([['✅ ', { bold: ref }, `${move ? ': ' : ' '}${what}. ${NOT_AGAIN}`]])],
  };
}
const NOT_AGAIN =
  'The window said it was not saved, because the answer came too late. It is saved now: you do not need to do it again.';

const keptLate = (what: string): Message => ({
  text: `Saved after all: ${what}`,
  blocks: [richLines([['✅ Saved after all: ', { bold: what }, `. ${NOT_AGAIN}`]])],
});

function undelivered({ to, fault, about }: LetterContent & { type: 'undelivered' }): Message {
  return {
    text: `${about} could not be delivered (${fault})`,
    blocks: [
      richLines([
        [
          `⚠️ ${about} could not be delivered to `,
          ...placeParts(slackLane(to)),
          ` (${fault}). It will not be sent again: tell them another way, and correct the directory or invite Warmline there.`,
        ],
      ]),
    ],
  };
}
