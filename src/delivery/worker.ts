import type { Logger } from 'pino';
import type { Actor } from '../domain/case';
import { isFilesQueue, laneOfQueue } from '../domain/mailbox';
import type { CaseStore, LaneLeases, Waiting } from '../services/ports';
import { createDispatch } from './dispatch';
import { Pace } from './pace';
import type { TargetFor } from './targets/target';
import { Troubles, waitOf } from './troubles';

export interface DeliveryDeps {
  readonly cases: CaseStore;
  readonly leases: LaneLeases;
  readonly targetFor: TargetFor;
  readonly log: Logger;
  /** Business time: what is deferred is not sent before its moment. */
  readonly now: () => Date;
  /** Admins who get what even the fallback channel cannot take, one after the other. */
  readonly lastResorts: readonly Actor[];
  /** A message was given up and is kept as failed. Must not throw and not block. */
  readonly onGivenUp: () => void;
  /** How long a lane waits for somebody to let the app post again, ms. */
  readonly repairMs: number;
  /** How often leases are renewed and forgotten lanes looked for, ms. */
  readonly heartbeatMs: number;
}

/** The only sender of messages (architecture section 3). */
export interface DeliveryWorker {
  /** Something waits in these lanes now. */
  kick(lanes: readonly string[]): void;
  start(): void;
  /** Resolves when no lane of this instance has anything it could send now. */
  idle(): Promise<void>;
  /** Finishes the messages in hand and gives the lanes back. */
  stop(): Promise<void>;
}

const PAGE = 50;
/** Posts wait this long for whoever waits for an acknowledgement; a burst of cases is then one round a lane. */
const GATHER_MS = 100;
const CONTENDED_MS = 250;
/** So many messages are tried in a row to see whether it is Slack that fails. */
const MOST_PROBES = 10;
const MOST_LANES = 500;
/** So many nudges for one person make one message; Slack takes 50 blocks, and people less. */
const MOST_TOGETHER = 10;

