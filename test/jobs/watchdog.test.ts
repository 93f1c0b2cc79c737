import { schedule } from 'node-cron';
import { type ClockMoved, createWatchdog } from '../../src/jobs/watchdog';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const EVERY_MINUTE = '* * * * *';

let moved: ClockMoved[];
let overdue: string[];
let watchdog: ReturnType<typeof createWatchdog>;
beforeEach(() => {
  jest.useFakeTimers({ now: Date.parse('2026-11-02T17:00:30Z') });
  moved = [];
  overdue = [];
  watchdog = createWatchdog(new Map([['nudge', MINUTE]]), {
    clockMoved: (by) => moved.push(by),
    overdue(job) {
      overdue.push(job);
      watchdog.started(job);
    },
  });
});
afterEach(() => {
  watchdog.stop();
  jest.useRealTimers();
});

/** Real time passes. */
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
/** The machine's clock is set, which takes no time. */
const setClock = (byMs: number) => jest.setSystemTime(Date.now() + byMs);

it.each([
  ['set back by two hours', -2 * HOUR],
  ['set back by three minutes', -3 * MINUTE],
  ['set forward by two hours', 2 * HOUR],
])('a clock that is %s is noticed within seconds, once', async (_name, byMs) => {
  await pass(10 * SECOND);
  setClock(byMs);
  await pass(5 * SECOND);
  expect(moved).toEqual([{ setByMs: byMs, stoodStillMs: expect.any(Number) }]);
});

it('a clock that is right, or adjusted a little, is not reported', async () => {
  for (let minute = 0; minute < 10; minute++) {
    watchdog.started('nudge');
    setClock(-200);
    await pass(MINUTE);
  }
  expect([moved, overdue]).toEqual([[], []]);
});

it('a clock that runs at a fraction of its speed delays no job for more than its period and some seconds', async () => {
  watchdog.started('nudge');
  for (let second = 0; second < 150; second++) {
    await pass(SECOND);
    setClock(-0.5 * SECOND);
  }
  expect(overdue).toEqual(['nudge', 'nudge']);
});

it("is needed: a schedule by the machine's clock sleeps until that has caught up", async () => {
  const runs: Date[] = [];
  const task = schedule(EVERY_MINUTE, () => void runs.push(new Date()), { timezone: 'UTC' });
  await pass(2 * MINUTE);
  expect(runs).toHaveLength(2);
  setClock(-2 * HOUR);
  await pass(30 * MINUTE);
  expect(runs).toHaveLength(2);
  await task.destroy();
});
