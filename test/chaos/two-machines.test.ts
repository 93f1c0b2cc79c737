import type { Actor } from '../../sandbox/workspace';
import { type ChildApp, startChildApp } from '../support/child-app';
import { cardsOf, fileFeedback } from '../support/feedback';
import { startWorld, type World } from '../support/world';

const LEASE_MS = 900;
const TIMING = { leaseMs: LEASE_MS, postIntervalMs: 150 };
const MINUTE = 60_000;
/** Processes start slowly on a busy machine. */
const PATIENCE_MS = 120_000;

let world: World;
let amira: Actor;
const children: ChildApp[] = [];
const child = async (clockAheadMs = 0) => {
  const app = await startChildApp(world, TIMING, { clockAheadMs });
  children.push(app);
  return app;
};
beforeEach(async () => {
  world = await startWorld({ start: false, leaseMs: LEASE_MS, postIntervalMs: TIMING.postIntervalMs });
  amira = world.workspace.as('amira');
});
afterEach(async () => {
  for (const app of children.splice(0)) {
    app.thaw();
    await app.kill();
  }
  await world.stop();
});

async function filed(first: number, count: number): Promise<string[]> {
  const sjs = Array.from({ length: count }, (_, i) => String(first + i));
  for (const sj of sjs) expect((await fileFeedback(amira, sj)).told?.content).toContain('is filed');
  return sjs;
}
const all = (sjs: readonly string[]) =>
  world.workspace.waitFor(() => sjs.every((sj) => cardsOf(world, sj).length > 0), 30_000, 'all cards');
/** In the order of the channel, each as often as it appears. */
const shown = (sjs: readonly string[]) =>
  world.workspace.messages('am-west').flatMap(({ text }) => sjs.find((sj) => text.includes(`SJ ${sj}`)) ?? []);

it(
  'two instances whose clocks are minutes apart share a channel: every card is there once',
  async () => {
    const ahead = await child(7 * MINUTE);
    const behind = await child(-7 * MINUTE);
    const sjs = await filed(960_001, 8);
    await all(sjs);
    await Promise.all([ahead.terminate(), behind.terminate()]);
    await world.another();
    const more = await filed(960_101, 1);
    await all(more);
    expect(shown([...sjs, ...more]).sort()).toEqual([...sjs, ...more]);
  },
  PATIENCE_MS,
);

it(
  'an instance that was frozen while sending sends nothing more there when it wakes: another one has',
  async () => {
    const frozen = await child();
    const sjs = await filed(970_001, 6);
    await world.workspace.waitFor(() => shown(sjs).length > 0, 30_000, 'the first card');
    frozen.freeze();
    await world.another();
    await all(sjs);
    frozen.thaw();
    // A late message would be sent before it looks for work again.
    await frozen.terminate();
    expect(shown(sjs)).toEqual(sjs);
  },
  PATIENCE_MS,
);
