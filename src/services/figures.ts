import { setImmediate as breathe } from 'node:timers/promises';
import { isRestricted, type Person, readingRoles } from '../domain/access';
import type { Actor } from '../domain/actor';
import type { Area } from '../domain/directory';
import { type Figures, figuresUntil } from '../domain/figures';
import { CASE_KINDS } from '../domain/kinds';
import type { CaseKind } from '../domain/kinds/code';
import { dateOf, dayAt, dayStart } from '../domain/local-time';
import { zoneOr } from '../domain/preferences';
import { ledBy } from '../domain/queue';
import type { ServiceDeps } from './deps';
import type { AreaCases } from './ports/desks';
import { personOf } from './standing';

/** How many cases are counted in a row, some ten milliseconds; then other requests get their turn. */
const UNTIL_BREATH = 100;

/** A range of days, including all of the last one, in the reader's own zone: `YYYY-MM-DD`. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

/** What someone's figures count. */
export interface FiguresScope {
  /** Cases of these areas and kinds; null: all. */
  readonly only: AreaCases | null;
  /** Need-to-know kinds that they do not read: only the number filed is counted (domain section 10). */
  readonly onlyFiled: readonly CaseKind[];
  readonly timeZone: string;
}

/** Whether someone sees figures: admins and leadership for everything, Area Managers and deputies for their areas. */
export const maySeeFigures = ({ isAdmin, isManager, roles }: Person): boolean =>
  isAdmin || isManager || roles.includes('leadership');

/** What this reader's figures count; null if they see none. */
export async function figuresScope(deps: ServiceDeps, reader: Actor): Promise<FiguresScope | null> {
  const [person, areas, policy, { timeZone }] = await Promise.all([
    personOf(deps, reader),
    deps.directory.areas(),
    deps.directory.policy(),
    deps.people.account(reader),
  ]);
  if (!maySeeFigures(person)) return null;
  const reads = (kind: CaseKind) => readingRoles(kind).some((role) => person.roles.includes(role));
  return {
    only: onlyOf(person, areas),
    onlyFiled: CASE_KINDS.filter((kind) => isRestricted(kind) && !reads(kind)),
    timeZone: zoneOr(timeZone, policy.time_zone),
  };
}

const onlyOf = (person: Person, areas: readonly Area[]): AreaCases | null =>
  person.isAdmin || person.roles.includes('leadership') ? null : ledBy(person, areas);

/**
 * What was filed on these days and what became of it; null for those who see no figures. Cases about the reader are
 * left out; need-to-know ones appear only as counts. One walk along an index that keeps only numbers.
 */
export async function figuresOf(deps: ServiceDeps, days: Days, reader: Actor): Promise<Figures | null> {
  const scope = await figuresScope(deps, reader);
  return scope && countFigures(deps, days, reader, scope);
}

/** The same for a known scope. */
export async function countFigures(
  { search, now }: ServiceDeps,
  { from, to }: Days,
  reader: Actor,
  { only, onlyFiled, timeZone }: FiguresScope,
): Promise<Figures> {
  const range = { from: dayStart(timeZone, from), to: dayStart(timeZone, to, 1) };
  const figures = figuresUntil(now(), onlyFiled);
  let counted = 0;
  for await (const { events, ...one } of search.histories(range, reader, only)) {
    const count = figures.begin(one);
    for await (const page of events) for (const event of page) count.add(event);
    count.end();
    if (++counted % UNTIL_BREATH === 0) await breathe();
  }
  return figures.result();
}

/** The last `count` days up to today, in a time zone. */
export function lastDays(count: number, now: Date, timeZone: string): Days {
  const today = dayAt(timeZone, now);
  return { from: dateOf(today - (count - 1)), to: dateOf(today) };
}
