import type { Queue } from '../domain/lane-queue';
import type { CardPlace } from '../domain/mailbox';
import type { DeliveryDeps } from './deps';
import { createSending, type Rest } from './lane';
import { createPosted } from './posted';

/** The only sender of messages (architecture section 3). */
export interface DeliveryWorker {
  /** Something waits in these queues now. */
  kick(queues: readonly Queue[]): void;
  start(): void;
  /** The place of the card that everyone may open, once this instance has posted it; null if `ms` pass first. */
  posted(caseId: string, ms: number): Promise<CardPlace | null>;
  /** Resolves when no queue of this instance has anything it could send now. */
  idle(): Promise<void>;
  /** Finishes the messages in progress and gives the queues back. */
  stop(): Promise<void>;
}

const MOST_LANES = 500;

/** Decides which queues send when; how a queue sends is `createSending`. */
export function createDelivery(deps: DeliveryDeps): DeliveryWorker {
  /** Queues that sleep because the store did not answer: they wake as soon as it does. */
  const stalled = new Set<Queue>();
  const idlers: (() => void)[] = [];
  let stopping = false;
  const isIdle = () => !runs.size && !kicks.isGathering();
  const wakeIdlers = () => {
    if (isIdle()) for (const idler of idlers.splice(0)) idler();
  };
  const kick = (queues: readonly Queue[]) => {
    if (!stopping) kicks.add(queues);
  };
  const kicks = new Kicks((queues) => {
    for (const queue of queues) {
      if (stopping || asleep.isDeep(queue)) continue;
      asleep.wake(queue);
      runs.start(queue);
    }
    wakeIdlers();
  }, deps.gatherMs);
  const asleep = new Sleepers((queue) => kick([queue]));
  const runs = new Runs(drain, (queue, again) => {
    if (again) kick([queue]);
    wakeIdlers();
  });
  const posted = createPosted();
  const sending = createSending(deps, {
    kick,
    isStopping: () => stopping,
    onLook: (queue) => runs.looks(queue),
    onMarked: posted.heard,
  });
  const beats = heartbeat(deps, runs, (queues) => {
    for (const queue of stalled) {
      asleep.wake(queue);
      sending.failures.forget(queue);
    }
    kick([...stalled, ...queues.filter((queue) => !asleep.has(queue))]);
    stalled.clear();
  });

  async function drain(queue: Queue): Promise<void> {
    try {
      const rest = await sending.drain(queue);
      if (rest && !stopping) asleep.sleep(queue, rest);
    } catch (error) {
      const ms = sending.failures.next(queue);
      deps.log.error(
        { err: error, lane: queue, retryInMs: ms },
        'delivery: the store did not answer; this lane is tried again',
      );
      if (!stopping) asleep.sleep(queue, { ms, rests: false });
      stalled.add(queue);
    }
  }

  return {
    kick,
    posted: posted.place,
    start: beats.start,
    idle: () => (isIdle() ? Promise.resolve() : new Promise((resolve) => idlers.push(resolve))),
    async stop() {
      stopping = true;
      for (const part of [beats, kicks, asleep, sending]) part.stop();
      await runs.ended();
    },
  };
}

/** Regularly renews the leases and looks for queues that no one announced. */
function heartbeat(
  { cases, leases, now, log, heartbeatMs }: DeliveryDeps,
  runs: Runs,
  onWork: (queues: readonly Queue[]) => void,
) {
  let timer: NodeJS.Timeout | undefined;
  /** Where the last look for work ended, if there was more than it took. */
  let last: Queue | null = null;
  async function beat(): Promise<void> {
    try {
      if (runs.size) await leases.renew();
      const queues = await cases.lanesWithWork(MOST_LANES, now(), last);
      last = queues.length < MOST_LANES ? null : (queues.at(-1) ?? null);
      onWork(queues);
    } catch (error) {
      log.warn({ err: error }, 'delivery: the store did not answer; the next beat tries again');
    }
  }
  return {
    start() {
      timer = setInterval(() => void beat(), heartbeatMs);
      timer.unref();
      void beat();
    },
    stop: () => clearInterval(timer),
  };
}

/** Recently notified queues, collected. */
class Kicks {
  private readonly queues = new Set<Queue>();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly onGathered: (queues: readonly Queue[]) => void,
    private readonly gatherMs: number,
  ) {}

  add(queues: readonly Queue[]): void {
    for (const queue of queues) this.queues.add(queue);
    this.timer ??= setTimeout(() => {
      this.timer = null;
      const gathered = [...this.queues];
      this.queues.clear();
      this.onGathered(gathered);
    }, this.gatherMs);
  }

  isGathering(): boolean {
    return this.timer !== null;
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }
}

/** Queues that wait for their time. */
class Sleepers {
  private readonly sleeping = new Map<Queue, { readonly timer: NodeJS.Timeout; readonly rests: boolean }>();

  constructor(private readonly onAwake: (queue: Queue) => void) {}

  has(queue: Queue): boolean {
    return this.sleeping.has(queue);
  }

  /** Whether it must not wake for something new. */
  isDeep(queue: Queue): boolean {
    return this.sleeping.get(queue)?.rests === false;
  }

  sleep(queue: Queue, { ms, rests }: Rest): void {
    this.wake(queue);
    const timer = setTimeout(() => {
      this.sleeping.delete(queue);
      this.onAwake(queue);
    }, ms);
    timer.unref();
    this.sleeping.set(queue, { timer, rests });
  }

  wake(queue: Queue): void {
    clearTimeout(this.sleeping.get(queue)?.timer);
    this.sleeping.delete(queue);
  }

  stop(): void {
    for (const queue of [...this.sleeping.keys()]) this.wake(queue);
  }
}

/** Queues that send now, each once at a time. */
class Runs {
  private readonly running = new Map<Queue, Promise<void>>();
  private readonly again = new Set<Queue>();

  /** `onEnd`: a run is over; `again`: the queue was started again since its last look. */
  constructor(
    private readonly run: (queue: Queue) => Promise<void>,
    private readonly onEnd: (queue: Queue, again: boolean) => void,
  ) {}

  get size(): number {
    return this.running.size;
  }

  start(queue: Queue): void {
    if (this.running.has(queue)) this.again.add(queue);
    else this.running.set(queue, this.runToEnd(queue));
  }

  /** It reads what waits, which includes everything it was started for. */
  looks(queue: Queue): void {
    this.again.delete(queue);
  }

  async ended(): Promise<void> {
    await Promise.all(this.running.values());
  }

  private async runToEnd(queue: Queue): Promise<void> {
    try {
      await this.run(queue);
    } finally {
      this.running.delete(queue);
      this.onEnd(queue, this.again.delete(queue));
    }
  }
}
