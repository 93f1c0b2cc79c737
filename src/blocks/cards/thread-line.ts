import type { KnownBlock } from '@slack/types';
import type { Actor, CaseEvent, CaseFacts } from '../../domain/case';
import { lineOf } from '../../domain/events';
import { quote, richLines } from '../rich-text';
import { escapeText } from '../text';

/** A message about one event: what everybody sees of it, and its text for notifications. */
export interface EventMessage {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/**
 * The line in a card's thread for an event, or null for events that have none there. In a `redacted` post nothing that
 * somebody wrote is shown. `names` are the people it calls, else the owner.
 */
export function threadLine(
  facts: CaseFacts,
  event: CaseEvent,
  show: 'full' | 'redacted',
  names?: readonly Actor[],
): EventMessage | null {
  const said = lineOf(facts, event, show, names);
  if (!said) return null;
  return {
    text: escapeText(said.text),
    blocks: [richLines([said.line]), ...(said.quoted && show === 'full' ? [quote(said.quoted)] : [])],
  };
}
