import { belongsToArea, isRestricted, mayAct, mayRead, type Person, readingRoles } from './access';
import type { CaseFacts } from './case';
import { who } from './case-words';
import type { Area } from './directory';
import { hindrance, moveLabel, whoMay } from './move';
import type { MoveType } from './moves/declared';
import type { Who } from './moves/definition';

export function mayMove(move: MoveType, facts: CaseFacts, person: Person, area: Area | null): boolean {
  if (facts.subjects.includes(person.id)) return false;
  const rules: Record<Who, () => boolean> = {
    anyone: () => true,
    informed: () => mayRead(facts, person, area),
    responsible: () => mayAct(facts, person, area),
    keeper: () => mayAct(facts, person, area) && mayRead(facts, person, area),
    reporter: () => facts.reporter === person.id || facts.followers.includes(person.id),
    reviewer: () => person.isAdmin,
    asked: () => person.isAdmin || rules.reporter(),
    // No one approves blindly.
    manager: () => (isRestricted(facts.kind) ? readsByRole(facts, person) : person.isAdmin || person.isManager),
    outsider: () => isRestricted(facts.kind) && !mayRead(facts, person, area),
    reader: () => readsByRole(facts, person),
    system: () => false,
  };
  return rules[whoMay(move, facts)]();
}

/** For restricted cases, anyone whose role reads the kind can be the second person. */
const readsByRole = ({ kind }: CaseFacts, { roles }: Person): boolean =>
  isRestricted(kind) && readingRoles(kind).some((role) => roles.includes(role));

/** What a refusal may tell this person: whether they may read the case, and which moves they can make. */
export const refusedTo = (facts: CaseFacts, person: Person, area: Area | null, now: Date) => ({
  isOutside: isRestricted(facts.kind) && !mayRead(facts, person, area),
  may: (move: MoveType) => mayMove(move, facts, person, area) && hindrance(facts, move, person.id, now) === null,
});

const READERS = 'the team that reads the case';

/** Why this person may not make a move, who may, and what they can do instead. */
export function notYours(facts: CaseFacts, move: MoveType, area: Area | null): string {
  const thread = "You can reply in the card's thread: it becomes a note on the case.";
  const people = belongsToArea(facts.kind) ? [facts.owner, area?.areaManager, area?.deputy] : [facts.owner];
  const named = [...new Set(people.filter((id) => typeof id === 'string'))].map(who);
  const may: Record<Who, string> = {
    anyone: 'people who see the case',
    informed: 'people who may read the case',
    responsible: named.length ? `${named.join(', ')} or an admin` : 'an admin',
    keeper: 'those who answer for the case and may read it',
    reporter: `${who(facts.reporter)}, who filed it,`,
    reviewer: 'the Admin team',
    asked: `${who(facts.reporter)}, who filed it, or the Admin team`,
    manager: isRestricted(facts.kind) ? READERS : 'an Area Manager or an admin',
    outsider: 'people who cannot read the case',
    reader: READERS,
    system: 'Warmline itself',
  };
  return `Only ${may[whoMay(move, facts)]} can use ${moveLabel(move)} on ${facts.ref}. ${thread}`;
}
