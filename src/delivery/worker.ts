import type { Logger } from 'pino';
import type { Actor } from '../domain/case';
import type { CaseStore } from '../services/ports/cases';
import type { LaneLeases } from '../services/ports/lanes';
import { createSending, type Rest } from './lane';
import type { TargetFor } from './targets/target';

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

/** Posts wait this long for whoever waits for an acknowledgement; a burst of cases is then one round a lane. */
const GATHER_MS = 100;
const MOST_LANES = 500;

/** Decides which lanes send when; how a lane sends is `createSending`. */
export function createDelivery(deps: DeliveryDeps): DeliveryWorker {
  /** Lanes that sleep because the store did not answer: they wake as soon as it does. */
  const stalled = new Set<string>();
  const idlers: (() => void)[] = [];
  let stopping = false;
  const isIdle = () => !runs.size && !kicks.isGathering();
  const wakeIdlers = () => {
    if (isIdle()) for (const idler of idlers.splice(0)) idler();
  };
  const kick = (lanes: readonly string[]) => {
    if (!stopping) kicks.add(lanes);
  };
  const kicks = new Kicks((lanes) => {
    for (const lane of lanes) {
      if (stopping || asleep.isDeep(lane)) continue;
      asleep.wake(lane);
      runs.start(lane);
    }
    wakeIdlers();
  });
  const asleep = new Sleepers((lane) => kick([lane]));
  const runs = new Runs(drain, (lane, again) => {
    if (again) kick([lane]);
    wakeIdlers();
  });
  const sending = createSending(deps, { kick, isStopping: () => stopping, onLook: (lane) => runs.looks(lane) });
  const beats = heartbeat(deps, runs, (lanes) => {
    for (const lane of stalled) {
      asleep.wake(lane);
      sending.failures.forget(lane);
    }
    kick([...stalled, ...lanes.filter((lane) => !asleep.has(lane))]);
    stalled.clear();
  });

  async function drain(lane: string): Promise<void> {
    try {
      const rest = await sending.drain(lane);
      if (rest && !stopping) asleep.sleep(lane, rest);
    } catch (error) {
      const ms = sending.failures.next(lane);
      deps.log.error(
        { err: error, lane, retryInMs: ms },
        'delivery: the store did not answer; this lane is tried again',
      );
      if (!stopping) asleep.sleep(lane, { ms, rests: false });
      stalled.add(lane);
    }
  }

  return {
    kick,
    start: beats.start,
    idle: () => (isIdle() ? Promise.resolve() : new Promise((resolve) => idlers.push(resolve))),
    async stop() {
      stopping = true;
      for (const part of [beats, kicks, asleep, sending]) part.stop();
      await runs.ended();
    },
  };
}

/** Renews the leases and looks for lanes that nobody was told of, again and again. */
function heartbeat(
  { cases, leases, now, log, heartbeatMs }: DeliveryDeps,
  runs: Runs,
  onWork: (lanes: readonly string[]) => void,
) {
  let timer: NodeJS.Timeout | undefined;
  /** Where the last look for work ended, when there was more than it took. */
  let last: string | null = null;
  async function beat(): Promise<void> {
    try {
      if (runs.size) await leases.renew();
      const lanes = await cases.lanesWithWork(MOST_LANES, now(), last);
      last = lanes.length < MOST_LANES ? null : (lanes.at(-1) ?? null);
      onWork(lanes);
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

/** Lanes that were kicked a moment ago, told together. */
class Kicks {
  private readonly lanes = new Set<string>();
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly onGathered: (lanes: readonly string[]) => void) {}

  add(lanes: readonly string[]): void {
    for (const lane of lanes) this.lanes.add(lane);
    this.timer ??= setTimeout(() => {
      this.timer = null;
      const gathered = [...this.lanes];
      this.lanes.clear();
      this.onGathered(gathered);
    }, GATHER_MS);
  }

  isGathering(): boolean {
    return this.timer !== null;
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }
}

/** Lanes that wait for their time. */
class Sleepers {
  private readonly sleeping = new Map<string, { readonly timer: NodeJS.Timeout; readonly rests: boolean }>();

  constructor(private readonly onAwake: (lane: string) => void) {}

  has(lane: string): boolean {
    return this.sleeping.has(lane);
  }

  /** Whether it is not to be woken for something new. */
  isDeep(lane: string): boolean {
    return this.sleeping.get(lane)?.rests === false;
  }

  sleep(lane: string, { ms, rests }: Rest): void {
    this.wake(lane);
    const timer = setTimeout(() => {
      this.sleeping.delete(lane);
      this.onAwake(lane);
    }, ms);
    timer.unref();
    this.sleeping.set(lane, { timer, rests });
  }

  wake(lane: string): void {
    clearTimeout(this.sleeping.get(lane)?.timer);
    this.sleeping.delete(lane);
  }

  stop(): void {
    for (const lane of [...this.sleeping.keys()]) this.wake(lane);
  }
}

/** Lanes that send now, each once at a time. */
class Runs {
  private readonly running = new Map<string, Promise<void>>();
  private readonly again = new Set<string>();

  /** `onEnd`: a run is over; `again`: the lane was started anew since it last looked. */
  constructor(
    private readonly run: (lane: string) => Promise<void>,
    private readonly onEnd: (lane: string, again: boolean) => void,
  ) {}

  get size(): number {
    return this.running.size;
  }

  start(lane: string): void {
    if (this.running.has(lane)) this.again.add(lane);
    else this.running.set(lane, this.runToEnd(lane));
  }

  /** It looks at what waits, and so at all it was started for. */
  looks(lane: string): void {
    this.again.delete(lane);
  }

  async ended(): Promise<void> {
    await Promise.all(this.running.values());
  }

  private async runToEnd(lane: string): Promise<void> {
    await this.run(lane);
    this.running.delete(lane);
    this.onEnd(lane, this.again.delete(lane));
  }
}
