/** How far the machine's clock jumped (negative: back), and how long nothing ran, ms. */
export interface ClockMoved {
  readonly setByMs: number;
  readonly stoodStillMs: number;
}
export interface WatchdogNews {
  /** The clock was set, or the process stopped, as when a machine sleeps. */
  clockMoved(by: ClockMoved): void;
  /** This job has not started for longer than its period: the machine's clock is slow, or stopped. */
  overdue(job: string): void;
}

const LOOK_MS = 1000;
/** A clock is adjusted by less than this all the time, and timers on a busy machine are late by less. */
const SET_MS = 1000;
const STOOD_STILL_MS = 10_000;
const OVERDUE_MS = 5000;

/**
 * Watches schedules that use the machine's clock: their next run is a time on it, so if it is set back, they wait until
 * it has caught up. Measured in time that no one can set. `periods`: of each job, ms.
 */
export function createWatchdog(
  periods: ReadonlyMap<string, number>,
  { clockMoved, overdue }: WatchdogNews,
): { started(job: string): void; stop(): void } {
  const began = performance.now();
  const startedAt = new Map<string, number>();
  let [wall, steady] = [Date.now(), began];

  const look = () => {
    const [wallNow, steadyNow] = [Date.now(), performance.now()];
    const passed = steadyNow - steady;
    const by = { setByMs: Math.round(wallNow - wall - passed), stoodStillMs: Math.round(passed - LOOK_MS) };
    [wall, steady] = [wallNow, steadyNow];
    if (Math.abs(by.setByMs) > SET_MS || by.stoodStillMs > STOOD_STILL_MS) return clockMoved(by);
    for (const [job, period] of periods)
      if (steadyNow - (startedAt.get(job) ?? began) > period + OVERDUE_MS) overdue(job);
  };
  const timer = setInterval(look, LOOK_MS);
  timer.unref();

  return {
    started: (job) => void startedAt.set(job, performance.now()),
    stop: () => clearInterval(timer),
  };
}
