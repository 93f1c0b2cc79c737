import type { AccessGrant, Actor, CaseFacts } from './case';
import type { Area } from './directory';
import { CASE_KINDS, type CaseKind, KINDS } from './kinds';
import type { KindAccess } from './kinds/kind';
import type { ClockName } from './policy';

/** The roles that policy.yaml gives to people, beside Area Managers, deputies and admins. */
export const ROLES = ['agent', 'risk', 'provider_advocate', 'leadership', 'resolution_specialist'] as const;
export type Role = (typeof ROLES)[number];
/** All that a policy may give: those of cases, and admin. */
export const CONFIG_ROLES = [...ROLES, 'admin'] as const;
export type ConfigRole = (typeof CONFIG_ROLES)[number];

/** Channels of the policy that must be private: need-to-know cases are posted there in full (domain section 10). */
export const SECRET_CHANNELS: ReadonlySet<string> = new Set(['risk', 'leadership', 'provider_advocate']);

/** Who someone is to Warmline. */
export interface Person {
  readonly id: Actor;
  readonly isAdmin: boolean;
  /** Area Manager or deputy of any area. */
  readonly isManager: boolean;
  readonly roles: readonly Role[];
  /** Whom they cover for now: they may act on what those answer for (domain section 7). */
  readonly standsFor: readonly Actor[];
  /** The cases that they were given leave to read for now (domain section 10). */
  readonly grants: readonly HeldGrant[];
}
/** A grant that has not ended, and its case. */
export type HeldGrant = Pick<AccessGrant, 'by' | 'until' | 'seq'> & { readonly ref: string };
/** A case, and who was given leave to read it. */
export type Granting = Pick<CaseFacts, 'ref' | 'grants'>;

/** What of these cases someone was given leave to read that has not ended. */
export const heldIn = (cases: readonly Granting[], person: Actor, now: Date): readonly HeldGrant[] =>
  cases.flatMap(({ ref, grants }) =>
    (grants ?? [])
      .filter((grant) => grant.person === person && grant.until > now)
      .map(({ by, until, seq }) => ({ ref, by, until, seq })),
  );

/** The roles that read need-to-know cases of this kind; none for kinds that are open. */
export const readingRoles = (kind: CaseKind): readonly Role[] => KINDS[kind].access.read ?? [];

/** Whether cases of this kind belong to an area; the others to the person who is given them, who then reads them too. */
export const belongsToArea = (kind: CaseKind): boolean => KINDS[kind].access.area;

/** Whether a case of this kind is need-to-know (domain section 10). */
export const isRestricted = (kind: CaseKind): boolean => KINDS[kind].access.read !== null;

export const RESTRICTED_KINDS: readonly CaseKind[] = CASE_KINDS.filter(isRestricted);

const NO_SANCTION: NonNullable<CaseFacts['sanction']> = { standing: null, banned: null, lifting: null };
const RESPONSE: readonly ClockName[] = ['acknowledge', 'update', 'snooze'];
/**
 * A need-to-know case as it stands for those who may know no more than that it exists: it is owed a response. What else
 * it waits for (the police, a callback, an approval) tells what it is about.
 */
export const seenOutside = <
  F extends Pick<CaseFacts, 'clocks'> & Partial<Pick<CaseFacts, 'approval' | 'legalHold' | 'sanction'>>,
>(
  facts: F,
): F => ({
  ...facts,
  // Why it is on hold tells too.
  legalHold: null,
  clocks: facts.clocks.filter(({ name }) => RESPONSE.includes(name)),
  ...('approval' in facts ? { approval: null } : {}),
  // What it did about the SP is seen where the account is typed, and not on the case.
  ...(facts.sanction ? { sanction: NO_SANCTION } : {}),
});

/** The person and those they stand for. */
const personas = ({ id, standsFor }: Person): readonly Actor[] => [id, ...standsFor];

const has = (person: Person, roles: readonly Role[]) => roles.some((role) => person.roles.includes(role));

/** True for those who answer for the case: owner, the area's AM and deputy, the covers of these, its roles, admins; never its subject (domain sections 7, 10). */
export function mayAct(
  facts: Pick<CaseFacts, 'kind' | 'owner' | 'subjects'>,
  person: Person,
  area: Area | null,
): boolean {
  if (facts.subjects.includes(person.id)) return false;
  const { act, area: ofArea } = KINDS[facts.kind].access;
  const people = [facts.owner, ...(ofArea ? [area?.areaManager, area?.deputy] : [])];
  return person.isAdmin || has(person, act) || personas(person).some((id) => people.includes(id));
}

