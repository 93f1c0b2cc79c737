import type { Findings } from './audit';
import type { Kept } from './audit-records';
import type { Entry } from './ledger';
import type { Problem } from './soak';

/** Every reply of a person under a card is a note once, as it reads now; one that was deleted is none. */
export function auditReplies(kept: readonly Kept[], entries: readonly Entry[]): Findings {
  const problems: Problem[] = [];
  const counts = { replies: 0, 'replies that are notes': 0, 'replies under a case that was void': 0 };
  const byCard = new Map(
    kept.flatMap(({ stored }) => stored.posts.flatMap(({ sent }) => (sent ? [[placeOf(sent), stored] as const] : []))),
  );
  for (const entry of entries) {
    if (entry.what !== 'reply') continue;
    counts.replies += 1;
    const { by, channel, threadTs, ts, text, history } = entry;
    const stored = byCard.get(placeOf({ channel, ts: threadTs }));
    const said = `${by} said in ${channel} ${threadTs} at ${ts}: ${history.join(' → ')}`;
    if (!stored) {
      problems.push({ what: 'a reply under a card of no case', about: threadTs, details: said });
      continue;
    }
    const { ref, notes, events } = stored;
    const mine = notes.filter(({ id }) => id === ts);
    const found = (what: string) =>
      problems.push({ what, about: ref, details: `${said}; notes: ${JSON.stringify(mine.map((note) => note.text))}` });
    const added = events.filter((event) => event.type === 'note_added' && event.data.id === ts).length;
    counts['replies that are notes'] += mine.length;
    if (mine.length > 1 || added > 1) found('a reply is a note twice');
    // A void case takes no notes.
    const wasVoid = events.some(({ type }) => type === 'voided' || type === 'merged');
    const isRight = text === null ? mine.length === 0 : mine[0]?.text === text;
    if (isRight) continue;
    if (wasVoid) counts['replies under a case that was void'] += 1;
    else if (text === null) found('a deleted reply is a note');
    else found(mine.length ? 'a reply is a note in older words' : 'a reply is no note');
  }
  return { problems, counts };
}

const placeOf = ({ channel, ts }: { channel: string; ts: string }) => `${channel} ${ts}`;
