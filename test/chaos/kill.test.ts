import type { FaultSettings, JsonObject, TrafficEntry } from '../../sandbox/client-protocol';
import type { Actor } from '../../sandbox/workspace';
import { type ChildApp, startChildApp } from '../support/child-app';
import { acknowledge, cardOf, cardsOf, fileFeedback, fillFeedback } from '../support/feedback';
import { submitForm } from '../support/filed';
import { byNight } from '../support/nightly';
import { startWorld, type World } from '../support/world';

/** A dead instance keeps its lanes for `leaseMs`: short, so that the next one takes over at once. */
const TIMING = { leaseMs: 600, postIntervalMs: 0 };
const POST = 'chat.postMessage';

let world: World;
let app: ChildApp;
let amira: Actor;
let dana: Actor;
beforeAll(async () => {
  world = await startWorld({ start: false });
  app = await startChildApp(world, TIMING);
  amira = world.workspace.as('amira');
  dana = world.workspace.as('dana');
});
afterAll(async () => {
  await app.kill();
  await world.stop();
});

let lastSj = 700_000;
const nextSj = () => String(++lastSj);

/** Resolves when the app's call is at this point: `asked`: before it has an effect, `answered`: when it is over. */
function call(about: (request: JsonObject) => boolean, at: 'asked' | 'answered'): Promise<unknown> {
  const fits = ({ kind, name, durationMs, request }: TrafficEntry) =>
    kind === 'api' && name === POST && (durationMs === null) === (at === 'asked') && about(request as JsonObject);
  return world.workspace.waitFor(
    (event) => event?.type === 'traffic' && fits(event.entry),
    10_000,
    `a ${POST} to be ${at}`,
  );
}
const mentions = (word: string) => (request: JsonObject) => JSON.stringify(request).includes(word);

async function restart(end: 'kill' | 'terminate' = 'kill'): Promise<void> {
  await app[end]();
  world.workspace.faults.clear();
  app = await startChildApp(world, TIMING);
}

/** Whatever waited in the channel is out once a case filed later has its card there. */
async function caughtUp(): Promise<string> {
  const sj = nextSj();
  expect((await fileFeedback(amira, sj)).told?.content).toContain('is filed');
  await cardOf(world, sj);
  return sj;
}
const order = (...sjs: string[]) =>
  world.workspace.messages('am-west').flatMap(({ text }) => sjs.find((sj) => text.includes(`SJ ${sj}`)) ?? []);

describe('a card, if the app is stopped', () => {
  const next = { remaining: 1, method: POST };
  const endings: [string, Partial<FaultSettings>, 'asked' | 'answered', 'kill' | 'terminate'][] = [
    ['killed while the message is under way', { latencyMs: 150 }, 'asked', 'kill'],
    ['killed after the message came but its reply was lost', { lostReply: next }, 'answered', 'kill'],
    ['stopped after the message came but its reply was lost', { lostReply: next }, 'answered', 'terminate'],
    [
      'killed while Slack refuses it before doing anything',
      { errorBefore: { ...next, remaining: 99 } },
      'answered',
      'kill',
    ],
    [
      'killed while Slack makes it wait',
      { rateLimit: { ...next, remaining: 99, retryAfterSec: 60 } },
      'answered',
      'kill',
    ],
    ['killed after the message came though Slack said 500', { errorAfter: next }, 'answered', 'kill'],
  ];

  it.each(byNight(endings, 3))('%s, appears once', async (_, faults, at, end) => {
    const sj = nextSj();
    await fillFeedback(amira, sj);
    const reached = call(mentions(sj), at);
    await world.workspace.faults.set(faults);
    await amira.submit();
    await reached;
    await restart(end);
    if (amira.modalCount) await amira.close({ all: true });

    const later = await caughtUp();
    expect(cardsOf(world, sj)).toHaveLength(1);
    expect(order(sj, later)).toEqual([sj, later]);
  });
});

it('a submission lost with a killed app succeeds once when it is pressed again', async () => {
  const sj = nextSj();
  await fillFeedback(amira, sj);
  const asked = world.workspace.waitFor(
    (event) =>
      event?.type === 'traffic' &&
      event.entry.kind === 'interactive' &&
      mentions(sj)(event.entry.request as JsonObject),
  );
  const lost = amira.submit();
  await asked;
  await app.kill();
  expect(await lost).toHaveProperty('failed');
  expect(amira.modal().fields['SJ Number']?.value).toBe(sj);

  await restart();
  expect((await submitForm(amira)).told?.content).toContain('is filed');
  await caughtUp();
  expect(cardsOf(world, sj)).toHaveLength(1);
});

it('a call for someone to take a caller is sent once, even if the app dies during it', async () => {
  const sj = nextSj();
  await amira.command(`/leadership ACC100 ${sj}`, 'call-floor');
  await amira.waitForModal(({ title }) => title === 'Leadership concern');
  await amira.fill({ 'Follow-up': 'Refuses to wait' });
  await amira.waitForModal(({ buttons }) => buttons.includes('Ping them'));
  const reached = call(mentions(sj), 'asked');
  await world.workspace.faults.set({ latencyMs: 150 });
  await amira.press('Ping them');
  await reached;
  await restart();
  const calls = () => world.workspace.messages('leadership-desk').filter(({ content }) => content.includes(sj));
  await amira.press('Ping them');
  const other = await world.another();
  await world.pass(3 * 60_000);
  expect(calls()).toMatchObject([{ buttons: ['Claim'] }]);
  await world.halt(other);
  await amira.close({ all: true });
});

describe('what follows a button, if the app is killed', () => {
  /** Killed while the message that `about` selects, about the acknowledgment, is on its way. */
  async function killedDuring(about: (request: JsonObject) => boolean) {
    const sj = nextSj();
    await fileFeedback(amira, sj);
    const card = await cardOf(world, sj);
    const reached = call(about, 'asked');
    await world.workspace.faults.set({ latencyMs: 150 });
    await dana.press('Acknowledge', { in: card });
    await reached;
    await restart();
    const later = await cardOf(world, await caughtUp());
    await acknowledge(dana, later);
    await dana.waitForReply('am-west', later.ts, (reply) => reply.text.includes('acknowledged'));
    await amira.waitForDm((message) => message.text.includes(referenceOf(later.text)));
    const lines = dana.thread('am-west', card.ts).slice(1);
    const dms = amira.dm().filter((message) => message.text.includes(referenceOf(card.text)));
    expect(lines.map(({ text }) => text)).toEqual([expect.stringContaining('acknowledged')]);
    expect(dms.map(({ text }) => text)).toEqual([expect.stringContaining('acknowledged')]);
    expect(cardsOf(world, sj).map(({ text }) => text)).toEqual([expect.stringContaining('acknowledged')]);
  }
  const referenceOf = (text: string) => /SPF-\d+/.exec(text)?.[0] ?? 'no reference';

  it('during its line in the thread: line, DM and card arrive once', () =>
    killedDuring((request) => 'thread_ts' in request));
  it('during its DM: line, DM and card arrive once', () =>
    killedDuring((request) => request.channel === amira.dmId() && !('thread_ts' in request)));
});
