import { belongsToArea, type Person, type Readable, readable, readingRoles } from './access';
import type { Actor } from './actor';
import type { CaseFacts, CaseState } from './case';
import type { Area } from './directory';
import { CASE_KINDS } from './kinds';
import type { CaseKind } from './kinds/code';
import { SEVERITIES, type Severity } from './severity';

/** `breaksAt` of a case without a running clock. A date, so that it sorts last. */
export const NEVER = new Date('9999-12-31T00:00:00Z');

/** When its first running clock is due; in the past once it is overdue. The earliest comes first. */
export const breaksAt = ({ clocks }: Pick<CaseFacts, 'clocks'>): Date =>
  clocks.length ? new Date(Math.min(...clocks.map(({ dueAt }) => +dueAt))) : NEVER;

/** Whose cases a queue shows: `mine`: what I own · `answering`: all that I answer for · `all`: everyone's (admins). */
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

/** A queue's filters; null means no filter. */
export interface QueueFilters {
  readonly scope: Scope;
  readonly kind: CaseKind | null;
  readonly state: (typeof QUEUE_STATES)[number] | null;
  readonly severity: Severity | null;
  /** Part of an SP's name, or an account number. */
  readonly sp: string;
}

/** The scopes that differ for this person. */
export const scopesOf = ({ isAdmin, isManager, roles, standsFor }: Person): readonly Scope[] => {
  const answers = isManager || standsFor.length > 0 || roles.some((role) => role !== 'agent');
  return ['mine', ...(answers ? ['answering' as const] : []), ...(isAdmin ? ['all' as const] : [])];
};

/** Filters as chosen, by name, without those this person cannot choose. */
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

/** A condition on open cases that has an index; empty: all of them. */
export interface QueueBranch {
  readonly owners?: readonly Actor[];
  readonly areas?: readonly string[];
  readonly kinds?: readonly CaseKind[];
  /** Without these states, unless a state is asked for. */
  readonly notIn?: readonly CaseState[];
}

/** A queue as a database query. */
export interface QueueQuery {
  /** Any of these. */
  readonly branches: readonly QueueBranch[];
  readonly kind: CaseKind | null;
  readonly state: CaseState | null;
  readonly severity: Severity | null;
  /** It breaks at or before this time. */
  readonly brokenBy: Date | null;
  /** With an SP filter, only what the person may read: the number would reveal what is in a need-to-know case. */
  readonly sp: { readonly text: string; readonly readable: readonly Readable[] } | null;
  /** A person who must not be its subject. */
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

/** What the Admin team holds before it reaches an area (domain section 6). */
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

/** The areas that someone leads, as Area Manager, deputy or cover, and the kinds of case that belong to areas. */
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
