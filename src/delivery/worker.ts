import type { Logger } from 'pino';
import type { Actor } from '../domain/case';
import type { Delivery } from '../domain/effects';
import { type Settlement, settle } from '../domain/settle';
import type { CaseStore, LaneLeases, StoredCase, Waiting } from '../services/ports';
import { classify, type Failure } from './classify';
import { Pace } from './pace';
import type { Rendered, Renderer } from './render';
import type { Posted, Sender } from './sender';

export interface DeliveryDeps {
  readonly cases: CaseStore;
  readonly leases: LaneLeases;
  readonly sender: Sender;
  readonly render: Renderer;
  readonly log: Logger;
  /** An admin who gets what even the fallback channel cannot take. */
  readonly lastResort: Actor | null;
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
/** What was sent shortly before the attempt may carry a slightly older ts. */
const LOOK_BACK_MS = 5 * 60_000;

type Attempt =
  | { readonly is: 'done' }
  /** A card has to be posted again, before what is still on the page. */
  | { readonly is: 'reordered' }
  | { readonly is: 'blocked'; readonly ms: number };

export function createDelivery(deps: DeliveryDeps): DeliveryWorker {
  const { cases, leases, sender, render, log } = deps;
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
        page = await cases.waiting(lane, PAGE);
        if (orphaned) for (const { deliveryId } of page) uncertain.add(deliveryId);
        orphaned = false;
        if (!page.length) return;
        for (const waiting of page) {
          const attempt = await deliver(lane, waiting);
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

  async function deliver(lane: string, { caseId, deliveryId }: Waiting): Promise<Attempt> {
    for (;;) {
      if (stopping) return { is: 'blocked', ms: 0 };
      if (!leases.holds(lane)) return { is: 'blocked', ms: CONTENDED_MS }; // somebody else may be sending here by now
      const stored = await cases.byId(caseId);
      const delivery = stored?.outbox.find((waiting) => waiting.id === deliveryId);
      if (!stored || !delivery || delivery.dead || delivery.lane !== lane) return { is: 'done' };
      const rendered = await render(stored, delivery);
      if (rendered && rendered.is !== 'update' && (await pace.waitFor(lane)) === 'waited') continue; // it may be answered by now
      return attempt(lane, stored, delivery, rendered);
    }
  }

  async function attempt(
    lane: string,
    stored: StoredCase,
    delivery: Delivery,
    rendered: Rendered | null,
  ): Promise<Attempt> {
    if (!rendered) return finish(stored, delivery, { is: 'dropped' });
    try {
      const { channel, ts } = await send(lane, delivery, rendered);
      // Should the store not take the mark, it has arrived all the same.
      uncertain.add(delivery.id);
      return finish(stored, delivery, { is: 'sent', channel, ts, shownSeq: stored.seq });
    } catch (error) {
      return failed(lane, stored, delivery, classify(error));
    }
  }

  async function send(lane: string, delivery: Delivery, rendered: Rendered): Promise<Posted> {
    if (rendered.is === 'update') return sender.update(rendered.posted, rendered.message);
    const place = { channel: await sender.channelOf(rendered.channel), threadTs: rendered.threadTs };
    const title = rendered.is === 'file' ? rendered.title : undefined;
    const earlier = uncertain.has(delivery.id)
      ? await sender.find(place, delivery.id, new Date(+delivery.at - LOOK_BACK_MS), title)
      : null;
    if (earlier) return earlier;
    pace.sent(lane);
    if (rendered.is === 'post') return sender.post(place, rendered.message, delivery.id);
    try {
      return await sender.share({ channel: place.channel, threadTs: rendered.threadTs }, rendered.file, rendered.title);
    } catch (error) {
      const { is, fault } = classify(error);
      if (is !== 'refused' && is !== 'gone') throw error;
      log.error({ delivery: delivery.id, lane, fault }, 'delivery: a file could not be shared; its place says so');
      return sender.post(place, rendered.otherwise, delivery.id);
    }
  }

  async function failed(lane: string, stored: StoredCase, delivery: Delivery, failure: Failure): Promise<Attempt> {
    const about = { ref: stored.ref, delivery: delivery.id, lane, fault: failure.fault };
    switch (failure.is) {
      case 'wait':
        log.warn({ ...about, waitMs: failure.ms }, 'delivery: Slack asks to wait');
        return { is: 'blocked', ms: failure.ms };
      case 'unknown': {
        uncertain.add(delivery.id);
        const ms = backoff(lane);
        log.warn({ ...about, retryInMs: ms }, 'delivery: outcome unknown; looked up before it is sent again');
        return { is: 'blocked', ms };
      }
      case 'gone':
        if ('post' in delivery.to) {
          await finish(stored, delivery, { is: 'card_gone' });
          return { is: 'reordered' };
        }
        log.error(about, 'delivery: refused');
        return finish(stored, delivery, { is: 'refused', fault: failure.fault });
      case 'unreachable':
        log.error(about, 'delivery: place out of reach; the message goes to the fallback');
        return finish(stored, delivery, { is: 'unreachable', fault: failure.fault });
      case 'refused':
        log.error(about, 'delivery: refused');
        return finish(stored, delivery, { is: 'refused', fault: failure.fault });
    }
  }

  /** Stores what became of a delivery; a lost race is settled again on a fresh read. */
  async function finish(seen: StoredCase, delivery: Delivery, settlement: Settlement): Promise<Attempt> {
    let based: StoredCase | null = seen;
    while (based?.outbox.some((waiting) => waiting.id === delivery.id)) {
      const mailbox = settle(based, based, delivery, settlement, deps.lastResort);
      if (await cases.save(based, { facts: based, events: [], mailbox })) {
        kick(mailbox.outbox.filter((d) => !d.dead && d.lane !== delivery.lane).map((d) => d.lane));
        break;
      }
      based = await cases.byId(seen.id);
    }
    uncertain.delete(delivery.id);
    return { is: 'done' };
  }

  async function beat(): Promise<void> {
    try {
      if (running.size) await leases.renew();
      const lanes = await cases.lanesWithWork(500);
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
