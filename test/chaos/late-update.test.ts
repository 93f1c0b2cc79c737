import { moveCase } from '../../src/services/move-case';
import { caseMoreId } from '../../src/slack/ids/case-dialog';
import { openRecords, type Records } from '../integration/records';
import { type ChildApp, startChildApp } from '../support/child-app';
import { cardOf, cardsOf, fileFeedback } from '../support/feedback';
import { type Front, frontFor } from '../support/front';
import { until } from '../support/until';
import { startWorld, type World } from '../support/world';

const HOUR = 60 * 60_000;
const TIMING = { leaseMs: 600, postIntervalMs: 0 };

let world: World;
let front: Front;
let records: Records;
let first: ChildApp;
beforeEach(async () => {
  world = await startWorld({
    start: false,
    leaseMs: TIMING.leaseMs,
    between: frontFor((made) => {
      front = made;
    }),
  });
  records = await openRecords(world);
});
afterEach(async () => {
  await first.kill();
  await records.close();
  await world.stop();
});

/** From now on, the next change of a message waits in front of Slack. */
function heldUpdate(): { readonly held: Promise<void>; release(): void } {
  let [caught, release]: (() => void)[] = [];
  const held = new Promise<void>((resolve) => {
    caught = resolve;
  });
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  front.on('chat.update', async (_args, forward) => {
    front.on('chat.update', null);
    caught?.();
    await released;
    return { body: await forward() };
  });
  return { held, release: () => release?.() };
}

/** Starts the first instance, and files a report in it. */
async function filed(sj: string) {
  first = await startChildApp(world, TIMING);
  await world.workspace.waitForApp();
  await fileFeedback(world.workspace.as('amira'), sj);
  const card = await cardOf(world, sj);
  return { card, ref: /SPF-\d{6}/.exec(card.content)?.[0] ?? '' };
}

it('a card that a sleeping instance drew long ago shows the newest state again soon after', async () => {
  const dana = world.workspace.as('dana');
  const { card, ref } = await filed('870001');
  const shown = () => JSON.stringify(world.workspace.thread(card.channel, card.ts)[0]?.blocks);
  const isNewest = async () => {
    const { seq } = await records.of(ref);
    return shown().includes(`"${caseMoreId(seq)}"`);
  };
  await until(isNewest, 'the card');

  const { held, release } = heldUpdate();
  await dana.press('Add note', { in: card });
  await dana.waitForModal(({ title }) => title === 'Add note');
  await dana.fill({ Note: 'They called.' });
  await dana.submit();
  await held;
  first.freeze();

  await world.another();
  await world.pass(12 * HOUR);
  await until(async () => (await records.of(ref)).events.at(-1)?.type === 'nudged', 'a nudge');
  await until(isNewest, 'the second instance to draw the card');
  const outdated = front.count('chat.update');
  release();
  await until(async () => !(await isNewest()), 'the card of the first instance');
  first.thaw();
  await until(isNewest, 'the newest card');
  expect(front.count('chat.update')).toBeGreaterThan(outdated);
});

it('a card that its case left while a sleeping instance drew it becomes a pointer again', async () => {
  const dana = world.workspace.as('dana');
  const { card, ref } = await filed('870003');
  await until(async () => (await records.of(ref)).outbox.length === 0, 'the card to be marked');

  const { held, release } = heldUpdate();
  await dana.press('Add note', { in: card });
  await dana.waitForModal(({ title }) => title === 'Add note');
  await dana.fill({ Note: 'They called.' });
  await dana.submit();
  await held;
  first.freeze();

  const { jobDeps } = await world.another();
  const { priya = '', ada = '' } = world.workspace.ids.users;
  const move = { type: 'reassign', area: 'East', owner: priya, summary: 'The SP moved east.' } as const;
  expect(await moveCase(jobDeps, { find: { ref }, move, by: ada, key: null })).toMatchObject({ ok: true });
  const isPointer = () => world.workspace.thread(card.channel, card.ts)[0]?.content.includes('moved to') === true;
  await until(isPointer, 'the pointer');
  release();
  await until(() => !isPointer(), 'the card of the first instance');
  first.thaw();
  await until(isPointer, 'the pointer again');
});

it.each([
  ['its answer is an error', async () => undefined],
  ['its instance dies', () => first.kill()],
])('a card that was acknowledged before Warmline heard that it arrived shows that, if %s', async (_, ends) => {
  first = await startChildApp(world, TIMING);
  await world.workspace.waitForApp();
  const [amira, dana] = [world.workspace.as('amira'), world.workspace.as('dana')];
  const acknowledged = new Promise<void>((resolve) => {
    front.on('chat.postMessage', async (_args, forward) => {
      front.on('chat.postMessage', null);
      await forward();
      const card = await cardOf(world, '870002');
      await dana.press('Acknowledge', { in: card });
      await dana.waitForEphemeral(({ text }) => text.includes('You acknowledged it'));
      resolve();
      return { status: 500, body: {} };
    });
  });
  await fileFeedback(amira, '870002');
  await acknowledged;
  await ends();
  await world.another();
  await until(() => cardsOf(world, '870002')[0]?.buttons.includes('Acknowledge') === false, 'the newest card');
  expect(cardsOf(world, '870002')).toHaveLength(1);
});
