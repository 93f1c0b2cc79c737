import type { KnownBlock } from '@slack/types';
import type { Actor } from '../../domain/actor';
import type { CaseFacts } from '../../domain/case';
import type { CaseEvent } from '../../domain/event';
import { eventOf, lineOf } from '../../domain/events';
import type { SaidInThread } from '../../domain/moves/definition';
import { dialogButton } from '../case-dialog';
import { actions } from '../lines';
import type { Message } from '../message';
import { quote, richLines } from '../rich-text';
import { escapeText } from '../text';

/**
 * The line in a card's thread for an event, or null if it has none. A `redacted` post shows nothing that someone wrote.
 * `names`: the people it calls, else the owner.
 */
export function threadLine(
  facts: CaseFacts,
  event: CaseEvent,
  show: 'full' | 'redacted',
  names?: readonly Actor[],
): Message | null {
  const said = lineOf(facts, event, show, names);
  if (!said) return null;
  return {
    text: escapeText(said.text),
    blocks: [
      richLines([said.line]),
      ...(said.quoted && show === 'full' ? [quote(said.quoted)] : []),
      ...offers(facts, show, said),
    ],
  };
}

/** The same line once its offer is answered or expired (`answer`: null). */
export function settledThreadLine(facts: CaseFacts, event: CaseEvent, answer: CaseEvent | null): Message | null {
  const said = lineOf(facts, event, 'full');
  if (!said) return null;
  const words = answer ? eventOf(answer).line?.settles?.(answer) : null;
  return {
    text: escapeText(said.text),
    blocks: [
      richLines([said.line]),
      ...(said.quoted ? [quote(said.quoted)] : []),
      richLines([words ?? ['This access has ended.']]),
    ],
  };
}

function offers({ ref }: CaseFacts, show: 'full' | 'redacted', { offers }: SaidInThread): KnownBlock[] {
  if (!offers || show === 'redacted') return [];
  return [actions(...offers.moves.map((move) => dialogButton(move, ref, offers.about)))];
}
