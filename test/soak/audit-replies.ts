import type { CaseEvent } from '../../src/domain/event';
import { type CardPlace, hadCardAt } from '../../src/domain/mailbox';
import type { Kept } from './audit-records';
import type { Findings, Problem } from './findings';
import type { Entry } from './ledger';

/** Every reply of a person under a card is a note once, in its current version; a deleted one is not. */
export function auditReplies(kept: readonly Kept[], entries: readonly Entry[]): Findings {
  const problems: Problem[] = [];
  const counts = { replies: 0, 'replies that are notes': 0, 'replies under a case that was void': 0 };
  const caseAt = (place: CardPlace) =>
    kept.find(
      ({ stored, left }) =>
        stored.posts.some((post) => hadCardAt(post, place)) ||
        left.some(({ channel, ts }) => channel === place.channel && ts === place.ts),
    )?.stored;
  for (const entry of entries) {
    if (entry.what !== 'reply') continue;
    counts.replies += 1;
    const { by, channel, threadTs, ts, text, history } = entry;
    const stored = caseAt({ channel, ts: threadTs });
    const said = `${by} said in ${channel} ${threadTs} at ${ts}: ${history.join(' → ')}`;
    if (!stored) {
      problems.push({ what: 'a reply under a card of no case', about: threadTs, details: said });
      continue;
    }
    const { ref, notes, events } = stored;
    const note = noteNow(events, ts);
    const found = (what: string) => problems.push({ what, about: ref, details: `${said}; the note: ${note}` });
    const added = events.filter((event) => event.type === 'note_added' && event.data.id === ts).length;
    if (note !== null) counts['replies that are notes'] += 1;
    if (added > 1 || notes.filter(({ id }) => id === ts).length > 1) found('a reply is a note twice');
    // A void case takes no notes.
    const wasVoid = events.some(({ type }) => type === 'voided' || type === 'merged');
    if (note === text) continue;
    if (wasVoid) counts['replies under a case that was void'] += 1;
    else if (text === null) found('a deleted reply is a note');
    else found(note === null ? 'a reply is no note' : 'a reply is a note in older words');
  }
  return { problems, counts };
}

/** A reply's text as a note, according to the events; null if it is not one (anymore). */
function noteNow(events: readonly CaseEvent[], id: string): string | null {
  let text: string | null = null;
  for (const event of events) {
    if (event.type === 'note_deleted' && event.data.id === id) text = null;
    if ((event.type === 'note_added' || event.type === 'note_edited') && event.data.id === id) text = event.data.text;
  }
  return text;
}
