import type { Actor, FillValue } from '../../sandbox/workspace';
import type { StoredCase } from '../../src/services/ports/cases';
import { acknowledge } from '../support/feedback';
import { markedInterview, markedReport } from '../support/marked';
import { cardIn, type Entries, type FormCommand, MISTREATED, UNSAFE, under } from '../support/reports';
import { startWorld, type World } from '../support/world';
import { openRecords, type Records } from './records';

/** Words that no one without access may ever see. */
const MARKER = 'zebrafinch';
const HOUR = 60 * 60_000;
const OUTSIDERS = ['ben', 'dana', 'tom', 'priya', 'ada', 'sam'];
const OPEN_CHANNELS = [
  'call-floor',
  'am-west',
  'am-east',
  'warmline-unrouted',
  'admin-review',
  'recognition',
  'leadership-desk',
];

let world: World;
let records: Records;

beforeAll(async () => {
  world = await startWorld();
  records = await openRecords(world);
});
afterAll(async () => {
  await records.close();
  await world.stop();
});

const fileMarked = (command: FormCommand, sj: string, entries: Entries) =>
  markedReport(world, records, { command, sj, entries, marker: MARKER });

/** Makes a move from the full card, with every free-text field of its window marked. */
async function make(actor: Actor, stored: StoredCase, button: string, entries: Entries = {}): Promise<void> {
  const card = cardIn(world, await records.of(stored.ref), 'main');
  if (button === 'Acknowledge') {
    await acknowledge(actor, card);
    await world.settled();
    return;
  }
  await (card.buttons.includes(button) ? actor.press(button, { in: card }) : actor.choose(button, { in: card }));
  const window = await actor.waitForModal();
  const marked: Record<string, FillValue> = {};
  for (const { label, type } of Object.values(window.fields))
    if (type === 'plain_text_input') marked[label] = `${MARKER} ${button} ${label}`;
  await actor.fill({ ...marked, ...entries });
  if (entries.Outcome === 'Customer made whole') {
    await actor.waitForModal(({ labels }) => labels.includes('Amount'));
    await actor.fill({ Amount: `${MARKER} ${button} Amount` });
  }
  expect(await actor.submit()).toEqual({ closed: true });
  await world.settled();
}

/** Everything that people outside can see, as JSON by place. */
async function seenOutside(outsiders: readonly string[], open: readonly string[]): Promise<[string, string][]> {
  const { workspace } = world;
  const channels = open.flatMap((name): [string, string][] =>
    workspace.messages(name).map((message) => [`#${name}`, JSON.stringify(workspace.thread(name, message.ts))]),
  );
  const people: [string, string][] = [];
  for (const name of outsiders) {
    const actor = workspace.as(name);
    await actor.openHome();
    const home = await actor.waitForHome();
    const asked = new Set(actor.ephemerals().map(({ ts }) => ts));
    await actor.command('/case ACC100');
    await actor.waitForEphemeral(({ ts }) => !asked.has(ts));
    people.push([`${name}'s DM`, JSON.stringify(actor.dm())], [`${name}'s Home`, JSON.stringify(home)]);
    people.push([`what only ${name} sees`, JSON.stringify(actor.ephemerals())]);
  }
  return [...channels, ...people, ['the log', world.logged.join('')]];
}

const leaks = async (outsiders = OUTSIDERS, open = OPEN_CHANNELS, word = MARKER) =>
  (await seenOutside(outsiders, open)).filter(([, text]) => text.includes(word)).map(([place]) => place);

