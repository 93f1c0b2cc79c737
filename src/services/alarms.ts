import type { Person } from '../domain/access';
import type { Actor } from '../domain/actor';
import type { Alarm } from '../domain/alarms';
import type { Page } from '../domain/desk';
import { referencesIn } from '../domain/kinds';
import type { ServiceDeps } from './deps';
import { DESK_ROWS, paged } from './desk';
import { type Seen, visible } from './find-cases';
import { pages } from './pages';

const LONGEST = 10;

type Known = Pick<ServiceDeps, 'alarms' | 'cases'>;

/** The people whom an alarm's cases are about: they do not hear of it. */
export async function subjectsOf(
  { cases }: Pick<ServiceDeps, 'cases'>,
  { ref, about }: Alarm,
): Promise<readonly Actor[]> {
  const named = new Set([...(ref ? [ref] : []), ...referencesIn(about)]);
  const found = await Promise.all([...named].map((one) => cases.byRef(one)));
  return found.flatMap((stored) => stored?.subjects ?? []);
}

/** How many are read at once. */
const PAGE = 500;

/** All open alarms, oldest first. */
export async function everyAlarm({ alarms }: Pick<ServiceDeps, 'alarms'>): Promise<readonly Alarm[]> {
  const all: Alarm[] = [];
  for await (const page of pages<Alarm>(PAGE, () => alarms.open(PAGE, all.length))) all.push(...page);
  return all;
}

/** The open alarms, oldest first, without those about the reader, and how many there are in all. For admins only. */
export async function openAlarms(
  deps: Known,
  { id }: Person,
): Promise<{ readonly alarms: readonly Alarm[]; readonly total: number }> {
  const [oldest, total] = await Promise.all([deps.alarms.open(LONGEST), deps.alarms.count()]);
  return { alarms: await notAbout(deps, id, oldest), total };
}

async function notAbout(deps: Known, reader: Actor, alarms: readonly Alarm[]): Promise<readonly Alarm[]> {
  const about = await Promise.all(alarms.map((alarm) => subjectsOf(deps, alarm)));
  return alarms.filter((_alarm, i) => !about[i]?.includes(reader));
}

/** A page of all of them but those about the reader, each with its case as far as they may know of it. For admins only. */
export async function alarmsPage(deps: ServiceDeps, person: Person, asked: number): Promise<Page<AlarmSeen>> {
  const found = await paged(asked, DESK_ROWS, {
    rows: (skip, limit) => deps.alarms.open(limit, skip),
    count: () => deps.alarms.count(),
  });
  const rows = await notAbout(deps, person.id, found.rows);
  const refs = [...new Set(rows.flatMap(({ ref }) => ref ?? []))];
  const cases = (await Promise.all(refs.map((ref) => deps.cases.byRef(ref)))).filter((one) => one !== null);
  const seen = await visible(deps, cases, person.id);
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
