import type { KnownBlock } from '@slack/types';
import type { ContactAction, ContactSubject, FormNotice, Said } from '../../domain/forms/notice';
import { CONTACT_OFFERS, CONTACT_SAID, contactButtonId, packContact } from '../../slack/ids/contact';
import { type Part, richLines, WHEN } from '../rich-text';
import { plainText } from '../text';

const TO_THE_SECOND = '{date_short_pretty} at {time_secs}';
const LABEL: Record<ContactAction, string> = {
  remind_me: 'Remind me then',
  record_attempt: 'Record an attempt',
  escalate: 'Escalate now',
};

const part = (said: Said): Part => {
  if (typeof said === 'string' || 'user' in said) return said;
  return { date: said.at, format: said.exact ? TO_THE_SECOND : WHEN };
};

/** Something said by the procedure, with every moment in the reader's own zone. */
export const saidLine = (say: readonly Said[]) => richLines([say.map(part)]);

export const contactButtons = (actions: readonly ContactAction[], about: ContactSubject): KnownBlock[] =>
  actions.length
    ? [
        {
          type: 'actions',
          block_id: CONTACT_OFFERS,
          elements: actions.map((action) => ({
            type: 'button' as const,
            action_id: contactButtonId(action),
            text: plainText(LABEL[action]),
            value: packContact(about),
          })),
        },
      ]
    : [];

/** What a procedure tells, with its buttons below. */
export const noticeBlocks = ({ say, offers, about }: FormNotice): KnownBlock[] => [
  { ...saidLine(say), block_id: CONTACT_SAID },
  ...contactButtons(offers, about),
];
