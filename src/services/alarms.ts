import type { Person } from '../domain/access';
import type { Actor } from '../domain/actor';
import type { Alarm } from '../domain/alarms';
import type { Page } from '../domain/desk';
import type { ServiceDeps } from './deps';
import { DESK_ROWS, paged } from './desk';
import { type Seen, visible } from './find-cases';

const LONGEST = 10;

type Known = Pick<ServiceDeps, 'alarms' | 'cases'>;

/** The people whom an alarm's case is about: they do not hear of it. */
export const subjectsOf = async ({ cases }: Pick<ServiceDeps, 'cases'>, { ref }: Alarm): Promise<readonly Actor[]> =>
  (ref && (await cases.byRef(ref))?.subjects) || [];

/** The open alarms, oldest first, without those about the reader, and how many there are in all. For admins only. */
export async function openAlarms(
  deps: Known,
  { id }: Person,
): Promise<{ readonly alarms: readonly Alarm[]; readonly total: number }> {
  const [oldest, total] = await Promise.all([deps.alarms.open(LONGEST), deps.alarms.count()]);
  const about = await Promise.all(oldest.map((alarm) => subjectsOf(deps, alarm)));
  return { alarms: oldest.filter((_alarm, i) => !about[i]?.includes(id)), total };
}

/** A page of all of them but those about the reader, each with its case as far as they may know of it. For admins only. */
export async function alarmsPage(deps: ServiceDeps, person: Person, asked: number): Promise<Page<AlarmSeen>> {
  const found = await paged(asked, DESK_ROWS, {
    rows: (skip, limit) => deps.alarms.open(limit, skip),
    count: () => deps.alarms.count(),
  });
  const refs = [...new Set(found.rows.flatMap(({ ref }) => ref ?? []))];
  const cases = (await Promise.all(refs.map((ref) => deps.cases.byRef(ref)))).filter((one) => one !== null);
  const seen = await visible(deps, cases, person.id);
  const hidden = cases.flatMap(({ ref, subjects }) => (subjects.includes(person.id) ? ref : []));
  const rows = found.rows.filter(({ ref }) => ref === null || !hidden.includes(ref));
  return {
    ...found,
    rows: rows.map((alarm) => ({ alarm, seen: seen.find(({ record }) => record.ref === alarm.ref) ?? null })),
  };
}

export interface AlarmSeen {
  readonly alarm: Alarm;
  /** The case it is about; null if there is none, or the reader may not know of it. */
  readonly seen: Seen | null;
}