/** What reading a case asks of its facts. */
type ReadFacts = Pick<CaseFacts, 'ref' | 'kind' | 'owner' | 'subjects' | 'reporter' | 'followers' | 'marks'>;

/** By which right someone reads a case: they filed it · answer for it · follow it · own it · have a role · were given leave. */
export type Right = 'filed' | 'answers' | 'follows' | 'owns' | 'role' | 'grant';

/**
 * The right by which this person may read the case's text, or null. Unrestricted: those who answer for it, the person who filed
 * or follows it. Restricted: its roles, the reporter, and the person who was granted access; an admin or the area's AM without
 * these sees that it exists, no more.
 */
export function rightOf(facts: ReadFacts, person: Person, area: Area | null): Right | null {
  if (facts.subjects.includes(person.id)) return null;
  if (facts.reporter === person.id) return 'filed';
  const given = person.grants.some(({ ref }) => ref === facts.ref) ? 'grant' : null;
  const { read } = KINDS[facts.kind].access;
  if (!read) {
    if (mayAct(facts, person, area)) return 'answers';
    return facts.followers.includes(person.id) ? 'follows' : given;
  }
  if (!belongsToArea(facts.kind) && facts.owner === person.id) return 'owns';
  const advocates: readonly Role[] = facts.marks.includes('sp_at_risk') ? ['provider_advocate'] : [];
  return has(person, [...read, ...advocates]) ? 'role' : given;
}

/** True when this person may read the case's text. */
export const mayRead = (facts: ReadFacts, person: Person, area: Area | null): boolean =>
  rightOf(facts, person, area) !== null;

/** Cases by plain fields, which all have to hold; the whole of them where there is none. */
export interface Readable {
  readonly refs?: readonly string[];
  readonly kinds?: readonly CaseKind[];
  readonly areas?: readonly string[];
  readonly reporter?: Actor;
  readonly owner?: Actor;
  readonly follower?: Actor;
  readonly mark?: CaseFacts['marks'][number];
}

/**
 * `mayRead` for a store to ask by: a person reads what any of these describes and what is not about them. `areas`: all
 * there are.
 */
export function readable(person: Person, areas: readonly Area[]): readonly Readable[] {
  const { id } = person;
  const whole = CASE_KINDS.filter((kind) => {
    const { read, act } = KINDS[kind].access;
    return read ? has(person, read) : person.isAdmin || has(person, act);
  });
  if (whole.length === CASE_KINDS.length) return [{}];
  const others = (which: (access: KindAccess) => boolean) =>
    CASE_KINDS.filter((kind) => !whole.includes(kind) && which(KINDS[kind].access));
  const isMine = (one: Actor | null) => one !== null && personas(person).includes(one);
  const mine = areas.filter(({ areaManager, deputy }) => isMine(areaManager) || isMine(deputy)).map(({ name }) => name);
  const some: readonly (Readable & { kinds: readonly CaseKind[] })[] = [
    { kinds: whole },
    { kinds: mine.length ? others(({ read, area }) => !read && area) : [], areas: mine },
    { kinds: others(({ read, area }) => !read || !area), owner: id },
    ...person.standsFor.map((owner) => ({ kinds: others(({ read }) => !read), owner })),
    { kinds: others(({ read }) => !read), follower: id },
    { kinds: has(person, ['provider_advocate']) ? others(({ read }) => read !== null) : [], mark: 'sp_at_risk' },
  ];
  const given = person.grants.length ? [{ refs: person.grants.map(({ ref }) => ref) }] : [];
  return [{ reporter: id }, ...given, ...some.filter(({ kinds }) => kinds.length)];
}

/** True when this person may know that the case exists beside one of their own: need-to-know ones only when they may read them. */
export const mayMeet = (facts: Parameters<typeof mayRead>[0], person: Person, area: Area | null): boolean =>
  isRestricted(facts.kind) ? mayRead(facts, person, area) : !facts.subjects.includes(person.id);

/** How much of a case someone may see: `text` all of it · `existence` that it is there, its severity and state. */
export type Sight = 'text' | 'existence';

/** What a search shows this person of a case (domain section 10): a need-to-know one, to those who answer for it without reading it, by its existence alone. Null: nothing. */
export function sightOf(facts: Parameters<typeof mayRead>[0], person: Person, area: Area | null): Sight | null {
  if (mayRead(facts, person, area)) return 'text';
  return isRestricted(facts.kind) && mayAct(facts, person, area) ? 'existence' : null;
}
