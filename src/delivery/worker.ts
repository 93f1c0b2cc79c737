import type { Logger } from 'pino';
import type { Actor } from '../domain/case';
import type { CaseStore, LaneLeases, Waiting } from '../services/ports';
import { createDispatch } from './dispatch';
import { Pace } from './pace';
import type { Renderer } from './render';
import type { Sender } from './sender';

export interface DeliveryDeps {
  readonly cases: CaseStore;
  readonly leases: LaneLeases;
  readonly sender: Sender;
  readonly render: Renderer;
  readonly log: Logger;
  /** Business time: what is deferred is not sent before its moment. */
  readonly now: () => Date;
  /** An admin who gets what even the fallback channel cannot take. */
  readonly lastResort: Actor | null;
  /** A message was given up and is kept as failed. Must not throw and not block. */
  readonly onGivenUp: () => void;
  /** Between two posts in one channel, ms. */
  readonly intervalMs: number;
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
const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 60_000;
/** So many nudges for one person make one message; Slack takes 50 blocks, and people less. */
const MOST_TOGETHER = 10;

export function createDelivery(deps: DeliveryDeps): DeliveryWorker {
  const { cases, leases, log } = deps;
  const pace = new Pace(deps.intervalMs);
  const running = new Map<string, Promise<void>>();
  const again = new Set<string>();
  const sleeping = new Map<string, NodeJS.Timeout>();
  /** Deliveries whose last attempt may have arrived. */
  const uncertain = new Set<string>();
  const failures = new Map<string, number>();
  const idlers: (() => void)[] = [];
  let heartbeat: NodeJS.Timeout | null = null;
  let stopping = false;

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
      if (stopping || sleeping.has(lane)) continue;
      if (running.has(lane)) again.add(lane);
      else running.set(lane, drain(lane));
    }
    wakeIdlers();
  };

  const wakeIdlers = () => {
    if (!running.size && !gathering) for (const idler of idlers.splice(0)) idler();
  };

  const sleep = (lane: string, ms: number) => {
    if (stopping) return;
    clearTimeout(sleeping.get(lane));
    const timer = setTimeout(() => {
      sleeping.delete(lane);
      kick([lane]);
    }, ms);
    timer.unref();
    sleeping.set(lane, timer);
  };

  const backoff = (lane: string) => {
    const count = (failures.get(lane) ?? 0) + 1;
    failures.set(lane, count);
    return Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (count - 1));
  };

  const dispatch = createDispatch({
    ...deps,
    pace,
    uncertain,
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
    pace.notBefore(lane, lease.nextAt);
    for (const deliveryId of lease.suspects) uncertain.add(deliveryId);
    // Whatever its dead holder had in hand may have arrived: look before sending what it could have sent.
    let { orphaned } = lease;
    let page: readonly Waiting[] = [];
    try {
      for (;;) {
        again.delete(lane);
        page = await cases.waiting(lane, PAGE, deps.now());
        if (orphaned) for (const { deliveryId } of page) uncertain.add(deliveryId);
        orphaned = false;
        if (!page.length) return;
        for (const batch of batches(page)) {
          const attempt = await dispatch(lane, batch);
          if (attempt.is === 'blocked') return sleep(lane, attempt.ms);
          failures.delete(lane);
          if (attempt.is === 'reordered') break;
        }
      }
    } finally {
      const suspects = page.map(({ deliveryId }) => deliveryId).filter((id) => uncertain.has(id));
      await leases.release(lane, pace.nextAt(lane), suspects);
    }
  }

  async function beat(): Promise<void> {
    try {
      if (running.size) await leases.renew();
      const lanes = await cases.lanesWithWork(500, deps.now());
      for (const lane of stalled) {
        clearTimeout(sleeping.get(lane));
        sleeping.delete(lane);
        failures.delete(lane);
      }
      kick([...stalled, ...lanes]);
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
      for (const timer of sleeping.values()) clearTimeout(timer);
      sleeping.clear();
      pace.stop();
      await Promise.all(running.values());
    },
  };
}

/** What waits, in order; nudges go together in the place of the first of them. */
function batches(page: readonly Waiting[]): readonly (readonly Waiting[])[] {
  const nudges = page.filter(({ isNudge }) => isNudge);
  return page.flatMap((waiting): (readonly Waiting[])[] => {
    if (!waiting.isNudge) return [[waiting]];
    const place = nudges.indexOf(waiting);
    return place % MOST_TOGETHER ? [] : [nudges.slice(place, place + MOST_TOGETHER)];
  });
}