export function createDelivery(deps: DeliveryDeps): DeliveryWorker {
  const { cases, leases, log } = deps;
  const pace = new Pace();
  const running = new Map<string, Promise<void>>();
  const again = new Set<string>();
  /** Lanes that wait; one that only `rests` wakes for something new. */
  const sleeping = new Map<string, { readonly timer: NodeJS.Timeout; readonly rests: boolean }>();
  /** Deliveries whose last attempt may have arrived, with their lanes. */
  const uncertain = new Map<string, string>();
  const troubles = new Troubles();
  const failures = new Map<string, number>();
  const idlers: (() => void)[] = [];
  let heartbeat: NodeJS.Timeout | null = null;
  let stopping = false;
  /** Where the last look for work ended, when there was more than it took. */
  let lastLane: string | null = null;

  /** Lanes that sleep because the store did not answer: they wake as soon as it does. */
  const stalled = new Set<string>();
  /** Lanes that were kicked a moment ago. */
  const kicked = new Set<string>();
  let gathering: NodeJS.Timeout | null = null;

  const kick = (lanes: readonly string[]) => {
    if (stopping) return;
    for (const lane of lanes) kicked.add(lane);
    gathering ??= setTimeout(startKicked, GATHER_MS);
  };

  const startKicked = () => {
    gathering = null;
    const lanes = [...kicked];
    kicked.clear();
    for (const lane of lanes) {
      if (stopping || sleeping.get(lane)?.rests === false) continue;
      wake(lane);
      if (running.has(lane)) again.add(lane);
      else running.set(lane, drain(lane));
    }
    wakeIdlers();
  };

  const wakeIdlers = () => {
    if (!running.size && !gathering) for (const idler of idlers.splice(0)) idler();
  };

  const wake = (lane: string) => {
    clearTimeout(sleeping.get(lane)?.timer);
    sleeping.delete(lane);
  };

  const sleep = (lane: string, ms: number, rests = false) => {
    if (stopping) return;
    wake(lane);
    const timer = setTimeout(() => {
      sleeping.delete(lane);
      kick([lane]);
    }, ms);
    timer.unref();
    sleeping.set(lane, { timer, rests });
  };

  const backoff = (lane: string) => {
    const count = (failures.get(lane) ?? 0) + 1;
    failures.set(lane, count);
    return waitOf(deps.targetFor(laneOfQueue(lane)).patience.waits, count);
  };

  const dispatch = createDispatch({
    ...deps,
    pace,
    uncertain,
    troubles,
    backoff,
    kick,
    mayGoOn(lane) {
      if (stopping) return { is: 'blocked', ms: 0 };
      return leases.holds(lane) ? null : { is: 'blocked', ms: CONTENDED_MS }; // somebody else may be sending here by now
    },
  });

  /** Sends what waits in a lane, in order, until it is empty or something stands in the way. */
  async function drain(lane: string): Promise<void> {
    try {
      await drainLeased(lane);
    } catch (error) {
      const ms = backoff(lane);
      log.error({ err: error, lane, retryInMs: ms }, 'delivery: the store did not answer; this lane is tried again');
      sleep(lane, ms);
      stalled.add(lane);
    } finally {
      running.delete(lane);
      if (again.delete(lane)) kick([lane]);
      wakeIdlers();
    }
  }

  async function drainLeased(lane: string): Promise<void> {
    const lease = await leases.claim(lane);
    if (!lease) return sleep(lane, CONTENDED_MS);
    pace.rest(lane, lease.restMs);
    const target = deps.targetFor(laneOfQueue(lane));
    troubles.take(lane, target.serviceOf(laneOfQueue(lane)), lease.troubles);
    for (const deliveryId of lease.suspects) uncertain.set(deliveryId, lane);
    // Whatever its dead holder had in hand may have arrived: look before sending what it could have sent.
    let { orphaned } = lease;
    let blocked: string | null = null;
    try {
      for (;;) {
        again.delete(lane);
        const page = await cases.waiting(lane, PAGE + troubles.aside(lane).count, deps.now());
        if (orphaned) for (const { deliveryId } of page) uncertain.set(deliveryId, lane);
        orphaned = false;
        if (!page.length) return forget(lane);
        const end = await round(lane, page);
        if (end.is === 'goes_on') continue;
        if (end.is === 'blocked') blocked = end.fault ?? null;
        return sleep(lane, end.ms, end.is === 'rests');
      }
    } finally {
      const suspects = [...uncertain].flatMap(([id, its]) => (its === lane ? [id] : []));
      const state = { orphaned, suspects, troubles: troubles.of(lane), restMs: pace.restMs(lane), blocked };
      await leases.release(lane, state);
    }
  }

  /** Sends what waits, in order; what waits for its own next try, and what belongs behind it, is left out. */
  async function round(lane: string, page: readonly Waiting[]): Promise<End> {
    /** Cards of which something has to come first. */
    const halted = new Set<string>();
    const halt = (batch: readonly Waiting[]) => {
      for (const { card } of batch) if (card && !isFilesQueue(lane)) halted.add(card);
    };
    const isLeft = (waiting: Waiting) =>
      troubles.isAside(waiting.deliveryId) || (waiting.card !== null && halted.has(waiting.card));
    let wentOut = false;
    let probes = 0;
    for (const batch of batches(page)) {
      const left = batch.filter(isLeft);
      halt(left);
      const eligible = batch.filter((waiting) => !left.includes(waiting));
      if (!eligible.length) continue;
      const attempt = await dispatch(lane, eligible);
      if (attempt.is === 'blocked') return attempt;
      if (attempt.is === 'aside' || attempt.is === 'probe') halt(eligible);
      if (attempt.is === 'probe' && ++probes >= MOST_PROBES) break;
      if (attempt.is !== 'done' && attempt.is !== 'reordered') continue;
      wentOut = true;
      failures.delete(lane);
      if (attempt.is === 'reordered') break;
    }
    if (wentOut) return { is: 'goes_on' };
    return probes ? { is: 'blocked', ms: backoff(lane) } : { is: 'rests', ms: troubles.aside(lane).ms };
  }

  /** Nothing waits in the lane any more. */
  function forget(lane: string): void {
    for (const [id, its] of uncertain) if (its === lane) uncertain.delete(id);
    troubles.clear(lane);
  }

  async function beat(): Promise<void> {
    try {
      if (running.size) await leases.renew();
      const lanes = await cases.lanesWithWork(MOST_LANES, deps.now(), lastLane);
      lastLane = lanes.length < MOST_LANES ? null : (lanes.at(-1) ?? null);
      for (const lane of stalled) {
        wake(lane);
        failures.delete(lane);
      }
      kick([...stalled, ...lanes.filter((lane) => !sleeping.has(lane))]);
      stalled.clear();
    } catch (error) {
      log.warn({ err: error }, 'delivery: the store did not answer; the next beat tries again');
    }
  }

  return {
    kick,
    start() {
      stopping = false;
      heartbeat = setInterval(() => void beat(), deps.heartbeatMs);
      heartbeat.unref();
      void beat();
    },
    idle: () => (running.size || gathering ? new Promise((resolve) => idlers.push(resolve)) : Promise.resolve()),
    async stop() {
      stopping = true;
      if (heartbeat) clearInterval(heartbeat);
      if (gathering) clearTimeout(gathering);
      gathering = null;
      for (const { timer } of sleeping.values()) clearTimeout(timer);
      sleeping.clear();
      pace.stop();
      await Promise.all(running.values());
    },
  };
}

/** How a round through what waits ends. */
type End =
  | { readonly is: 'goes_on' }
  /** Nothing of the lane goes out for so long. */
  | { readonly is: 'blocked'; readonly ms: number; readonly fault?: string }
  /** What waits, waits for its own next try. */
  | { readonly is: 'rests'; readonly ms: number };

/** What waits, in order; nudges go together in the place of the first of them. */
function batches(page: readonly Waiting[]): readonly (readonly Waiting[])[] {
  const nudges = page.filter(({ isNudge }) => isNudge);
  return page.flatMap((waiting): (readonly Waiting[])[] => {
    if (!waiting.isNudge) return [[waiting]];
    const place = nudges.indexOf(waiting);
    return place % MOST_TOGETHER ? [] : [nudges.slice(place, place + MOST_TOGETHER)];
  });
}
