import { readingRoles } from '../../domain/access';
import type { Actor } from '../../domain/actor';
import { waitsOf } from '../../domain/asks';
import type { CaseFacts } from '../../domain/case';
import { coverOf } from '../../domain/cover';
import { peopleOf } from '../../services/standing';
import { limitOf } from '../../slack/clients';
import { readPlace } from '../../slack/ids/home';
import type { ListenerDeps } from '../deps';

/** Keeps people's open Homes up to date. */
export interface Refresher {
  /** A case was stored: the people it concerns, now or before, get their Home redrawn soon. Never throws or waits. */
  changed(stored: CaseFacts, before: CaseFacts | null, by: Actor): void;
  /**
   * Something that admins see changed: those with their tab open get it redrawn soon, except for `by`, who sees it
   * anyway. Never throws or waits.
   */
  adminMatter(by: Actor | null): void;
  /** Slack limits someone's Home: it is redrawn in `ms`. Never throws or waits, and no one else's Home waits. */
  later(user: Actor, ms: number): void;
  /** Resolves once nothing is left to draw. */
  idle(): Promise<void>;
  /** Stops drawing; resolves once the current drawing is done. */
  stop(): Promise<void>;
}

/** A change waits this part of the interval for others to join it. */
const SETTLE = 1 / 10;
/**
 * This part of the interval, times the number of instances, is between any two drawings: Slack allows about a hundred a
 * minute in total, including people's own clicks.
 */
const GAP = 3 / 10;

/** Someone who looked at Home within this time may still have it open. */
const LATELY_MS = 12 * 60 * 60_000;

type Redraw = (user: Actor) => Promise<void>;

export interface RefreshDeps extends Pick<ListenerDeps, 'admins' | 'now' | 'log'> {
  readonly homes: Pick<ListenerDeps['homes'], 'lately'>;
  readonly covers: Pick<ListenerDeps['covers'], 'recent'>;
  readonly directory: Pick<ListenerDeps['directory'], 'areas' | 'policy'>;
  readonly people: Pick<ListenerDeps['people'], 'inGroup'>;
}

/**
 * Collects whom changes concern and redraws the Homes of those who recently opened theirs, one after the other, each at
 * most once in `everyMs`, ms. Someone who never opened Home costs a share of one lookup by id. `instances`: how many
 * draw.
 */
export function createRefresher(
  deps: RefreshDeps,
  redraw: Redraw,
  everyMs: number,
  instances: () => number = () => 1,
): Refresher {
  const settleMs = SETTLE * everyMs;
  const news: News = { changes: [], matters: new Set() };
  const waiting = waitingRoom(everyMs);
  const { pause, wake } = pauses();
  let running: Promise<void> | null = null;
  let stopped = false;

  const isNews = () => news.changes.length > 0 || news.matters.size > 0;
  const isOwed = () => isNews() || !waiting.isEmpty();

  async function run(): Promise<void> {
    await pause(settleMs);
    while (!stopped && isOwed()) {
      if (isNews()) for (const user of await viewersOf(deps, news)) waiting.enter(user);
      const next = waiting.next();
      if (!next) continue;
      if (next.early > 0) {
        await pause(Math.min(next.early, settleMs));
        continue;
      }
      waiting.leave(next.user);
      const restMs = await drawn(deps, redraw, next.user);
      if (restMs > 0) waiting.enterIn(next.user, restMs);
      if (isOwed()) await pause(GAP * everyMs * instances());
    }
    waiting.forgetOld();
  }

  /** One run at a time; a failed lookup is logged, and the next change tries again. */
  function start(): void {
    if (stopped) return;
    running ??= run()
      .catch((error: unknown) => deps.log.warn({ err: error }, 'whose Home to redraw could not be looked up'))
      .finally(() => {
        running = null;
        if (isOwed()) start();
      });
  }

  return {
    changed(stored, before, by) {
      news.changes.push({ stored, before, by });
      start();
    },
    adminMatter(by) {
      news.matters.add(by);
      start();
    },
    later(user, ms) {
      waiting.enterIn(user, ms);
      start();
    },
    async idle() {
      while (running) await running;
    },
    async stop() {
      stopped = true;
      wake();
      await running;
    },
  };
}

