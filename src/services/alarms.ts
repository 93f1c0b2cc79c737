import type { Person } from '../domain/access';
import type { Alarm } from '../domain/alarms';
import type { Page } from '../domain/desk';
import type { ServiceDeps } from './deps';
import { DESK_ROWS, paged } from './desk';
import { type Seen, visible } from './find-cases';

const LONGEST = 10;

/** The open alarms, oldest first, and how many there are in all. For admins only. */
export async function openAlarms({
  alarms,
}: Pick<ServiceDeps, 'alarms'>): Promise<{ readonly alarms: readonly Alarm[]; readonly total: number }> {
  const [oldest, total] = await Promise.all([alarms.open(LONGEST), alarms.count()]);
  return { alarms: oldest, total };
}

/** A page of all of them, each with its case as far as the reader may know of it. For admins only. */
export async function alarmsPage(deps: ServiceDeps, person: Person, asked: number): Promise<Page<AlarmSeen>> {
  const found = await paged(asked, DESK_ROWS, {
    rows: (skip, limit) => deps.alarms.open(limit, skip),
    count: () => deps.alarms.count(),
  });
  const refs = [...new Set(found.rows.flatMap(({ ref }) => ref ?? []))];
  const cases = (await Promise.all(refs.map((ref) => deps.cases.byRef(ref)))).filter((one) => one !== null);
  const seen = await visible(deps, cases, person.id);
  return {
    ...found,
    rows: found.rows.map((alarm) => ({ alarm, seen: seen.find(({ record }) => record.ref === alarm.ref) ?? null })),
  };
}

export interface AlarmSeen {
  readonly alarm: Alarm;
  /** The case it is about; null if there is none, or the reader may not know of it. */
  readonly seen: Seen | null;
}
