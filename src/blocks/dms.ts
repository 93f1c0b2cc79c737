import type { KnownBlock } from '@slack/types';
import { isRestricted } from '../domain/access';
import type { CaseEvent, CaseFacts } from '../domain/case';
import { allowedMoves } from '../domain/moves';
import { outcomeLabel } from '../domain/outcomes';
import type { ClockName } from '../domain/policy';
import { type DialogId, dialogButtonId } from '../slack/ids/case-dialog';
import { OPEN_CARD } from '../slack/ids/open-card';
import { type EventMessage, nudgeWords } from './cards/thread-line';
import { dialogLabel } from './dialogs';
import { type Part, quote, richLines, WHEN } from './rich-text';
import { openTitle, sjNumber, spName } from './subject';
import { escapeText, plainText } from './text';

/** Buttons of a DM: what the person can answer with, and the way to the card. */
function actions(ref: string, dialogs: readonly DialogId[], card: string | null): KnownBlock[] {
  const elements = [
    ...dialogs.map((dialog) => ({
      type: 'button' as const,
      action_id: dialogButtonId(dialog),
      text: plainText(dialogLabel(dialog)),
      value: ref,
    })),
    ...(card ? [{ type: 'button' as const, action_id: OPEN_CARD, text: plainText('Open the card'), url: card }] : []),
  ];
  return elements.length ? [{ type: 'actions', elements }] : [];
}

const about = ({ ref, kind, title, sp, sj }: CaseFacts): Part[] => [
  { bold: ref },
  ` ${openTitle({ kind, title })}  ·  SP ${spName({ sp })}  ·  SJ ${sjNumber({ sj })}`,
];

/**
 * What a person is told by DM about an event of a case: the agent who filed it, an owner it was handed to, somebody a
 * nudge is for (domain sections 7 and 8). Null when there is nothing to say. `card` is the link to the card, if any.
 * Of a need-to-know case, only whoever filed it is told in words that somebody wrote. `acts`: whether they answer for it.
 */
export function eventDm(
  facts: CaseFacts,
  event: CaseEvent,
  card: string | null,
  { to, acts }: { readonly to: string; readonly acts: boolean },
): EventMessage | null {
  const mayQuote = !isRestricted(facts.kind) || to === facts.reporter;
  const say = (text: string, line: readonly Part[], quoted = '', more: readonly DialogId[] = []): EventMessage => ({
    text: `${facts.ref}: ${text}`,
    blocks: [
      richLines([line, about(facts)]),
      ...(quoted && mayQuote ? [quote(quoted)] : []),
      ...actions(facts.ref, more, card),
    ],
  });
  switch (event.type) {
    case 'acknowledged':
      return say('acknowledged', [
        '👀 ',
        { user: event.actor },
        ' is on your report. You can tell the customer: you will hear from us by ',
        { date: event.data.nextUpdateBy, format: WHEN },
        '.',
      ]);
    case 'resolved': {
      const outcome = outcomeLabel(event.data.outcome);
      const line: Part[] = [
        '✅ ',
        { user: event.actor },
        ' resolved your report: ',
        { bold: outcome },
        event.data.text ? '. You can tell the customer:' : '.',
      ];
      return say(`resolved, ${escapeText(outcome)}`, line, event.data.text, to === facts.reporter ? ['dispute'] : []);
    }
    case 'reassigned':
      return say('handed to you', ['🔁 ', { user: event.actor }, ' handed you this case:'], event.data.summary);
    case 'sent_to_manager':
      return say(
        'sent to you',
        ['📨 ', { user: event.actor }, ' reviewed this and sent it to you as ', { bold: event.data.code }, '.'],
        event.data.note,
      );
    case 'returned':
      return say(
        'a question for you',
        ['❓ ', { user: event.actor }, ' has a question about your report:'],
        event.data.question,
        ['answer'],
      );
    case 'transferred':
      return say('a caller for you', [
        '☎️ ',
        { user: event.actor },
        ' connected a caller with you. The summary is on the card: the caller does not have to repeat the story.',
      ]);
    case 'disputed':
      return say(
        'disputed',
        ['↩️ ', { user: event.actor }, ' disputes the outcome; the case is open again:'],
        event.data.reason,
      );
    case 'approval_refused':
      return say(
        'approval refused',
        ['👥 ', { user: event.actor }, ' refused the outcome you asked for:'],
        event.data.reason,
      );
    case 'follower_added':
      if (event.data.because === facts.ref)
        return say('goes on here', [
          '🔗 What you typed was added to this case. ',
          ...hears(facts, event.data.follower),
        ]);
      return say('goes on here', [
        '🔗 Your report ',
        { bold: event.data.because },
        ' is a duplicate of this case. ',
        ...hears(facts, event.data.follower),
      ]);
    case 'nudged':
      if (event.data.clock === 'police_number')
        return say('the police report number is missing', ['🚓 Do you have the police report number by now?'], '', [
          'add_police_number',
        ]);
      if (event.data.clock === 'answer' && facts.question && to === facts.reporter)
        return say(
          'a question waits for your answer',
          ['❓ ', { user: facts.question.by }, ' still waits for your answer about your report:'],
          facts.question.text,
          ['answer'],
        );
      return say(
        'waits for you',
        ['⏰ ', ...capitalised(nudgeWords(event))],
        '',
        acts ? answersTo(facts, event.data.clock) : ['add_note'],
      );
    default:
      return null;
  }
}