describe.each<[string, FormCommand, string, Entries, string, boolean]>([
  [
    'a high-risk report',
    '/high-risk',
    '950001',
    {
      ...UNSAFE,
      'Who is at risk': ['SP'],
      Situation: ['Police Involved', 'Pending Lawsuit'],
      'Threatened or initiated': 'Initiated',
      'Conduct involved': ['Vehicle withholding'],
    },
    'rosa',
    true,
  ],
  [
    'a provider report',
    '/provider-report',
    '950002',
    { ...MISTREATED, 'Who reports': 'Liaison of the SP' },
    'pat',
    false,
  ],
])('no text of %s reaches people without access', (_name, command, sj, entries, who, hasAreaCard) => {
  let stored: StoredCase;
  let worker: Actor;

  it('when it is filed', async () => {
    worker = world.workspace.as(who);
    stored = await fileMarked(command, sj, entries);
    const full = cardIn(world, stored, 'main');
    expect(full.content).toContain(MARKER);
    expect(under(world, full).flatMap(({ files }) => files)).toHaveLength(1);
    expect(stored.posts.some(({ show }) => show === 'redacted')).toBe(hasAreaCard);
    if (hasAreaCard)
      expect(cardIn(world, stored, 'area').text).toContain(`High-risk report ${stored.ref}: SP Ace Plumbing`);
    expect(await leaks()).toEqual([]);
  });

  it('while it is worked on with every button, and in its thread', async () => {
    await make(worker, stored, 'Acknowledge');
    await make(worker, stored, 'Add note');
    await make(worker, stored, 'Log SP contact', { 'Did you reach the SP?': 'Yes, reached' });
    const full = cardIn(world, stored, 'main');
    const channel = full.channel;
    await worker.say(`${MARKER} in the thread`, channel, full.ts);
    await worker.waitForMessage(channel, ({ ts, content }) => ts === full.ts && content.includes('2 notes'));
    await make(worker, stored, 'Change severity', { Severity: 'High' });
    await make(worker, stored, 'Escalate');
    expect(await leaks()).toEqual([]);
  });

  it('when it is nudged, promised in vain and late', async () => {
    await world.pass(30 * HOUR);
    expect(await leaks()).toEqual([]);
  });

  it('when it is resolved and reopened', async () => {
    await make(worker, stored, 'Resolve', { Outcome: 'Warning issued' });
    await make(worker, stored, 'Reopen');
    expect(await leaks()).toEqual([]);
  });

  it('when it is handed to another area, whose card is redacted, and leaves a pointer', async () => {
    if (!hasAreaCard) return;
    await make(worker, stored, 'Reassign', { 'To the Area Manager of': 'East' });
    const [pointer] = world.workspace.messages('am-west').filter(({ content }) => content.includes(`${stored.ref} `));
    expect(pointer?.content).toContain(`${stored.ref} High-risk report moved to `);
    expect(pointer?.text).toContain(`High-risk report ${stored.ref}: SP Ace Plumbing`);
    expect(await leaks()).toEqual([]);
  });

  it('and pressing what they see reveals nothing either', async () => {
    if (!hasAreaCard) return;
    const priya = world.workspace.as('priya');
    await priya.press('Add note', { in: cardIn(world, await records.of(stored.ref), 'area') });
    const window = await priya.waitForModal();
    expect(JSON.stringify(window)).not.toContain(MARKER);
    await priya.close();
  });
});

describe('no text of a sensitive leadership concern reaches people without access', () => {
  // Pat and the Provider Advocates' channel have the report of the previous test, marked with the same word.
  const outsiders = ['ben', 'dana', 'tom', 'priya', 'ada'];
  const open = OPEN_CHANNELS.filter((name) => name !== 'leadership-desk');
  it('when it is filed, worked on, nudged and resolved', async () => {
    const sam = world.workspace.as('sam');
    const stored = await markedInterview(world, records, { sj: '950003', marker: MARKER });
    expect(cardIn(world, stored, 'main').content).toContain(MARKER);
    expect(cardIn(world, stored, 'risk').content).toContain(MARKER);
    expect(await leaks(outsiders, open)).toEqual([]);
    await make(sam, stored, 'Acknowledge');
    await make(sam, stored, 'Add note');
    await make(sam, stored, 'Escalate');
    await world.pass(30 * HOUR);
    await make(sam, stored, 'Resolve', { Outcome: 'Customer made whole' });
    expect(await leaks(outsiders, open)).toEqual([]);
    // Even its title reveals what it is about.
    expect(stored.title).toBe('Sensitive issue');
    expect(await leaks(outsiders, open, stored.title)).toEqual([]);
  });
});
