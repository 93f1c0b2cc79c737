import type { KnownBlock } from '@slack/types';
import { isRestricted } from '../domain/access';
import type { ClockName } from '../domain/allowance';
import type { CaseFacts } from '../domain/case';
import type { CaseEvent } from '../domain/event';
import { eventOf } from '../domain/events';
import { allowedMoves, standing } from '../domain/move';
import type { MoveType } from '../domain/moves/declared';
import type { DmReader } from '../domain/moves/definition';
import { OPEN_CARD } from '../slack/ids/open-card';
import { dialogButton } from './case-dialog';
import { actions, button } from './lines';
import type { Message } from './message';
import { type Part, quote, richLines } from './rich-text';
import { openTitle, sjNumber, spName } from './subject';
import { escapeText } from './text';

/** The line and its case, with what is quoted right below the line that introduces it, and the buttons. */
export const dmBlocks = (
  facts: CaseFacts,
  line: readonly Part[],
  quoted: string | false | null | undefined,
  moves: readonly MoveType[],
  card: string | null,
): KnownBlock[] => [
  ...(quoted ? [richLines([aboutCase(facts), line]), quote(quoted)] : [richLines([line, aboutCase(facts)])]),
  ...dmActions(facts.ref, moves, card),
];

/** Buttons of a DM: the possible answers, and the link to the card. */
function dmActions(ref: string, moves: readonly MoveType[], card: string | null): KnownBlock[] {
  const elements = [
    ...moves.map((move) => dialogButton(move, ref)),
    ...(card ? [{ ...button(OPEN_CARD, 'Open the card'), url: card }] : []),
  ];
  return elements.length ? [actions(...elements)] : [];
}

/** The case of a DM, in a line. */
const aboutCase = ({ ref, kind, title, sp, sj }: CaseFacts): Part[] => [
  { bold: ref },
  ` ${openTitle({ kind, title })}  ·  SP ${spName({ sp })}  ·  SJ ${sjNumber({ sj })}`,
];

/**
 * A DM about an event of a case: to the agent who filed it, a new owner, someone a nudge is for (domain sections 7 and
 * 8). Null if there is nothing to say. `card`: the link to the card, if any. For a need-to-know case, only the reporter
 * sees text that someone wrote for others.
 */
export function eventDm(facts: CaseFacts, event: CaseEvent, card: string | null, reader: DmReader): Message | null {
  const { dm } = eventOf(event);
  if (!dm) return null;
  const { text, line, quoted, isForReader, buttons = [] } = dm.say(facts, event, reader);
  const mayQuote = isForReader || !isRestricted(facts.kind) || reader.to === facts.reporter;
  return {
    text: escapeText(`${facts.ref}: ${text}`),
    blocks: dmBlocks(
      facts,
      line,
      mayQuote && quoted,
      ('answering' in buttons ? answersTo(buttons.answering) : buttons).filter((move) =>
        allowedMoves(facts).includes(move),
      ),
      card,
    ),
  };
}

/** The moves that answer a clock directly from the message. */
const answersTo = (clock: ClockName): readonly MoveType[] => standing(({ nudge }) => nudge?.[clock]);

/** The combined messages about a case. */
export const moreMessages = (facts: CaseFacts, count: number): Message => ({
  text: `${facts.ref}: ${count} more changes`,
  blocks: [
    richLines([
      [
        '📚 ',
        { bold: `${count} more changes` },
        ' happened before anything could be sent here again, so they are not listed one by one. All of them are on record; the card shows where the case stands.',
      ],
      aboutCase(facts),
    ]),
  ],
});

/** A person's nudges in one message, most urgent first, each with its own buttons (domain section 8). */
export function bundledNudges(
  nudges: readonly { readonly ref: string; readonly message: { readonly blocks: readonly KnownBlock[] } }[],
): Message {
  const title = `${nudges.length} follow-ups wait for you`;
  return {
    text: `${title}: ${nudges.map(({ ref }) => ref).join(', ')}`,
    blocks: [
      richLines([[{ bold: title }, ', most urgent first:']]),
      ...nudges.flatMap(({ message }): KnownBlock[] => [{ type: 'divider' }, ...message.blocks]),
    ],
  };
}

/** What another channel is told about an event: that it needs leadership's attention, without the case's text. */
export function channelNotice(facts: CaseFacts, event: CaseEvent, card: string | null): Message {
  const line = eventOf(event).notice?.say(event) ?? [];
  return {
    text: `${facts.ref} needs your attention`,
    blocks: dmBlocks(facts, line, null, [], card),
  };
}
