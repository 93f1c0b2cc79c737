import { mayMove, type Person, ROLES } from '../../src/domain/access';
import { apply } from '../../src/domain/apply';
import type { CaseEvent, CaseFacts } from '../../src/domain/case';
import { hindrance } from '../../src/domain/decide';
import type { Area } from '../../src/domain/directory';
import { allowedMoves } from '../../src/domain/moves';
import type { Policy } from '../../src/domain/policy';
import type { Findings } from './audit';
import type { Kept } from './audit-records';
import { DIALOGS } from './dialogs';
import type { Entry, MovedEntry } from './ledger';
import type { Problem } from './soak';

export interface Roles {
  readonly policy: Policy;
  readonly areas: readonly Area[];
  readonly admins: readonly string[];
  /** The id of somebody, by name. */
  readonly idOf: (name: string) => string | undefined;
  /** What somebody was told beside what they pressed. */
  readonly toldPrivately: (id: string) => readonly string[];
}

/**
 * Every confirmed move is on its case once, every other at most once. A window that closed may have been refused all
 * the same, and its reason said beside it: then the case must have been in a state that refuses the move.
 */
export function auditMoves(kept: readonly Kept[], entries: readonly Entry[], roles: Roles): Findings {
  const problems: Problem[] = [];
  const counts = { moves: 0, 'moves refused after the window closed': 0, 'of which told why': 0 };
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
    if (!stored || !refusedInTime(entry, stored.events, roles)) {
      problems.push({ what: 'a confirmed move is lost', about: ref, details });
      continue;
    }
    counts['moves refused after the window closed'] += 1;
    if (roles.toldPrivately(by).some((text) => text.includes(ref))) counts['of which told why'] += 1;
  }
  return { problems, counts };
}

/** Whether the case was, while the move was asked for, in a state that refuses it or needs no change for it. */
function refusedInTime(entry: MovedEntry, events: readonly CaseEvent[], roles: Roles): boolean {
  let facts: CaseFacts | null = null;
  for (const event of events) {
    facts = apply(facts, event);
    if (event.seq >= entry.from && event.seq <= entry.until && wouldRefuse(entry, facts, roles)) return true;
  }
  return false;
}

function wouldRefuse({ dialog, by, entries, at }: MovedEntry, facts: CaseFacts, roles: Roles): boolean {
  const move = DIALOGS[dialog]?.move;
  if (!move) return false;
  const area = roles.areas.find(({ name }) => name === facts.area) ?? null;
  if (!allowedMoves(facts).includes(move) || !mayMove(move, facts, personOf(by, roles), area)) return true;
  if (hindrance(facts, move, by, at) !== null) return true;
  switch (move) {
    case 'reassign': {
      const target = roles.areas.find(({ name }) => name === entries['To the Area Manager of']);
      return target
        ? facts.owner === target.areaManager && facts.area === target.name
        : facts.owner === roles.idOf(String(entries['Or to this person']));
    }
    case 'change_severity':
      return facts.severity === SEVERITY_OF[String(entries.Severity)];
    case 'link':
      return facts.links.some(({ ref }) => ref === entries['The other case']);
    case 'snooze':
      return facts.clocks.some(({ name }) => name === 'callback');
    default:
      return false;
  }
}

const SEVERITY_OF: Readonly<Record<string, string>> = {
  Critical: 'critical',
  High: 'high',
  Elevated: 'elevated',
  Normal: 'normal',
  Recognition: 'low',
};

const personOf = (id: string, { policy, areas, admins }: Roles): Person => ({
  id,
  isAdmin: admins.includes(id),
  isManager: areas.some(({ areaManager, deputy }) => areaManager === id || deputy === id),
  roles: ROLES.filter((role) => policy.roles[role]?.includes(id)),
  standsFor: [],
});
