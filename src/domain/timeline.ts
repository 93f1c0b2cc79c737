import type { CaseFacts } from './case';
import type { CaseEvent } from './event';
import { eventOf, lineOf } from './events';
import { by } from './moves/shared';
import type { Piece } from './pieces';

/** One thing that happened to a case, as someone reads it. */
export interface Entry {
  readonly at: Date;
  readonly line: readonly Piece[];
  readonly quoted?: string;
}

/** How many events a timeline page has, and how many are shown under a card that has moved. */
export const TIMELINE_PAGE = 20;

/**
 * A case's events in order: by whom, when, worded as in its thread. `redacted`: for people who may only know that it
 * exists, what the thread of its redacted card shows (domain section 10).
 */
export function timelineOf(
  facts: CaseFacts,
  events: readonly CaseEvent[],
  show: 'full' | 'redacted',
): readonly Entry[] {
  return events.flatMap((event): Entry[] => {
    const said = wordsOf(facts, event, show);
    if (!said) return [];
    const { line, quoted } = said;
    return [{ at: event.at, line, ...(quoted && show === 'full' ? { quoted } : {}) }];
  });
}

interface Words {
  readonly line: readonly Piece[];
  readonly quoted?: string;
}

function wordsOf(facts: CaseFacts, event: CaseEvent, show: 'full' | 'redacted'): Words | null {
  if (event.type === 'filed') return { line: show === 'full' ? ['📥 ', by(event), ' filed this.'] : ['📥 Filed.'] };
  const said = lineOf(facts, event, show, []);
  if (said || show === 'redacted') return said;
  if (event.type === 'routed') return routed(event.data);
  // A reply needs no line in its own thread.
  const { line } = eventOf(event);
  return line && (event.type === 'note_added' || event.type === 'note_edited') ? line.say(facts, event, []) : null;
}

function routed({ area, owner, unrouted }: Extract<CaseEvent, { type: 'routed' }>['data']): Words {
  if (unrouted) return { line: [`📬 No area could take this: ${unrouted}`] };
  return { line: ['📬 It went to ', area ?? 'its desk', ...(owner ? [', owner ', { user: owner }] : []), '.'] };
}
