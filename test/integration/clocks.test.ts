import type { Actor, MessageReading } from '../../sandbox/workspace';
import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import { type CaseWork, HOUR, startCaseWork } from '../support/case-work';
import { cardIn, passTo } from '../support/exceptions';
import { fileReport, openReport } from '../support/reports';

const MINUTE = 60_000;

let work: CaseWork;
let amira: Actor;
let dana: Actor;
let sam: Actor;
let ada: Actor;
beforeAll(async () => {
  work = await startCaseWork();
  [amira, dana, sam, ada] = ['amira', 'dana', 'sam', 'ada'].map((name) => work.as(name)) as [
    Actor,
    Actor,
    Actor,
    Actor,
  ];
});
afterAll(() => work.stop());

const inTime = (ms: number) => new Date(+work.world.clock.now() + ms);
const lines = ({ channel, ts }: MessageReading) => work.world.workspace.thread(channel, ts).slice(1);
/** The DMs to someone about a case, alone or combined with others. */
const told = (actor: Actor, ref: string, words: string) =>
  actor.dm().filter(({ content }) => content.includes(ref) && content.includes(words));

it('a missed promise takes the acknowledgment back; the ladder continues, and the card shows what comes next', async () => {
  const { stored, card } = await work.file(amira);
  await work.make(dana, 'Acknowledge', card, { 'Next update by': inTime(HOUR) });
  await work.world.pass(HOUR + MINUTE);
  const missed = await work.now(stored.ref);
  expect(missed.stored).toMatchObject({
    state: 'open',
    acknowledged: null,
    clocks: [{ name: 'acknowledge', fired: 1 }],
  });
  expect(missed.card.buttons).toContain('Acknowledge');
  expect(missed.card.content).toMatch(/Overdue:\*? ?respond by .+\s+·\s+then .+: DM to Dana Diaz/);
  // The line that says so names whom the first rung calls, so there is no second one.
  expect(lines(card).map(({ text }) => text)).toEqual([
    `${stored.ref} acknowledged`,
    `${stored.ref}: next update changed`,
    `${stored.ref}: the promised update is missing`,
  ]);
  expect(told(amira, stored.ref, 'If they ask, say that it is late')).toHaveLength(1);
  await work.world.pass(30 * MINUTE);
  expect(told(dana, stored.ref, 'You own it.')).toHaveLength(1);
  expect((await work.now(stored.ref)).card.content).toContain('DM to the deputy');
  await work.make(dana, 'Acknowledge', card, { 'Next update by': inTime(5 * HOUR) });
  await work.world.pass(3 * HOUR);
  expect(told(dana, stored.ref, 'has not come.')).toHaveLength(1);
});

it('what the SP promised is due after its time, until the SP is reached', async () => {
  const { stored, card } = await work.file(amira);
  await work.make(dana, 'Acknowledge', card, { 'Next update by': inTime(24 * HOUR) });
  const contact = {
    'Did you reach the SP?': 'No, not reached',
    'What was said or left': 'The office takes a message.',
  };
  await work.make(dana, 'Log SP contact', card, { ...contact, 'The SP promised to get back by': inTime(HOUR) });
  const waiting = await work.now(stored.ref);
  expect(lines(card).at(-1)?.content).toMatch(/did not reach them; they are to get back by /);
  expect(waiting.stored.clocks.map(({ name }) => name).sort()).toEqual(['sp_contact', 'update']);
  expect(waiting.card.content).toMatch(/The SP promised to get back by .+ then .+: DM to Dana Diaz/);
  const calls = () => lines(card).filter(({ content }) => content.includes('the SP promised to get back by'));
  await work.world.pass(30 * MINUTE);
  expect(calls()).toHaveLength(0);
  await work.world.pass(31 * MINUTE);
  expect(calls()).toHaveLength(1);
  await work.make(dana, 'Log SP contact', card, { ...contact, 'Did you reach the SP?': 'Yes, reached' });
  const reached = await work.now(stored.ref);
  expect(reached.stored.clocks.map(({ name }) => name)).toEqual(['update']);
  await work.world.pass(2 * HOUR);
  expect(told(dana, stored.ref, 'the SP promised to get back by')).toHaveLength(0);
});

it('a promised callback has its own button until it is made, and cannot be snoozed past', async () => {
  await passTo(work.world, '2026-11-03T17:30:00Z'); // business hours, in which a callback can be promised
  await openReport(amira, '/leadership', 'ACC100 770001');
  await amira.fill({
    'Follow-up': 'Agrees to wait for a follow-up',
    'Promised callback time': inTime(2 * HOUR),
    'Summary for the hand-over': 'Wants to cancel.',
  });
  const { ref } = await fileReport(work.world, work.records, amira);
  const card = cardIn(work.world, await work.records.of(ref));
  expect(card.buttons).toContain('Callback made');
  await work.make(sam, 'Acknowledge', card, { 'Next update by': inTime(20 * HOUR) });
  const asleep = await work.make(sam, 'Snooze', card, { 'Another time': inTime(5 * HOUR), Reason: 'Later.' });
  expect(asleep.errors?.['Snooze until']).toMatch(/promised a callback.*Snooze until an earlier time/);
  await work.make(sam, 'Callback made', card, { 'What came of the call': 'She stays.' });
  const made = await work.now(ref);
  expect(made.stored.clocks.map(({ name }) => name)).toEqual(['update']);
  expect(made.stored.notes).toMatchObject([{ by: sam.id, text: 'She stays.' }]);
  expect(made.card.buttons).not.toContain('Callback made');
  expect(lines(card).at(-1)?.text).toBe(`${ref}: callback made`);
  await work.world.pass(3 * HOUR);
  expect(told(sam, ref, 'promised a callback')).toHaveLength(0);
});

it('an admin applies a new policy to open cases: their clocks change, and nothing is sent twice', async () => {
  const { stored, card } = await work.file(amira);
  const due = stored.clocks[0]?.dueAt ?? new Date(0);
  await work.world.pass(+due - +work.world.clock.now() + MINUTE);
  const reminders = () => lines(card).filter(({ text }) => text.endsWith('waits for an answer'));
  expect(reminders()).toHaveLength(1);
  const channels = (await work.records.directory.policy()).channels;
  const acknowledge = [
    { after: 0, to: 'thread' },
    { after: 300, to: 'owner' },
  ];
  await work.records.directory.savePolicy(
    { ...DEFAULT_POLICY, channels, ladders: { ...DEFAULT_POLICY.ladders, acknowledge } },
    'test',
  );
  await work.world.pass(MINUTE);
  expect((await work.records.of(stored.ref)).clocks[0]?.rungs).toHaveLength(5);

  const asks = async (actor: Actor, answer: string) => {
    await actor.command('/warmline apply-policy', 'call-floor');
    return actor.waitForEphemeral(({ text }) => text.includes(answer));
  };
  await asks(amira, 'Only an admin can apply the policy');
  await asks(ada, 'clocks changed in ');
  const applied = await work.now(stored.ref);
  expect(applied.stored.clocks).toMatchObject([
    { name: 'acknowledge', dueAt: due, fired: 1, rungs: [{ to: 'thread' }, { to: 'owner' }] },
  ]);
  expect(+(applied.stored.clocks[0]?.rungs[1]?.at ?? 0) - +due).toBeGreaterThanOrEqual(300 * MINUTE);
  expect(applied.stored.events.at(-1)).toMatchObject({ type: 'policy_applied', actor: ada.id });
  expect(reminders()).toHaveLength(1);
  await asks(ada, 'clocks changed in 0');
});
