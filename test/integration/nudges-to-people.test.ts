import type { Actor, FillValue, MessageReading, ViewReading } from '../../sandbox/workspace';
import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import { type CaseWork, HOUR, startCaseWork } from '../support/case-work';
import { acknowledge } from '../support/feedback';
import { cardIn, fileReport, openReport, UNSAFE, under } from '../support/reports';

const MINUTE = 60_000;
let work: CaseWork;
let dana: Actor;
beforeAll(async () => {
  const acknowledge = [{ after: 0, to: 'owner' as const }];
  work = await startCaseWork({ policy: { ladders: { ...DEFAULT_POLICY.ladders, acknowledge } }, gatherMs: 100 });
  dana = work.as('dana');
});
afterAll(() => work.stop());

/** Dana's nudges by DM since then about any of these. */
const since = (count: number, ...refs: readonly string[]): MessageReading[] =>
  dana
    .dm()
    .slice(count)
    .filter(({ content, metadata }) => isNudge(metadata) && refs.some((ref) => content.includes(ref)));
const isNudge = (metadata: MessageReading['metadata']) => JSON.stringify(metadata).includes(':nudge:');

async function preferences(entries: Readonly<Record<string, FillValue>>): Promise<ViewReading> {
  await dana.command('/warmline preferences');
  const shown = await dana.waitForModal(({ title }) => title === 'Your preferences');
  await dana.fill(entries);
  return shown;
}

it('nudges in quiet hours wait for their end, and are then one message without answered ones; critical ones do not wait', async () => {
  const reports = [];
  for (let i = 0; i < 3; i++) reports.push(await work.file(work.as('amira')));
  const [first, answered, last] = reports.map(({ stored }) => stored.ref);
  if (!first || !answered || !last) throw new Error('Three reports were filed.');
  // It is 9:00 AM where she lives, and they are due at one.
  await preferences({ 'Quiet hours from': '12:30', 'Quiet hours until': '16:00' });
  expect((await dana.submit()).updated?.text).toContain('Quiet hours from 12:30 PM until 4:00 PM.');
  const before = dana.dm().length;
  await work.world.pass(4 * HOUR + MINUTE);
  expect(since(before, first, answered, last)).toEqual([]);
  const waits = (await work.now(first)).stored;
  expect(waits.events.at(-1)).toMatchObject({
    type: 'nudged',
    data: { deferred: [{ to: dana.id, until: new Date('2026-11-03T00:00:00Z') }] },
  });
  expect(waits.outbox).toMatchObject([{ content: { type: 'nudge' }, at: new Date('2026-11-03T00:00:00Z') }]);

  const amira = work.as('amira');
  await openReport(amira, '/high-risk', 'ACC100 910999');
  await amira.fill({ ...UNSAFE, 'Is anyone in danger now': 'Yes' });
  const critical = await fileReport(work.world, work.records, amira);
  await work.world.pass(21 * MINUTE);
  expect(since(before, critical.ref)).toHaveLength(1);
  expect(since(before, critical.ref)[0]?.content).not.toContain('gas line');
  await work.make(dana, 'Acknowledge', cardIn(work.world, critical, 'area'));

  const { card } = await work.now(answered);
  await work.make(dana, 'Resolve', card, {
    Outcome: 'Coaching given',
    'What the agent can tell the customer': 'It is settled.',
  });
  await work.world.pass(2 * HOUR);
  expect(since(before, first, last)).toEqual([]);
  const second = await work.world.another();
  work.world.workspace.clock.advance(HOUR);
  for (let time = 0; time < 2; time++) {
    await Promise.all([work.world.app, second].map((app) => app.runJobs('deliver')));
    await work.world.settled();
  }
  await work.world.halt(second);
  const messages = since(before, first, answered, last);
  expect(messages.map(({ text }) => text)).toEqual([`2 follow-ups wait for you: ${first}, ${last}`]);
  await work.world.pass(HOUR);
  expect(since(before, first, answered, last)).toHaveLength(1);
});

describe('preferences', () => {
  it('are shown as chosen, and faults are shown at their fields', async () => {
    const shown = await preferences({ 'Quiet hours until': null });
    expect(shown.fields['Quiet hours from']?.value).toBe('12:30');
    expect(shown.fields['Quiet hours until']?.value).toBe('16:00');
    expect(shown.text).toContain('critical and high');
    expect(shown.text).toContain('America/Los_Angeles');
    expect(await dana.submit()).toEqual({ errors: { 'Quiet hours until': expect.stringContaining('both times') } });
    await dana.fill({ 'Quiet hours until': '12:30' });
    expect(await dana.submit()).toEqual({
      errors: { 'Quiet hours until': expect.stringContaining('a different time') },
    });
    await dana.close();
  });

  it('make the DM to an owner a mention under the card, until they are reset', async () => {
    await preferences({
      'How are you told what waits for you?': 'By mention',
      'Quiet hours from': null,
      'Quiet hours until': null,
    });
    expect((await dana.submit()).updated?.text).toContain('No quiet hours.');
    await dana.close();
    const mentioned = await work.file(work.as('amira'));
    const due = mentioned.stored.clocks[0]?.dueAt;
    await work.world.pass(Number(due) - +work.world.clock.now() + MINUTE);
    expect(since(0, mentioned.stored.ref)).toEqual([]);
    expect(under(work.world, mentioned.card).map(({ content }) => content)).toEqual([
      expect.stringContaining('Dana Diaz'),
    ]);

    await preferences({});
    await dana.press('Reset to default');
    expect((await dana.waitForModal(({ text }) => text.includes('Kept'))).text).toContain('Both');
    await dana.close();
    const told = await work.file(work.as('amira'));
    await work.world.pass(Number(told.stored.clocks[0]?.dueAt) - +work.world.clock.now() + MINUTE);
    expect(since(0, told.stored.ref)).toHaveLength(1);
    expect(under(work.world, told.card)).toEqual([]);
  });
});

it('nudges due for one person at one time are one message, most urgent first, each with its buttons, even if two instances tick at once', async () => {
  const other = await work.world.another();
  const first = await work.file(work.as('amira'));
  const second = await work.file(work.as('amira'));
  await work.make(dana, 'Change severity', second.card, { Severity: 'Elevated', Reason: 'A child lives there.' });
  const before = dana.dm().length;
  const due = (await work.now(second.stored.ref)).stored.clocks[0]?.dueAt;
  work.world.workspace.clock.advance(Number(due) - +work.world.clock.now() + MINUTE);
  await Promise.all([work.world.app.runJobs(), other.runJobs()]);
  await work.world.settled();

  const [message, ...more] = since(before, first.stored.ref, second.stored.ref);
  expect(more).toEqual([]);
  expect(message?.text).toBe(`2 follow-ups wait for you: ${second.stored.ref}, ${first.stored.ref}`);
  const each = ['Acknowledge', 'Add note', 'Snooze', 'Open the card'];
  expect(message?.buttons).toEqual([...each, ...each]);

  if (!message) throw new Error('There is no message.');
  expect((await acknowledge(dana, message, 1)).text).toContain(first.stored.ref);
  expect((await work.now(first.stored.ref)).stored.state).toBe('acknowledged');
  expect((await work.now(second.stored.ref)).stored.state).toBe('open');
});