/** Whether somebody who follows a case is told of it: only the first who do are. */
const hears = ({ followers, owner }: CaseFacts, follower: string): Part[] =>
  followers.includes(follower)
    ? ['You hear from here on what becomes of it.']
    : [
        'So many people follow it that you get no message when it changes: ask ',
        ...(owner ? [{ user: owner }] : ['the Admin team']),
        ' how it stands.',
      ];

/** Messages about a case that there was no room for one by one, as one. */
export const moreMessages = (facts: CaseFacts, count: number): EventMessage => ({
  text: `${facts.ref}: ${count} more changes`,
  blocks: [
    richLines([
      [
        '📚 ',
        { bold: `${count} more changes` },
        ' came before anything could be sent here again, and are not told one by one. All of them are on record; the card shows how the case stands.',
      ],
      about(facts),
    ]),
  ],
});

/** The words as a sentence of their own, where no name stands before them. */
const capitalised = ([first, ...rest]: readonly Part[]): Part[] =>
  typeof first === 'string' ? [first.charAt(0).toUpperCase() + first.slice(1), ...rest] : first ? [first, ...rest] : [];

/** The buttons by which somebody answers a clock straight from the message, as far as the case allows them now. */
const ANSWERS: Partial<Record<ClockName, readonly DialogId[]>> = {
  review: ['send_to_manager', 'return_to_agent', 'void'],
  answer: ['answer'],
  callback: ['callback_made', 'add_note', 'snooze'],
  sp_contact: ['log_sp_contact', 'add_note', 'snooze'],
};
const answersTo = (facts: CaseFacts, clock: ClockName): readonly DialogId[] =>
  (ANSWERS[clock] ?? ['acknowledge', 'add_note', 'snooze']).filter((dialog) => allowedMoves(facts).includes(dialog));

/** Several nudges for one person in one message, most urgent first, each with its own buttons (domain section 8). */
export function bundledNudges(
  nudges: readonly { readonly ref: string; readonly message: { readonly blocks: readonly KnownBlock[] } }[],
): EventMessage {
  const title = `${nudges.length} follow-ups wait for you`;
  return {
    text: `${title}: ${nudges.map(({ ref }) => ref).join(', ')}`,
    blocks: [
      richLines([[{ bold: title }, ', most urgent first:']]),
      ...nudges.flatMap(({ message }): KnownBlock[] => [{ type: 'divider' }, ...message.blocks]),
    ],
  };
}

/** What a channel beside the case's own is told of an event: that it needs leadership's eyes. No word of its text. */
export function channelNotice(facts: CaseFacts, event: CaseEvent, card: string | null): EventMessage {
  const line: Part[] =
    event.type === 'escalated'
      ? ['📣 ', { user: event.actor }, ' escalates this to you:']
      : ['⏰ Nobody has answered this in time:'];
  return {
    text: `${facts.ref} needs your attention`,
    blocks: [richLines([line, about(facts)]), ...actions(facts.ref, [], card)],
  };
}
