import type { Actor } from '../domain/actor';
import type { CaseFacts } from '../domain/case';
import { coverOf } from '../domain/cover';
import { answerable } from '../domain/reach';
import type { ServiceDeps } from './deps';
import { knowledgeOf } from './recipients';
import { areaOf } from './standing';

/** Who should own a case now, and why, as the end of a sentence. */
export interface LiveOwner {
  readonly owner: Actor;
  readonly because: string;
}

/**
 * Who should own a case now (domain section 7): its owner if their account is active, else their cover, the Area
 * Manager, the deputy, someone with the role (if it belongs to no area), an admin; never a subject. Null if there is no
 * one.
 */
export async function liveOwnerFor(deps: ServiceDeps, facts: CaseFacts): Promise<LiveOwner | null> {
  const [policy, area] = await Promise.all([deps.directory.policy(), areaOf(deps, facts.area)]);
  const known = await knowledgeOf(deps, facts, { policy, area, now: deps.now() });
  const cover = facts.owner && coverOf(known.covers, facts.owner, known.now)?.deputy;
  const line: readonly (readonly [Actor | null | undefined, string])[] = [
    [facts.owner, 'they own it'],
    [cover, 'they cover for its owner'],
    ...answerable(facts, known).map((id) => [id, reasonOf(id)] as const),
    ...known.admins.map((id) => [id, 'they are an admin, and no one else is left'] as const),
  ];
  const [owner, because] = line.find(([id]) => isLive(id)) ?? [];
  return owner && because ? { owner, because } : null;

  function isLive(id: Actor | null | undefined): id is Actor {
    return !!id && !known.gone.has(id) && !facts.subjects.includes(id);
  }
  function reasonOf(id: Actor): string {
    if (id === area?.areaManager) return `they are the Area Manager of ${area.name}`;
    if (id === area?.deputy) return `they are the deputy of ${area.name}`;
    return 'their role answers for such cases';
  }
}
