import type { Actor, MessageReading } from '../../sandbox/workspace';
import type { WarmlineApp } from '../../src/app';
import { connect } from '../../src/db/connection';
import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import { acknowledge, cardOf, cardsOf, fileFeedback, fillFeedback } from '../support/feedback';
import { refIn, submitForm } from '../support/filed';
import { roundRobin } from '../support/round-robin';
import { until } from '../support/until';
import { startWorld, type World } from '../support/world';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const AGENTS = 60;
const DUPLICATES = 12;
const ABREAST = 10;
/** A crowd on a busy machine: this counts cases, not seconds. */
const PATIENT = { ackMs: 20_000, triggerMs: 60_000 };

/** Short: the other instance takes over at once. */
const leaseMs = 300;

let world: World;
afterEach(() => world.stop());

interface Stored {
  ref: string;
  events: unknown[];
  outbox: unknown[];
}

/** All stored cases. */
async function cases(): Promise<Stored[]> {
  const connection = await connect(world.databaseUri, world.log);
  const found = await connection.collection<Stored>('cases').find().sort({ ref: 1 }).toArray();
  await connection.close();
  return found;
}

/** Submits as often as the form asks: a store under load may ask for a second press. */
async function submitUntilFiled(agent: Actor): Promise<string> {
  for (let presses = 0; presses < 5; presses++) {
    const outcome = await submitForm(agent);
    if (outcome.told) return refIn(outcome);
  }
  throw new Error(`${agent.name}'s report was not taken.`);
}

it('accepts 60 submissions at once, 12 of them delivered twice: 60 cases, 60 cards, no reference twice', async () => {
  world = await startWorld({ agents: AGENTS, timing: PATIENT });
  await world.another();
  const agents = Array.from({ length: AGENTS }, (_, i) => world.workspace.as(`agent${i + 1}`));
  for (let i = 0; i < AGENTS; i += ABREAST)
    await Promise.all(agents.slice(i, i + ABREAST).map((agent, j) => fillFeedback(agent, String(500_000 + i + j))));

  await world.workspace.faults.set({ duplicateDeliveries: DUPLICATES });
  const references = await Promise.all(agents.map(submitUntilFiled));
  expect(world.workspace.faults.settings.duplicateDeliveries).toBe(0);
  await world.workspace.waitFor(() => world.workspace.messageCount('am-west') >= AGENTS, 60_000, 'all cards');
  await world.settled();

  const cards = world.workspace.messages('am-west').map(({ text }) => /SPF-\d{6}/.exec(text)?.[0]);
  expect(new Set(references).size).toBe(AGENTS);
  expect([...cards].sort()).toEqual([...references].sort());
  const stored = await cases();
  expect(stored.map(({ ref }) => ref)).toEqual([...references].sort());
  expect(stored.flatMap(({ outbox }) => outbox)).toEqual([]);
}, 120_000);

it('posts a card once if one instance does not know whether it arrived and the other takes over', async () => {
  world = await startWorld({ leaseMs });
  await world.another();
  await fillFeedback(world.workspace.as('amira'), '611001');
  await world.workspace.faults.set({ lostReply: { remaining: 1, method: 'chat.postMessage' } });
  await world.workspace.as('amira').submit();
  await fileFeedback(world.workspace.as('ben'), '611002');
  await cardOf(world, '611002');
  expect(cardsOf(world, '611001')).toHaveLength(1);
});

describe('nudges', () => {
  let first: WarmlineApp;
  let second: WarmlineApp;
  beforeEach(async () => {
    const acknowledge = [
      { after: 0, to: 'thread' as const },
      { after: 30, to: 'owner' as const },
    ];
    world = await startWorld({ leaseMs, policy: { ladders: { ...DEFAULT_POLICY.ladders, acknowledge } } });
    first = world.app;
    second = await world.another();
  });
  const dana = () => world.workspace.as('dana');
  const refOf = (text: string) => /SPF-\d{6}/.exec(text)?.[0] ?? '';
  const isNudge = ({ text }: MessageReading) => text.includes('waits for an answer');
  const nudgesOf = ({ ts }: MessageReading) => dana().thread('am-west', ts).filter(isNudge);
  const isDmAbout = (card: MessageReading) => (dm: MessageReading) => dm.text === `${refOf(card.text)}: waits for you`;
  const tickTogether = () => Promise.all([first.runJobs(), second.runJobs()]);
  const filed = async (sj: string) => {
    await fileFeedback(world.workspace.as('amira'), sj);
    return cardOf(world, sj);
  };

  it('come once per rung if two instances tick at the same moment, and running the jobs again changes nothing', async () => {
    const card = await filed('622001');
    world.workspace.clock.advance(4 * HOUR + MINUTE);
    await tickTogether();
    await dana().waitForReply('am-west', card.ts, isNudge);
    world.workspace.clock.advance(30 * MINUTE);
    await tickTogether();
    await dana().waitForDm(isDmAbout(card));

    const rungs = (await cases()).map(({ events }) => events);
    await tickTogether();
    await tickTogether();
    expect((await cases()).map(({ events }) => events)).toEqual(rungs);
    await filed('622002'); // whatever else waited in the channel would be out by now
    expect(nudgesOf(card)).toHaveLength(1);
    expect(dana().dm().filter(isDmAbout(card))).toHaveLength(1);
  });

  it('that came due while no instance ran are caught up once; those acted on before stay quiet', async () => {
    const [waiting, taken] = [await filed('633001'), await filed('633002')];
    await acknowledge(dana(), taken);
    await dana().waitForReply('am-west', taken.ts);
    await world.halt(first);
    await world.halt(second);

    world.workspace.clock.advance(26 * HOUR);
    [first, second] = [await world.another(), await world.another()];
    await tickTogether();
    await dana().waitForReply('am-west', waiting.ts, isNudge);
    await dana().waitForDm(isDmAbout(waiting));
    await tickTogether();
    await filed('633003');
    expect(nudgesOf(waiting)).toHaveLength(1);
    expect(dana().dm().filter(isDmAbout(waiting))).toHaveLength(1);
    expect(nudgesOf(taken)).toHaveLength(0);
  });
});

