import type { KnownBlock } from '@slack/types';
import type { FiledNotice } from '../../domain/filed';
import { maskedNotice } from '../../domain/personal-data';
import { PASSED_ON } from '../../domain/texts';
import { dialogButton } from '../case-dialog';
import { actions, note } from '../lines';
import type { Message } from '../message';
import { type Part, richLines, WHEN } from '../rich-text';
import { plainText } from '../text';
import { switchButton } from './switch-button';

/**
 * What the agent is told after submitting: the reference, who has it, when they answer, what to tell the customer, and
 * a form that fits better, if any. `card`: its card's link, if known.
 */
export function filedMessage(notice: FiledNotice, card: string | null): Message {
  const { id, ref, sj, owner, already, unrouted, masked, goesOn, hearer } = notice;
  const job = sj ? ` (SJ ${sj})` : '';
  const named: Part = card ? { link: card, words: ref } : { bold: ref };
  const head: Part[] =
    already === 'no'
      ? ['✅ ', named, ` is filed${job}.`]
      : [
          'ℹ️ Already filed as ',
          named,
          `${job}, once.`,
          already === 'corrected' ? ' Your changes are a note on it.' : '',
        ];
  const blocks: KnownBlock[] = [
    richLines([
      head,
      whoHasIt(notice),
      ...dates(notice),
      ...(unrouted ? [['⚠️ ', unrouted, ' It was kept and sent to the unrouted queue.']] : []),
      ...(masked.length ? [['🔒 ', maskedNotice(masked)]] : []),
      hearer
        ? [{ bold: `You can tell the ${hearer}: ` }, ...toSay(notice)]
        : ['This is internal: no one on the line needs to know.'],
    ]),
    actions(...(goesOn ? [switchButton(goesOn, id)] : []), {
      ...dialogButton('add_note', ref),
      text: plainText(owner ? 'Add a note for the owner' : 'Add a note'),
    }),
    note('You get a DM when it is acknowledged and when it is resolved.'),
  ];
  return { text: already === 'no' ? `${ref} is filed${job}` : `Already filed as ${ref}${job}`, blocks };
}

const whoHasIt = ({ owner, area, answerBy }: FiledNotice): Part[] => [
  'With: ',
  owner ? { user: owner } : 'the people who look after unrouted reports',
  area ? ` (${area})` : '',
  ...(answerBy ? [' · Answer due by: ', { date: answerBy, format: WHEN }] : []),
];

const dates = ({ callbackAt, reviewBy }: FiledNotice): Part[][] => [
  ...(callbackAt ? [['Callback promised for: ', { date: callbackAt, format: WHEN }]] : []),
  ...(reviewBy ? [['The Admin team reviews it by: ', { date: reviewBy, format: WHEN }]] : []),
];

/** What to read out; without a closing text, only what is certain, and by when. */
function toSay({ closing, answerBy, unrouted }: FiledNotice): Part[] {
  if (closing) return [`“${closing}”`];
  if (unrouted)
    return ['“Thank you for telling us. I have written it down, and we will make sure the right person gets it.”'];
  if (!answerBy) return [`“${PASSED_ON}”`];
  return [
    '“Thank you for telling us. This is now with the manager responsible, and they will look at it by ',
    { date: answerBy, format: WHEN },
    '.”',
  ];
}
