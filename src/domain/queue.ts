import { belongsToArea, type Person, type Readable, readable, readingRoles } from './access';
import type { Actor, CaseFacts, CaseState } from './case';
import type { Area } from './directory';
import { CASE_KINDS, type CaseKind, SEVERITIES, type Severity } from './kinds';

/** When nothing of a case ever breaks: no clock of it runs. A date, so that it sorts behind all others. */
export const NEVER = new Date('9999-12-31T00:00:00Z');

/** When the first of its running clocks is due, in the past once it is overdue. What breaks next comes first. */
export const breaksAt = ({ clocks }: Pick<CaseFacts, 'clocks'>): Date =>
  clocks.length ? new Date(Math.min(...clocks.map(({ dueAt }) => +dueAt))) : NEVER;

/** Whose cases a queue shows: `mine`, what I own · `answering`, all that I answer for · `all`, everyone's (admins). */
export const SCOPES = ['mine', 'answering', 'all'] as const;
export type Scope = (typeof SCOPES)[number];

/** The states of an open case that a queue can be narrowed to, and `overdue`. */
export const QUEUE_STATES = [
  'overdue',
  'open',
  'acknowledged',
  'in_progress',
  'snoozed',
  'in_review',
  'returned',
] as const satisfies readonly (CaseState | 'overdue')[];

/** How someone narrows their queue; what is null asks nothing. */
export interface QueueFilters {
  readonly scope: Scope;
  readonly kind: CaseKind | null;
  readonly state: (typeof QUEUE_STATES)[number] | null;
  readonly severity: Severity | null;
  /** A part of an SP's name, or an account number. */
  readonly sp: string;
}

/** The scopes that make a difference to this person. */
export const scopesOf = ({ isAdmin, isManager, roles, standsFor }: Person): readonly Scope[] => {
  const answers = isManager || standsFor.length > 0 || roles.some((role) => role !== 'agent');
  return ['mine', ...(answers ? ['answering' as const] : []), ...(isAdmin ? ['all' as const] : [])];
};

/** Filters as they were chosen, by name; what this person cannot choose is left out. */
export function readQueueFilters(args: Readonly<Record<string, string>>, person: Person): QueueFilters {
  const chosen = <T extends string>(all: readonly T[], name: string) => all.find((one) => one === args[name]) ?? null;
  const scopes = scopesOf(person);
  const usual = scopes.includes('answering') ? 'answering' : 'mine';
  return {
    scope: chosen(scopes, 'scope') ?? usual,
    kind: chosen(CASE_KINDS, 'kind'),
    state: chosen(QUEUE_STATES, 'state'),
    severity: chosen(SEVERITIES, 'severity'),
    sp: (args.sp ?? '').trim(),
  };
}

/** Open cases by what an index finds them by; the whole of them where there is nothing. */
export interface QueueBranch {
  readonly owners?: readonly Actor[];
  readonly areas?: readonly string[];
  readonly kinds?: readonly CaseKind[];
  /** Without these, unless a state is asked for. */
  readonly notIn?: readonly CaseState[];
}

/** A queue as a store is asked for it. */
export interface QueueQuery {
  /** Any of these. */
  readonly branches: readonly QueueBranch[];
  readonly kind: CaseKind | null;
  readonly state: CaseState | null;
  readonly severity: Severity | null;
  /** It breaks at or before this moment. */
  readonly brokenBy: Date | null;
  /** With an SP asked for, only what the person may read: the number would tell what is in a need-to-know case. */
  readonly sp: { readonly text: string; readonly readable: readonly Readable[] } | null;
  /** A person who must not be the subject of it. */
  readonly notAbout: Actor;
}

/** The query of someone's queue. */
export function queueQuery(filters: QueueFilters, person: Person, areas: readonly Area[], now: Date): QueueQuery {
  const { scope, kind, state, severity, sp } = filters;
  return {
    branches: branchesOf(scope, person, areas),
    kind,
    state: state === 'overdue' ? null : state,
    severity,
    brokenBy: state === 'overdue' ? now : null,
    sp: sp ? { text: sp, readable: readable(person, areas) } : null,
    notAbout: person.id,
  };
}

/** What the Admin team has in hand before it reaches an area (domain section 6). */
export const UNDER_REVIEW = ['in_review', 'returned'] as const satisfies readonly CaseState[];

function branchesOf(scope: Scope, person: Person, areas: readonly Area[]): readonly QueueBranch[] {
  if (scope === 'all') return [{}];
  if (scope === 'mine') return [{ owners: [person.id] }];
  const led = ledBy(person, areas);
  const kinds = CASE_KINDS.filter((kind) => readingRoles(kind).some((role) => person.roles.includes(role)));
  return [
    { owners: [person.id, ...person.standsFor] },
    ...(led.areas.length ? [{ ...led, notIn: UNDER_REVIEW }] : []),
    ...(kinds.length ? [{ kinds }] : []),
  ];
}

/** The areas that someone leads, as Area Manager or deputy or covering for one, and the kinds of case that belong to them. */
export function ledBy(
  { id, standsFor }: Person,
  areas: readonly Area[],
): Required<Pick<QueueBranch, 'areas' | 'kinds'>> {
  const mine = [id, ...standsFor];
  const led = areas.filter(({ areaManager, deputy }) =>
    [areaManager, deputy].some((one) => one !== null && mine.includes(one)),
  );
  return { areas: led.map(({ name }) => name), kinds: CASE_KINDS.filter(belongsToArea) };
}
