import type { Actor, MessageReading } from '../../sandbox/workspace';
import type { StoredCase } from '../../src/services/ports/cases';
import { openRecords, type Records } from '../integration/records';
import { type ChildApp, startChildApp } from '../support/child-app';
import { refIn, submitForm } from '../support/filed';
import { openReport, UNSAFE } from '../support/reports';
import { startWorld, type World } from '../support/world';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const TIMING = { leaseMs: 600, postIntervalMs: 0 };
/** A critical case has to be acknowledged within this many minutes. */
const RESPOND_MINUTES = 15;
const MOVED = 'the clock of this machine was set';

let world: World;
let records: Records;
let app: ChildApp;
let [amira, rosa]: Actor[] = [];
let aheadMs = 2 * HOUR;
beforeAll(async () => {
  world = await startWorld({ start: false });
  records = await openRecords(world);
  app = await startChildApp(world, TIMING, { schedule: 'cron', clockAheadMs: aheadMs });
  [amira, rosa] = ['amira', 'rosa'].map((name) => world.workspace.as(name));
});
afterAll(async () => {
  await app.kill();
  await records.close();
  await world.stop();
});

function who(actor: Actor | undefined): Actor {
  if (!actor) throw new Error('Nobody is there.');
  return actor;
}
/** The current clock of the app's machine. */
const machineNow = () => new Date(+world.clock.now() + aheadMs);
/** Sets that clock, and waits until the app has noticed. */
async function setClock(ms: number): Promise<void> {
  const noticed = app.logs(MOVED);
  aheadMs = ms;
  app.setClock(ms);
  await noticed;
}

let lastSj = 930_000;
/** A critical case, its card posted in the risk channel. */
async function critical(): Promise<{ ref: string; card: MessageReading }> {
  const agent = who(amira);
  await world.workspace.waitForApp();
  await openReport(agent, '/high-risk', `ACC100 ${++lastSj}`);
  await agent.fill({ ...UNSAFE, 'Is anyone in danger now': 'Yes' });
  const ref = refIn(await submitForm(agent)) || 'not accepted';
  const card = await who(rosa).waitForMessage('risk-desk', ({ text }) => text.includes(ref));
  return { ref, card };
}
const reminders = (card: MessageReading) =>
  who(rosa)
    .thread('risk-desk', card.ts)
    .filter(({ text }) => text.includes('waits for'));
const reminded = ({ ref, card }: { ref: string; card: MessageReading }) =>
  who(rosa).waitForReply('risk-desk', card.ts, ({ text }) => text.includes(`${ref} waits for`));

/** Its record is in the order of its dates, and none of its messages waits for a future time. */
function isInOrder({ events, outbox }: StoredCase): void {
  const dates = events.map(({ at }) => +at);
  expect(dates).toEqual([...dates].sort((a, b) => a - b));
  expect(outbox.filter(({ at, waits }) => !waits && at > machineNow())).toEqual([]);
}
const runsInTheFuture = async () => (await records.runs()).filter(({ at }) => at > machineNow());

it('a clock that was two hours ahead and is set back holds up no job, no message and no reminder', async () => {
  const filed = await critical();
  const before = await records.of(filed.ref);
  expect(+before.filedAt - +world.clock.now()).toBeGreaterThan(HOUR);

  const corrected = app.logs('dated up to');
  await setClock(0);
  await corrected;
  const mended = await records.of(filed.ref);
  expect(mended.events.map(({ type }) => type)).toEqual(['filed', 'routed', 'clocks_corrected']);
  const [clock] = mended.clocks;
  expect(+(clock?.dueAt ?? 0) - +machineNow()).toBeLessThanOrEqual(RESPOND_MINUTES * MINUTE);

  const said = reminded(filed);
  await setClock((RESPOND_MINUTES + 1) * MINUTE);
  await said;
  const later = await critical();
  expect(reminders(filed.card)).toHaveLength(1);
  isInOrder(await records.of(filed.ref));
  isInOrder(await records.of(later.ref));
  expect(await runsInTheFuture()).toEqual([]);
});

it('twenty minutes in which the machine was suspended cost nothing, and nothing is sent twice', async () => {
  const filed = await critical();
  const said = reminded(filed);
  app.freeze();
  const noticed = setClock(aheadMs + 20 * MINUTE);
  app.thaw();
  await noticed;
  await said;
  expect(reminders(filed.card)).toHaveLength(1);
  isInOrder(await records.of((await critical()).ref));
});

it('a clock that is set forward by two hours brings what is due by then, once', async () => {
  const filed = await critical();
  const said = reminded(filed);
  await setClock(aheadMs + 2 * HOUR);
  await said;
  isInOrder(await records.of((await critical()).ref));
  expect(reminders(filed.card)).toHaveLength(1);
  expect(await runsInTheFuture()).toEqual([]);
});