it('serves one person’s clicks by four instances in turn: forms, drafts, cards and Home work as with one', async () => {
  world = await startWorld({ mode: 'http', leaseMs, timing: { ...PATIENT } });
  const apps = [world.app, await world.another(), await world.another(), await world.another()];
  const proxy = await roundRobin(apps.map((app) => app.port() ?? 0));
  try {
    const { workspace } = world;
    workspace.setAppUrl(proxy.url);
    const [amira, ben, dana, ada] = ['amira', 'ben', 'dana', 'ada'].map((name) => workspace.as(name)) as [
      Actor,
      Actor,
      Actor,
      Actor,
    ];
    // The questions that follow from answers, and one report for each submission.
    const [first] = await Promise.all([fileFeedback(amira, '620001'), fileFeedback(ben, '620002')]);
    expect(refIn(first)).toMatch(/^SPF-/);
    await amira.command('/sp-feedback ACC100 620003', 'call-floor');
    await amira.waitForModal();
    await amira.fill({ 'Reason For Feedback': 'SP Feedback from Customer: Negative' });
    await amira.fill({ 'Negative Customer Feedback': ['Misdiagnosis'] });
    await amira.close();
    // What was typed is a draft, on every instance.
    await amira.openHome();
    await amira.waitForHome(({ text }) => text.includes('Continue a draft'));
    await amira.press('Continue', { in: 'home' });
    const again = await amira.waitForModal(({ text }) => text.includes('Continue your draft'));
    expect(again.fields['Negative Customer Feedback']?.value).toEqual(['Misdiagnosis']);
    await amira.close();

    // Two press at the same moment; one acknowledgment counts.
    const card = await cardOf(world, '620001');
    await Promise.all([acknowledge(dana, card), acknowledge(workspace.as('tom'), card).catch(() => null)]);
    await world.settled();
    const stored = (await cases()).find(({ ref }) => ref === refIn(first));
    expect(stored?.events.filter((event) => (event as { type: string }).type === 'acknowledged')).toHaveLength(1);

    // Clicks that overtake each other end on one page, the stored one.
    await ada.openHome();
    await ada.waitForHome();
    for (let i = 0; i < 3; i++)
      await Promise.all(['Admin', 'My reports', 'Figures'].map((tab) => ada.press(tab, { in: 'home' })));
    const connection = await connect(world.databaseUri, world.log);
    const homes = connection.collection<{ _id: string; place: string }>('homes');
    const isOne = async () =>
      (await ada.waitForHome()).privateMetadata === (await homes.findOne({ _id: ada.id }))?.place;
    await until(isOne, 'Home to be at the place that is kept');
    await connection.close();
    expect(Math.min(...proxy.given)).toBeGreaterThan(5);
  } finally {
    await proxy.close();
  }
}, 120_000);

it('the window of preferences shows what was chosen a moment ago on another instance', async () => {
  world = await startWorld();
  const first = world.app;
  const second = await world.another();
  const dana = world.workspace.as('dana');
  await second.jobDeps.preferences.recent();
  await first.jobDeps.preferences.save(dana.id, { by: 'mention', quiet: { from: 22 * 60, to: 6 * 60 } });
  await world.halt(first);
  await dana.command('/warmline preferences');
  const { fields } = await dana.waitForModal(({ title }) => title === 'Your preferences');
  expect([fields['Quiet hours from']?.value, fields['Quiet hours until']?.value]).toEqual(['22:00', '06:00']);
});