/** What happened since the last look. */
interface News {
  readonly changes: Change[];
  /** For each admin matter, who sees it anyway. */
  readonly matters: Set<Actor | null>;
}

/** People who wait for a drawing, each at least the interval after their last one, by the machine's clock. */
function waitingRoom(everyMs: number) {
  const waiting = new Map<Actor, number>();
  const drawnAt = new Map<Actor, number>();
  return {
    isEmpty: () => waiting.size === 0,
    enter(user: Actor) {
      if (!waiting.has(user)) waiting.set(user, (drawnAt.get(user) ?? -Infinity) + everyMs);
    },
    enterIn: (user: Actor, ms: number) => void waiting.set(user, performance.now() + ms),
    /** Whose turn is next, and in how many ms. */
    next() {
      const [first] = [...waiting].sort(([, a], [, b]) => a - b);
      return first && { user: first[0], early: first[1] - performance.now() };
    },
    /** Is drawn for now. */
    leave(user: Actor) {
      waiting.delete(user);
      drawnAt.set(user, performance.now());
    },
    forgetOld() {
      for (const [user, at] of drawnAt) if (performance.now() - at > everyMs) drawnAt.delete(user);
    },
  };
}

/** Pauses that a stop ends. */
function pauses() {
  let wake: () => void = () => undefined;
  return {
    wake: () => wake(),
    pause: (ms: number) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        timer.unref();
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
  };
}

/** Who has, or may have, the news on screen. Takes the news. */
async function viewersOf(deps: RefreshDeps, { changes, matters }: News): Promise<readonly Actor[]> {
  const seen = changes.splice(0);
  const told = [...matters];
  matters.clear();
  const known = await knowledge(deps);
  const people = new Set(seen.flatMap((change) => concerned(change, known)));
  const admins = new Set(known.admins.filter((admin) => told.some((by) => by !== admin)));
  const visits = await deps.homes.lately([...new Set([...people, ...admins])], new Date(+deps.now() - LATELY_MS));
  return visits
    .filter(({ user, place }) => people.has(user) || readPlace(place).tab === 'admin')
    .map(({ user }) => user);
}

/** Draws for one person; returns how long Slack wants to be left alone first, ms. */
async function drawn({ log }: RefreshDeps, redraw: Redraw, user: Actor): Promise<number> {
  try {
    await redraw(user);
    return 0;
  } catch (error) {
    const seconds = limitOf(error);
    if (seconds !== null) return seconds * 1000;
    log.warn({ err: error, user }, 'a Home could not be redrawn; it will be when it is next opened');
    return 0;
  }
}

interface Change {
  readonly stored: CaseFacts;
  readonly before: CaseFacts | null;
  readonly by: Actor;
}

/** Who is who, as known by now. */
async function knowledge(deps: RefreshDeps) {
  const [covers, areas, policy] = await Promise.all([
    deps.covers.recent(),
    deps.directory.areas(),
    deps.directory.policy(),
  ]);
  return { now: deps.now(), covers, areas, ...(await peopleOf(deps, policy)) };
}

/**
 * Whom a change concerns: anyone who owned, owns or filed the case, acted on it, leads its area, covers for these, or
 * has its role; people whose agreement or approval it waits for, or did; the admins if it waits for them, or did.
 */
function concerned(
  { stored, before, by }: Change,
  { now, covers, areas, roles, admins }: Awaited<ReturnType<typeof knowledge>>,
): readonly Actor[] {
  const area = areas.find(({ name }) => name === stored.area);
  const direct = [stored.owner, before?.owner, stored.reporter, by, area?.areaManager, area?.deputy].filter(
    (id) => typeof id === 'string',
  );
  const deputies = direct.flatMap((id) => coverOf(covers, id, now)?.deputy ?? []);
  const holders = readingRoles(stored.kind).flatMap((role) => roles[role] ?? []);
  const asked = [stored, before].flatMap((facts) => (facts ? waitsOf(facts).flatMap(({ from = [] }) => from) : []));
  const isTheirs = (facts: CaseFacts | null) => facts?.state === 'in_review' || Boolean(facts?.unrouted);
  return [...direct, ...deputies, ...holders, ...asked, ...(isTheirs(stored) || isTheirs(before) ? admins : [])];
}
