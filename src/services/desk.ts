import { type Person, seenOutside } from '../domain/access';
import { ANSWERS, type Waits, waitsOf } from '../domain/asks';
import type { Calendar } from '../domain/calendar';
import type { Cover } from '../domain/cover';
import { type AreaFigures, type Page, pageWithin } from '../domain/desk';
import type { Area } from '../domain/directory';
import { formOf } from '../domain/forms';
import { CASE_KINDS } from '../domain/kinds';
import { dayAt, momentOf } from '../domain/local-time';
import { refusedTo } from '../domain/may-move';
import { allowedMoves } from '../domain/move';
import type { MoveType } from '../domain/moves/declared';
import { ledBy, type QueueFilters, queueQuery, UNDER_REVIEW } from '../domain/queue';
import { zoneOf } from './covers';
import type { ServiceDeps } from './deps';
import { liveDraft } from './drafts';
import { type Seen, visible } from './find-cases';
import type { CaseRecord } from './ports/cases';
import type { Draft } from './ports/people';

/** Rows of a page on Home. */
export const DESK_ROWS = 10;
/** Lists are counted, and paged, up to here. */
export const DESK_COUNTED = 1000;
const LAST_PAGE = DESK_COUNTED / DESK_ROWS - 1;
const PROMISES = 10;
const QUESTIONS = 10;
/** How many requests are read, since some may be theirs no longer, and shown. */
const [WAITING_READ, WAITING] = [50, 5];
const RESOLVED = 10;
const WEEK_DAYS = 7;

/** A case on a desk, how much of it its person may see, and what they can do with it now. */
export interface OnDesk extends Seen {
  readonly moves: readonly MoveType[];
}

/** What waits for someone's agreement or approval, with the moves for that. */
export interface OwnWord extends OnDesk {
  readonly waits: readonly Waits[];
}

/** The desk of people who answer for cases. */
export interface ManagerDesk {
  readonly filters: QueueFilters;
  readonly queue: Page<OnDesk>;
  readonly overdue: number;
  /** Next updates that this person (or people they cover) promised for today, in their own zone. */
  readonly promised: readonly Seen[];
  /** What waits for their agreement or approval, newest first, with the possible moves. */
  readonly waiting: readonly OwnWord[];
  /** Covers for them and by them: asked or accepted, not over. */
  readonly covers: readonly Cover[];
  /** Theirs, if its absences become covers. */
  readonly calendar: Calendar | null;
  /** For the areas they lead; null if they lead none. */
  readonly figures: AreaFigures | null;
}

/** What a reporter still has to finish. */
export interface Unfinished {
  readonly questions: readonly Seen[];
  readonly drafts: readonly Draft[];
}

/** An agent's reports and their results. */
export interface Reports {
  readonly open: Page<Seen>;
  /** Resolved in the last seven days. */
  readonly resolved: readonly Seen[];
}

/** The desk of someone who answers for cases (domain sections 2 and 7). Rejects if the store is unreachable. */
export async function managerDesk(
  deps: ServiceDeps,
  person: Person,
  filters: QueueFilters,
  page: number,
): Promise<ManagerDesk> {
  const now = deps.now();
  const areas = await deps.directory.areas();
  const [queue, overdue, promised, waiting, covers, calendar, figures] = await Promise.all([
    queuePage(deps, person, filters, page),
    deps.desks.queueSize({ ...queueQuery(filters, person, areas, now), brokenBy: now }, DESK_COUNTED),
    promisedToday(deps, person, now),
    waitingFor(deps, person, areas),
    deps.covers.recent(),
    deps.calendars.find(person.id),
    figuresOf(deps, person, areas, now),
  ]);
  const isMine = ({ state, person: away, deputy, until }: Cover) =>
    (away === person.id || deputy === person.id) && (state === 'asked' || state === 'accepted') && until > now;
  return { filters, queue, overdue, promised, waiting, covers: covers.filter(isMine), calendar, figures };
}

/** A page of someone's queue. */
export async function queuePage(
  deps: ServiceDeps,
  person: Person,
  filters: QueueFilters,
  page: number,
  size = DESK_ROWS,
): Promise<Page<OnDesk>> {
  const areas = await deps.directory.areas();
  const query = queueQuery(filters, person, areas, deps.now());
  const found = await paged(page, size, {
    rows: (skip, limit) => deps.desks.queue(query, skip, limit),
    count: () => deps.desks.queueSize(query, DESK_COUNTED + 1),
  });
  const seen = await visible(deps, found.rows, person.id);
  return { ...found, rows: seen.map((one) => ({ ...one, moves: movesFor(one.record, person, areas, deps.now()) })) };
}

/** What this person can do with a case now, as far as they may know its state. */
export function movesFor(record: CaseRecord, person: Person, areas: readonly Area[], now: Date): readonly MoveType[] {
  const area = areas.find(({ name }) => name === record.area) ?? null;
  const { isOutside, may } = refusedTo(record, person, area, now);
  return allowedMoves(isOutside ? seenOutside(record) : record).filter(may);
}

async function promisedToday(deps: ServiceDeps, person: Person, now: Date): Promise<readonly Seen[]> {
  const zone = await zoneOf(deps, person.id);
  const endOfDay = new Date(+momentOf(zone, dayAt(zone, now) + 1) - 1);
  return visible(deps, await deps.desks.promised([person.id, ...person.standsFor], endOfDay, PROMISES), person.id);
}

