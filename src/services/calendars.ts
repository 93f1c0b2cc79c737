import type { Actor } from '../domain/actor';
import {
  AHEAD_MS,
  absencesOf,
  type Calendar,
  type CalendarFault,
  type CoverPlan,
  planCovers,
  readAddress,
  readWords,
} from '../domain/calendar';
import { CLOCKS_DIFFER_MS } from '../domain/clocks';
import type { Fault } from '../domain/forms/form';
import { putCoverLetter, tellOfCover, tellOfDays, zoneOf } from './covers';
import type { ServiceDeps } from './deps';
import { CalendarError, type CalendarRead } from './ports/calendars';
import { personOf } from './standing';
import { strangerFault } from './stranger';

const MINUTE = 60_000;
/** How often a calendar is read, and how long an instance may take for it. */
const [EVERY_MS, CLAIM_MS] = [30 * MINUTE, 5 * MINUTE];
/** How long a removal can be undone. */
const REMOVED_MS = 10 * MINUTE;
/** How many are read in a run, and how many at once. */
const [MOST, AT_ONCE] = [100, 4];

/** What someone entered about a calendar. An empty address keeps the current one. */
export interface CalendarRequest {
  readonly person: Actor;
  readonly by: Actor;
  readonly address: string;
  readonly deputy: Actor;
  readonly words: string;
}
type Connected = { readonly calendar: Calendar } | { readonly faults: readonly Fault[] };

/** Stores the address of someone's calendar, whose absences become covers; returns what is wrong in which field. */
export async function connectCalendar(deps: ServiceDeps, request: CalendarRequest): Promise<Connected> {
  const { person, by, deputy } = request;
  const [refused, found, stranger] = await Promise.all([
    calendarRefused(deps, by, person),
    deps.calendars.find(person),
    strangerFault(deps, deputy),
  ]);
  const words = readWords(request.words);
  const url = request.address.trim() ? readAddress(request.address) : (found?.url ?? null);
  const faults: Fault[] = [
    ...(refused ? [{ question: 'person', message: refused }] : []),
    ...(url ? [] : [{ question: 'address', message: NO_ADDRESS }]),
    ...(deputy === person ? [{ question: 'deputy', message: NOT_THEMSELVES }] : []),
    ...(stranger ? [{ question: 'deputy', message: stranger }] : []),
    ...('fault' in words ? [{ question: 'words', message: words.fault }] : []),
  ];
  if (faults.length || !url || 'fault' in words) return { faults };
  // First, so that the person hears of it even if this process dies between the two.
  if (by !== person) await tellPerson(deps, person, by, deputy);
  await deps.calendars.save({ person, by, deputy, url, words: words.words }, deps.now());
  const calendar = await deps.calendars.find(person);
  if (!calendar) throw new Error('A calendar is gone as soon as it was kept.');
  return { calendar };
}

const NO_ADDRESS = 'Paste the calendar’s address: it begins with https:// or webcal:// and has no password in it.';
const NOT_THEMSELVES = 'No one covers for themselves: choose someone else.';

/** Why someone may not change a person's calendar, or why that person cannot have one, or null. */
export async function calendarRefused(deps: ServiceDeps, by: Actor, person: Actor): Promise<string | null> {
  const [asker, about] = await Promise.all([personOf(deps, by), personOf(deps, person)]);
  if (by !== person && !asker.isAdmin) return 'Only they themselves or an admin can change this.';
  if (!about.isManager && !about.isAdmin)
    return 'Covers are for Area Managers, deputies and admins: choose one of them.';
  return null;
}

const tellPerson = ({ letters, now }: ServiceDeps, to: Actor, by: Actor, deputy: Actor | null) =>
  letters.put({
    id: `calendar:${to}:${+now()}`,
    to,
    about: null,
    content: { type: 'calendar', by, deputy },
    at: now(),
  });

/** Removes someone's calendar; its covers end a little later, and until then this can be undone. */
export async function removeCalendar(deps: ServiceDeps, person: Actor, by: Actor): Promise<Calendar | null> {
  const at = deps.now();
  const found = await deps.calendars.find(person);
  if (found && !found.removedAt && by !== person) await tellPerson(deps, person, by, null);
  await deps.calendars.remove(person, at, new Date(+at + REMOVED_MS));
  return deps.calendars.find(person);
}

