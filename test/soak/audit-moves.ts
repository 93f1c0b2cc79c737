import { apply } from '../../src/domain/apply';
import type { CaseFacts } from '../../src/domain/case';
import type { CaseEvent } from '../../src/domain/event';
import type { Kept } from './audit-records';
import { DIALOGS } from './dialogs';
import type { Findings, Problem } from './findings';
import type { Entry, MovedEntry } from './ledger';

/**
 * Every confirmed move is on its case once, every other at most once. A window closes after a move that was made, or
 * that had nothing to change: then the case must have been in that state during the request.
 */
export function auditMoves(kept: readonly Kept[], entries: readonly Entry[]): Findings {
  const problems: Problem[] = [];
  const counts = { moves: 0, 'moves that had nothing to change': 0 };
  const byRef = new Map(kept.map(({ stored }) => [stored.ref, stored]));
  for (const entry of entries) {
    if (entry.what !== 'move') continue;
    const { ref, viewId, dialog, told, by, from, until } = entry;
    const stored = byRef.get(ref);
    const made = (stored?.events ?? []).filter(
      ({ key, type }) => key === viewId && DIALOGS[dialog]?.makes.includes(type),
    );
    const details = `${by} used "${dialog}" in ${viewId} between events ${from} and ${until} (${JSON.stringify(entry.entries)}) and was told "${told}"; it is there ${made.length} times`;
    if (made.length > 1) problems.push({ what: 'a move is there twice', about: ref, details });
    if (told === 'refused' && made.length > 0) problems.push({ what: 'a refused move is there', about: ref, details });
    counts.moves += made.length;
    if (told !== 'confirmed' || made.length > 0) continue;
    if (stored && stoodInTime(entry, stored.events)) counts['moves that had nothing to change'] += 1;
    else problems.push({ what: 'a confirmed move is lost', about: ref, details });
  }
  return { problems, counts };
}

/** Whether, during the request, the case was already as the move would make it. */
function stoodInTime({ dialog, entries, from, until }: MovedEntry, events: readonly CaseEvent[]): boolean {
  if (DIALOGS[dialog]?.move !== 'link') return false;
  let facts: CaseFacts | null = null;
  for (const event of events) {
    facts = apply(facts, event);
    const isAsked = event.seq >= from && event.seq <= until;
    if (isAsked && facts.links.some(({ ref }) => ref === entries['The other case'])) return true;
  }
  return false;
}