/** What they can still answer: removing a role removes this, too. */
async function waitingFor(deps: ServiceDeps, person: Person, areas: readonly Area[]): Promise<readonly OwnWord[]> {
  const found = await visible(deps, await deps.desks.waitingFor(person.id, WAITING_READ), person.id);
  const theirs = found.flatMap((one) => {
    const { record } = one;
    const moves = movesFor(record, person, areas, deps.now());
    const waits = waitsOf(record).filter(
      ({ is, from }) => from?.includes(person.id) && ANSWERS[is].some((move) => moves.includes(move)),
    );
    return waits.length ? [{ ...one, waits, moves: waits.flatMap(({ is }) => ANSWERS[is]) }] : [];
  });
  return theirs.slice(0, WAITING);
}

async function figuresOf(
  deps: ServiceDeps,
  person: Person,
  all: readonly Area[],
  now: Date,
): Promise<AreaFigures | null> {
  const led = ledBy(person, all);
  const { areas } = led;
  const [first] = areas;
  if (!first) return null;
  const zone = all.find(({ name }) => name === first)?.timeZone ?? 'UTC';
  const today = dayAt(zone, now);
  const days = Array.from({ length: WEEK_DAYS }, (_, i) => today - (WEEK_DAYS - 1 - i));
  const { desks } = deps;
  const open = {
    branches: [{ ...led, notIn: UNDER_REVIEW }],
    kind: null,
    state: null,
    severity: null,
    brokenBy: null,
    sp: null,
    notAbout: person.id,
  };
  const [filed, resolved, isOpen, overdue] = await Promise.all([
    Promise.all(days.map((day) => desks.filedIn(led, momentOf(zone, day), momentOf(zone, day + 1), DESK_COUNTED))),
    desks.resolvedIn(led, momentOf(zone, days[0] ?? today), now, DESK_COUNTED),
    desks.queueSize(open, DESK_COUNTED),
    desks.queueSize({ ...open, brokenBy: now }, DESK_COUNTED),
  ]);
  return { areas, filed, resolved, open: isOpen, overdue };
}

/** Questions of the review, and drafts (domain sections 3 and 6). Rejects if the store is unreachable. */
export async function unfinished(deps: ServiceDeps, person: Person): Promise<Unfinished> {
  const [questions, drafts] = await Promise.all([
    deps.desks.questionsFor(person.id, QUESTIONS),
    Promise.all(CASE_KINDS.map((kind) => liveDraft(deps, person.id, formOf(kind)))),
  ]);
  return {
    questions: await visible(deps, questions, person.id),
    drafts: drafts.filter((draft) => draft !== null),
  };
}

/** Someone's open reports, and those resolved lately (domain section 7). Rejects if the store is unreachable. */
export async function reportsOf(deps: ServiceDeps, person: Person, page: number): Promise<Reports> {
  const { desks } = deps;
  const since = new Date(+deps.now() - WEEK_DAYS * 24 * 60 * 60_000);
  const [open, resolved] = await Promise.all([
    reports(deps, person, page, {
      rows: (skip, limit) => desks.openFiledBy(person.id, skip, limit),
      count: () => desks.openFiledCount(person.id, DESK_COUNTED + 1),
    }),
    desks.resolvedFor(person.id, since, RESOLVED),
  ]);
  return { open, resolved: await visible(deps, resolved, person.id) };
}

/** A page of everything that someone filed, newest first. */
export const filedReports = (deps: ServiceDeps, person: Person, page: number): Promise<Page<Seen>> =>
  reports(deps, person, page, {
    rows: (skip, limit) => deps.desks.filedBy(person.id, skip, limit),
    count: () => deps.desks.filedCount(person.id, DESK_COUNTED + 1),
  });

async function reports(
  deps: ServiceDeps,
  person: Person,
  page: number,
  list: Listing<CaseRecord>,
): Promise<Page<Seen>> {
  const found = await paged(page, DESK_ROWS, list);
  return { ...found, rows: await visible(deps, found.rows, person.id) };
}

export interface Listing<T> {
  rows(skip: number, limit: number): Promise<readonly T[]>;
  count(): Promise<number>;
}

/** A page of a list, or the last one if the list is shorter by now. */
export async function paged<T>(asked: number, size: number, { rows, count }: Listing<T>): Promise<Page<T>> {
  const wanted = Math.min(asked, LAST_PAGE);
  const [found, counted] = await Promise.all([rows(wanted * DESK_ROWS, size), count()]);
  const total = Math.min(counted, DESK_COUNTED);
  const isMore = counted > DESK_COUNTED;
  if (found.length || wanted === 0) return { rows: found, page: wanted, total, isMore };
  const last = pageWithin(wanted, total, DESK_ROWS);
  return { rows: await rows(last * DESK_ROWS, size), page: last, total, isMore };
}

/** Whether someone answers for cases, and so has a queue. */
export async function hasQueue(deps: ServiceDeps, person: Person): Promise<boolean> {
  const { isAdmin, isManager, roles, standsFor } = person;
  if (isAdmin || isManager || standsFor.length || roles.some((role) => role !== 'agent')) return true;
  const own = { scope: 'mine', kind: null, state: null, severity: null, sp: '' } as const;
  return (await deps.desks.queueSize(queueQuery(own, person, [], deps.now()), 1)) > 0;
}