/** Undoes that; null if it was too late. */
export async function restoreCalendar(deps: ServiceDeps, person: Actor): Promise<Calendar | null> {
  await deps.calendars.restore(person, deps.now());
  return deps.calendars.find(person);
}

/** Reads the calendars that are due; returns how many were read, failed, and were deleted. */
export async function readCalendars(deps: ServiceDeps, onFault: (person: Actor, error: unknown) => void) {
  const told = { read: 0, failed: 0, forgotten: 0 };
  const now = deps.now();
  // No calendar waits longer, except for a clock that was ahead.
  const due = await deps.calendars.due(now, new Date(+now + EVERY_MS + CLOCKS_DIFFER_MS), MOST);
  const one = async (calendar: Calendar) => {
    const outcome = await readCalendar(deps, calendar).catch((error: unknown) => {
      onFault(calendar.person, error);
      return 'failed' as const;
    });
    if (outcome) told[outcome]++;
  };
  for (let i = 0; i < due.length; i += AT_ONCE) await Promise.all(due.slice(i, i + AT_ONCE).map(one));
  return told;
}

/** Makes covers match the calendar; none changes if it cannot be read. Null if another instance does it. */
export async function readCalendar(
  deps: ServiceDeps,
  calendar: Calendar,
): Promise<'read' | 'failed' | 'forgotten' | null> {
  const now = deps.now();
  if (!(await deps.calendars.claim(calendar, new Date(+now + CLAIM_MS)))) return null;
  if (calendar.removedAt) {
    await follow(deps, planCovers(calendar, [], await deps.covers.notOver(), now));
    await deps.calendars.forget(calendar);
    return 'forgotten';
  }
  const nextAt = new Date(+now + EVERY_MS);
  const read = await covered(deps, calendar).catch((error: unknown): CalendarFault => {
    if (error instanceof CalendarError) return error.fault;
    throw error;
  });
  if (typeof read !== 'string') {
    await deps.calendars.done(calendar, { ...read, readAt: now, failing: null, nextAt });
    return 'read';
  }
  const { readAt, absences, uncovered } = calendar;
  const failing = { since: calendar.failing?.since ?? now, why: read };
  await deps.calendars.done(calendar, { readAt, absences, uncovered, failing, nextAt });
  return 'failed';
}

async function covered(deps: ServiceDeps, calendar: Calendar): Promise<Pick<CalendarRead, 'absences' | 'uncovered'>> {
  const { person, deputy, url, words } = calendar;
  if (await calendarRefused(deps, person, person)) throw new CalendarError('person');
  if (await strangerFault(deps, deputy)) throw new CalendarError('deputy');
  const text = await deps.calendarText(url);
  const now = deps.now();
  const entries = await deps.calendarEntries({ text, words, from: +now, until: +now + AHEAD_MS });
  const [zone, covers] = await Promise.all([zoneOf(deps, person), deps.covers.notOver()]);
  const absences = absencesOf(entries, zone, now);
  const plan = planCovers(calendar, absences, covers, now);
  await follow(deps, plan);
  return { absences: absences.length, uncovered: plan.uncovered.slice(0, MOST_UNCOVERED) };
}
const MOST_UNCOVERED = 20;

/** Each step can be repeated: the next look finds what a crash left. */
async function follow(deps: ServiceDeps, { ask, shorten, drop }: CoverPlan): Promise<void> {
  for (const cover of drop)
    if (await deps.covers.settle(cover.id, ['asked', 'accepted'], 'gone'))
      await tellOfCover(deps, { ...cover, state: 'gone' });
  for (const { cover, to } of shorten)
    if (await deps.covers.shorten(cover.id, to)) await tellOfDays(deps, { ...cover, ...to });
  for (const cover of ask) {
    await putCoverLetter(deps, cover); // first: someone asked but not told would never answer
    await deps.covers.ask(cover);
  }
}
