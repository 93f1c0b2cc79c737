import type { KnownBlock } from '@slack/types';
import type { ContactSubject } from '../../domain/forms/notice';
import { richLines } from '../rich-text';
import { contactButtons } from './notice';

/** The DM for a requested reminder: the exception about this SJ can be opened now (domain section 6). */
export function reminderMessage(about: ContactSubject): { text: string; blocks: KnownBlock[] } {
  return {
    text: `You can escalate SJ ${about.sj} now`,
    blocks: [
      richLines([
        [
          '⏰ 24 hours have passed since the first attempt to contact the SP about ',
          { bold: `SJ ${about.sj}` },
          '. If the customer called back, record the second attempt, then escalate.',
        ],
      ]),
      ...contactButtons(['record_attempt', 'escalate'], about),
    ],
  };
}
