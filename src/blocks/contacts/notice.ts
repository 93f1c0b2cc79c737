import type { KnownBlock } from '@slack/types';
import { CONTACT_FIRST } from '../../domain/contact-words';
import type { ContactAction, ContactSubject, FormNotice, Said } from '../../domain/forms/notice';
import { KINDS } from '../../domain/kinds';
import { CONTACT_OFFERS, CONTACT_SAID, contactButtonId, packContact } from '../../slack/ids/contact';
import { button } from '../lines';
import { type Part, richLines, WHEN } from '../rich-text';

const TO_THE_SECOND = '{date_short_pretty} at {time_secs}';
const LABEL: Record<ContactAction, string | null> = {
  remind_me: 'Remind me then',
  record_attempt: 'Record an attempt',
  escalate: CONTACT_FIRST && (KINDS[CONTACT_FIRST].contactRule?.button ?? null),
};

const part = (said: Said): Part => {
  if (typeof said === 'string' || 'user' in said) return said;
  return { date: said.at, format: said.exact ? TO_THE_SECOND : WHEN };
};

/** A procedure's text, with times in the reader's own zone. */
export const saidLine = (say: readonly Said[]) => richLines([say.map(part)]);

export const contactButtons = (actions: readonly ContactAction[], about: ContactSubject): KnownBlock[] =>
  actions.length
    ? [
        {
          type: 'actions',
          block_id: CONTACT_OFFERS,
          elements: actions.flatMap((action) => {
            const label = LABEL[action];
            const id = contactButtonId(action);
            return label ? [button(id, label, packContact(about))] : [];
          }),
        },
      ]
    : [];

/** A procedure's notice, with its buttons below. */
export const noticeBlocks = ({ say, offers, about }: FormNotice): KnownBlock[] => [
  { ...saidLine(say), block_id: CONTACT_SAID },
  ...contactButtons(offers, about),
];
