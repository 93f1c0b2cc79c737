import type { Actor } from './actor';
import type { ClockName } from './allowance';
import type { AccessGrant, CaseFacts, Clock } from './case';
import type { Area } from './directory';
import { CASE_KINDS, KINDS } from './kinds';
import type { CaseKind } from './kinds/code';
import type { KindAccess } from './kinds/kind';
import type { Role } from './role';

/** Channels of the policy that must be private: need-to-know cases are posted there in full (domain section 10). */
export const SECRET_CHANNELS: ReadonlySet<string> = new Set(['risk', 'leadership', 'provider_advocate']);

/** Who someone is to Warmline. */
export interface Person {
  readonly id: Actor;
  readonly isAdmin: boolean;
  readonly isManager: boolean;
  readonly roles: readonly Role[];
  /** The people they cover for now: they may act on cases those people answer for (domain section 7). */
  readonly standsFor: readonly Actor[];
  /** The cases that they were granted access to for now (domain section 10). */
  readonly grants: readonly HeldGrant[];
}
/** A grant that has not ended, and its case. */
export type HeldGrant = Pick<AccessGrant, 'by' | 'until' | 'seq'> & { readonly ref: string };
/** A case and its access grants. */
export type Granting = Pick<CaseFacts, 'ref' | 'grants'>;

/** This person's grants on these cases that have not ended. */
export const heldIn = (cases: readonly Granting[], person: Actor, now: Date): readonly HeldGrant[] =>
  cases.flatMap(({ ref, grants }) =>
    (grants ?? [])
      .filter((grant) => grant.person === person && grant.until > now)
      .map(({ by, until, seq }) => ({ ref, by, until, seq })),
  );

/** The roles that read need-to-know cases of this kind; empty for open kinds. */
export const readingRoles = (kind: CaseKind): readonly Role[] => KINDS[kind].access.read ?? [];

/** Whether cases of this kind belong to an area. Others belong to their assignee, who then reads them. */
export const belongsToArea = (kind: CaseKind): boolean => KINDS[kind].access.area;

/** Whether a case of this kind is need-to-know (domain section 10). */
export const isRestricted = (kind: CaseKind): boolean => KINDS[kind].access.read !== null;

export const RESTRICTED_KINDS: readonly CaseKind[] = CASE_KINDS.filter(isRestricted);

const RESTRICTED_REFERENCES = RESTRICTED_KINDS.map(
  (kind) => [kind, new RegExp(`${KINDS[kind].prefix}-\\d{6}`)] as const,
);
/** The need-to-know kinds of which a text contains a reference. */
export const restrictedIn = (text: string): readonly CaseKind[] =>
  RESTRICTED_REFERENCES.flatMap(([kind, reference]) => (reference.test(text) ? [kind] : []));
/** Whether a text contains the reference of a need-to-know case. */
export const namesRestricted = (text: string): boolean => restrictedIn(text).length > 0;

/** Whether some people who read a kind by their role may not read this other, need-to-know one. */
export const isWiderThan = (kind: CaseKind, other: CaseKind): boolean =>
  isRestricted(other) &&
  (!isRestricted(kind) || readingRoles(kind).some((role) => !readingRoles(other).includes(role)));

const NO_SANCTION: NonNullable<CaseFacts['sanction']> = { standing: null, banned: null, lifting: null };
/** The clocks that show on a redacted card and in its thread. */
export const RESPONSE: readonly ClockName[] = ['acknowledge', 'update', 'snooze'];
const responses = (clocks: readonly Clock[]) => clocks.filter(({ name }) => RESPONSE.includes(name));
/**
 * A need-to-know case for people who may only know that it exists: that it needs a response. Its other clocks (police,
 * callback, approval) would reveal what it is about.
 */
export const seenOutside = <
  F extends Pick<CaseFacts, 'clocks'> & Partial<Pick<CaseFacts, 'hold' | 'approval' | 'legalHold' | 'sanction'>>,
>(
  facts: F,
): F => ({
  ...facts,
  // The reason for a hold is revealing, too.
  legalHold: null,
  clocks: responses(facts.clocks),
  ...(facts.hold && facts.hold.is !== 'none'
    ? { hold: { ...facts.hold, suspended: responses(facts.hold.suspended) } }
    : {}),
  ...('approval' in facts ? { approval: null } : {}),
  // Its effect on the SP is shown where the account is typed, not on the case.
  ...(facts.sanction ? { sanction: NO_SANCTION } : {}),
});

const personas = ({ id, standsFor }: Person): readonly Actor[] => [id, ...standsFor];

const has = (person: Person, roles: readonly Role[]) => roles.some((role) => person.roles.includes(role));

/**
 * True for people who answer for the case: owner, the area's AM and deputy, their covers, its roles, admins; never its
 * subject (domain sections 7, 10).
 */
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

/** The facts needed to decide who may read a case. */
type ReadFacts = Pick<CaseFacts, 'ref' | 'kind' | 'owner' | 'subjects' | 'reporter' | 'followers' | 'marks'>;

/** Why someone may read a case: filed it · answers for it · follows it · owns it · has a role · has a grant. */
export type Right = 'filed' | 'answers' | 'follows' | 'owns' | 'role' | 'grant';

/**
 * The right by which this person may read the case's text, or null. Unrestricted: people who answer for it, its
 * reporter and its followers. Restricted: its roles, the reporter, and people with a grant; without these, an admin or
 * the area's AM sees only that it exists.
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

export const mayRead = (facts: ReadFacts, person: Person, area: Area | null): boolean =>
  rightOf(facts, person, area) !== null;

/** Cases that match all of these fields; every case if there are none. */
export interface Readable {
  readonly refs?: readonly string[];
  readonly kinds?: readonly CaseKind[];
  readonly areas?: readonly string[];
  readonly reporter?: Actor;
  readonly owner?: Actor;
  readonly follower?: Actor;
  readonly mark?: CaseFacts['marks'][number];
}

/** `mayRead` as a query: a person reads cases that match any of these and are not about them. `areas`: all areas. */
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

/** True if this person may know that this case exists; a need-to-know one only if they may read it. */
export const mayKnowOf = (facts: Parameters<typeof mayRead>[0], person: Person, area: Area | null): boolean =>
  isRestricted(facts.kind) ? mayRead(facts, person, area) : !facts.subjects.includes(person.id);

/** How much of a case someone may see: `text`: all of it · `existence`: that it exists, its severity and state. */
export type Sight = 'text' | 'existence';

/**
 * What a search shows this person of a case (domain section 10); people who answer for a need-to-know case without
 * reading it see only that it exists. Null: nothing.
 */
export function sightOf(facts: Parameters<typeof mayRead>[0], person: Person, area: Area | null): Sight | null {
  if (mayRead(facts, person, area)) return 'text';
  return isRestricted(facts.kind) && mayAct(facts, person, area) ? 'existence' : null;
}
