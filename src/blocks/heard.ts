import type { Button, KnownBlock } from '@slack/types';
import type { HeardReply } from '../domain/heard';
import { CASE_KINDS, KINDS } from '../domain/kinds';
import { NOTE_MAX } from '../domain/notes';
import { NOT_FOR_OUTSIDERS } from '../domain/outsider';
import { maskedNotice } from '../domain/personal-data';
import { amount } from '../domain/wording';
import { HOME_SEARCH, homeFormId } from '../slack/ids/desk';
import { dialogButton } from './case-dialog';
import { helpBlocks, helpText } from './help';
import { actions, button } from './lines';
import type { Message } from './message';
import { type Part, quote, richLines } from './rich-text';
import { escapeText, truncate } from './text';

const QUESTION_MAX = 600;

/** The reply to a direct message. */
export function heardMessage(reply: HeardReply): Message {
  switch (reply.is) {
    case 'taken':
      return taken(reply);
    case 'refused':
      return {
        text: 'Your message was not taken as an answer',
        blocks: [richLines([[`Your message was not taken as an answer: ${plain(reply.reason)}`]])],
      };
    case 'press':
      return reply.questions.length ? choose(reply) : press(reply.ref);
    case 'mentioned':
      return mentioned(reply.channel);
    case 'help':
      return { text: helpText, blocks: helpBlocks(reply.person) };
    case 'changed':
      return say(
        `${reply.ref}: your answer stays as it was`,
        [
          'You changed a message that was taken as your answer to ',
          { bold: reply.ref },
          '. The answer stays as it was. To correct it, add a note.',
        ],
        [dialogButton('add_note', reply.ref)],
      );
    case 'outsider':
      return say(NOT_FOR_OUTSIDERS, [NOT_FOR_OUTSIDERS]);
    case 'interrupted':
      return say('Warmline did not finish reading your message', [
        'Warmline was interrupted while it read your message. If it answered a question, check Home to see whether the question is still open, or send the message again.',
      ]);
  }
}

const say = (text: string, line: readonly Part[], buttons: readonly Button[] = []): Message => ({
  text: escapeText(text),
  blocks: [richLines([line]), ...(buttons.length ? [actions(...buttons)] : [])],
});

/** A refusal mentions people as Slack does; here it is plain text. */
const plain = (reason: string) => reason.replace(/<@([A-Z0-9]+)>/g, '@$1');

function taken({ ref, text, isCut, masked }: HeardReply & { is: 'taken' }): Message {
  const notices: Part[][] = [
    ...(isCut ? [[`Only the first ${amount(NOTE_MAX)} characters were kept. Send the rest as a note.`]] : []),
    ...(masked.length ? [[`${maskedNotice(masked)} Your message here still shows it: edit or delete it.`]] : []),
  ];
  return {
    text: `Taken as your answer to ${ref}`,
    blocks: [
      richLines([['✅ Taken as your answer to ', { bold: ref }, ':']]),
      quote(text),
      richLines([['The review continues.'], ...notices]),
      actions(dialogButton('add_note', ref)),
    ],
  };
}

/** Several questions wait, or the message was written under another one: asks which is meant. */
function choose({ questions, more, ref }: HeardReply & { is: 'press' }): Message {
  const several = questions.length + more > 1;
  return {
    text: 'Which question does your message answer?',
    blocks: [
      richLines([
        [
          several ? 'Several questions wait for your answer' : 'A question waits for your answer',
          ', and your message was not taken as one. Press ',
          { bold: 'Answer' },
          several ? ' next to the one you mean:' : ':',
        ],
      ]),
      ...questions.flatMap((question): KnownBlock[] => [
        richLines([['❓ ', { bold: question.ref }, question.text ? `: ${truncate(question.text, QUESTION_MAX)}` : '']]),
        actions(dialogButton('answer', question.ref)),
      ]),
      ...(more ? [richLines([['More of them are in your Home.']])] : []),
      ...(ref ? noteOn(ref) : []),
    ],
  };
}

/** Nothing waits for them: offers buttons instead. */
function press(ref: string | null): Message {
  const offer: Part[] = ref ? ['Press what you need:'] : ['Press what you need, or type ', { bold: 'help' }, ':'];
  return notFiled(['Nothing waits for your answer, so your message was not filed or added to a case. ', ...offer], ref);
}

const mentioned = (channel: string): Message =>
  notFiled(
    [
      'You mentioned me in ',
      { channel },
      '. There I read only the replies under cards, so your message was not filed or added to a case. Press what you need:',
    ],
    null,
  );

/** `ref`: the case that it may be a note on. */
const notFiled = (line: readonly Part[], ref: string | null): Message => ({
  text: 'Your message was not filed or added to a case. Here is what you can press',
  blocks: [
    richLines([line]),
    ...(ref ? noteOn(ref) : []),
    actions(
      ...CASE_KINDS.map((kind) => button(homeFormId(kind), KINDS[kind].label, kind)),
      button(HOME_SEARCH, 'Search …'),
    ),
  ],
});

const noteOn = (ref: string): KnownBlock[] => [
  richLines([['To keep what you wrote on ', { bold: ref }, ', add it as a note:']]),
  actions(dialogButton('add_note', ref)),
];
