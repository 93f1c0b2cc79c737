import type { Connection } from 'mongoose';
import type { Actor, MessageReading } from '../../sandbox/workspace';
import { connect } from '../../src/db/connection';
import { spStandingStore } from '../../src/db/sp-standings';
import type { StoredCase } from '../../src/services/ports/cases';
import { type CaseWork, DAY, dmsAbout, startCaseWork } from '../support/case-work';
import { type ChildApp, startChildApp } from '../support/child-app';
import { type Door, door } from '../support/door';
import { byNight } from '../support/nightly';
import { cardIn, under } from '../support/reports';
import { until } from '../support/until';

/**
 * An SP's standing is set in the case, and reaches the directory by the case's outbox (domain section 12). The app is
 * killed around each of the writes on the way; afterward all of it is there, once.
 */
let work: CaseWork;
let way: Door;
let app: ChildApp;
let connection: Connection;
const as = (name: string): Actor => work.as(name);

const WHO = 'Sam Ortiz, badge 4471';
/** Texts that only the case's write contains, by what it stores, and those of the directory's writes. */
const [RESOLVED, LAPSED, LIFTED] = ['askedBy', 'standing_lapsed', 'sanction_lifted'];
const DIRECTORY = 'past\0';

/** When it dies: nothing of the write is done, or it is done and no one knows. */
type Window = readonly [when: string, reached: (way: Door) => Promise<void>];
const around = (what: string, text: string): readonly Window[] => [
  [`before ${what}`, (door) => door.hold(text)],
  [`after ${what}, before it knows`, (door) => door.holdAnswer(text)],
];
const directory = around('the directory has the word', DIRECTORY);
const APPROVALS = [...around('the approval is stored', RESOLVED), ...directory];
const LIFTINGS = [...around('the agreement is stored', LIFTED).slice(1), ...directory.slice(1)];
const LAPSES = [...around('the end is stored', LAPSED).slice(1), ...directory.slice(1)];

/** The cases, all about one SP, by action and window. */
const cases = new Map<string, StoredCase>();
const caseOf = (deed: string, when: string): StoredCase => {
  const stored = cases.get(`${deed} ${when}`);
  if (!stored) throw new Error(`No case was made for "${deed}", ${when}.`);
  return stored;
};
const inDays = (days: number) => new Date(+work.world.clock.now() + days * DAY);

/** Dana has asked to suspend the SP and to ban one of its people. */
async function asked(until: Date): Promise<StoredCase> {
  const { stored, card } = await work.file(as('amira'));
  await work.open(as('dana'), 'Resolve', card);
  await as('dana').fill({ Outcome: 'SP suspended *' });
  await as('dana').waitForModal(({ labels }) => labels.includes('Suspended until'));
  await as('dana').fill({ 'Suspended until': until, 'Driver or employee not to be sent anymore': WHO });
  await as('dana').submit();
  return (await work.now(stored.ref)).stored;
}
async function suspended(until: Date): Promise<StoredCase> {
  const { ref } = await asked(until);
  await work.make(as('tom'), 'Approve', (await work.now(ref)).card);
  return (await work.now(ref)).stored;
}

beforeAll(async () => {
  work = await startCaseWork();
  const { world } = work;
  connection = await connect(world.databaseUri, world.log);
  const all = { approve: APPROVALS, lift: LIFTINGS, lapse: LAPSES };
  const deeds = Object.entries(all).flatMap(([deed, windows]) => windows.map(([when], i) => ({ deed, when, i })));
  for (const { deed, when, i } of deeds) {
    const made = deed === 'approve' ? await asked(inDays(90)) : await suspended(inDays(deed === 'lapse' ? 2 + i : 90));
    if (deed === 'lift')
      await work.make(as('dana'), 'Lift suspension or ban', (await work.now(made.ref)).card, {
        'What ends': 'The standing of the SP and the ban',
        Reason: 'It was another company.',
      });
    cases.set(`${deed} ${when}`, (await work.now(made.ref)).stored);
  }
  await world.halt(world.app);
  way = await door(world.databaseUri);
  way.open();
  await started();
}, 120_000);
afterAll(async () => {
  await app?.kill();
  await way?.close();
  await connection.close();
  await work.stop();
});

/** A dead instance keeps its lanes for `leaseMs`: short, so that the next one takes over at once. */
async function started(): Promise<void> {
  app = await startChildApp(work.world, { leaseMs: 600, postIntervalMs: 0 }, { env: { MONGODB_URI: way.uri } });
}

/** Kills the app at this point of an action, and restarts it. */
async function killed(reached: Window[1], deed: () => Promise<unknown>): Promise<void> {
  const [held, done] = [reached(way), deed()];
  await held;
  await app.kill();
  await done;
  way.shut();
  way.release();
  way.open();
  await started();
}

/** The case once it owes nothing, and the directory has its newest event about the SP. */
const quiet = (ref: string, type: string): Promise<StoredCase> =>
  until(async () => {
    const stored = await work.records.of(ref);
    // A card that was on its way when the app died is redrawn a minute later.
    const owes = stored.outbox.some(({ waits, at }) => !waits || at <= work.world.clock.now());
    return stored.events.some((event) => event.type === type) && !owes && stored;
  }, `${ref} to be ${type} with nothing left to say`);
/** What the directory has stored about a case. */
async function wordOf({ ref, sp }: StoredCase) {
  const stored = await spStandingStore(connection, { now: () => work.world.clock.now() }).of(sp.account);
  const ofCase = (one: { readonly ref: string }) => one.ref === ref;
  return { said: stored?.said.filter(ofCase), past: stored?.past.filter(ofCase) };
}
const cardNow = async ({ ref }: StoredCase): Promise<MessageReading> =>
  cardIn(work.world, await work.records.of(ref), 'main');

/** All messages of an event, each of which has to be there once, whenever the app died. */
async function toldOnce(stored: StoredCase, type: string, line: string, dms: readonly [name: string, text: string][]) {
  const now = await quiet(stored.ref, type);
  expect(now.events.filter((event) => event.type === type)).toHaveLength(1);
  const lines = under(work.world, await cardNow(stored)).filter(({ content }) => content.includes(line));
  expect(lines).toHaveLength(1);
  for (const [name, text] of dms)
    expect(dmsAbout(as(name), stored.ref).filter((dm) => dm.text.includes(text))).toHaveLength(1);
  return { now, sp: await wordOf(stored) };
}

/** The same window again, if the first press was lost with the app. */
async function agreed(name: string, button: string, stored: StoredCase): Promise<unknown> {
  await work.open(as(name), button, await cardNow(stored));
  return as(name).submit();
}
async function agreedAgain(name: string, button: string, stored: StoredCase, type: string): Promise<void> {
  if (as(name).modalCount) await as(name).close({ all: true });
  const { events } = await work.records.of(stored.ref);
  if (!events.some((event) => event.type === type))
    expect(await agreed(name, button, stored)).toEqual({ closed: true });
}

describe('a suspension and a ban, if the app is killed', () => {
  it.each(byNight(APPROVALS, 2))('%s: both are in force once, and reported once', async (when, reached) => {
    const stored = caseOf('approve', when);
    await killed(reached, () => agreed('tom', 'Approve', stored));
    await agreedAgain('tom', 'Approve', stored, 'resolved');
    const { now, sp } = await toldOnce(stored, 'resolved', 'and it is resolved', [
      ['amira', 'resolved, SP suspended'],
      ['dana', 'approved and resolved'],
    ]);
    expect(now).toMatchObject({ state: 'resolved', sanction: { banned: { who: WHO } } });
    expect(sp.said).toMatchObject([{ ref: stored.ref, standing: { is: 'suspended' }, banned: { who: WHO } }]);
    expect(sp.past).toEqual([]);
  });
});

describe("ending them early, with a second person's agreement, if the app is killed", () => {
  it.each(byNight(LIFTINGS))('%s: both end once', async (when, reached) => {
    const stored = caseOf('lift', when);
    await killed(reached, () => agreed('tom', 'Lift suspension or ban', stored));
    await agreedAgain('tom', 'Lift suspension or ban', stored, 'sanction_lifted');
    const { now, sp } = await toldOnce(stored, 'sanction_lifted', 'agreed: ', [['dana', 'ended early']]);
    expect(now.sanction).toEqual({ standing: null, banned: null, lifting: null });
    expect(sp.said).toMatchObject([{ standing: null, banned: null }]);
    expect(sp.past).toMatchObject([{ is: 'suspended', ref: stored.ref }]);
  });
});

describe('the end date of a suspension, if the app is killed', () => {
  it.each(byNight(LAPSES))('%s: it ends once, and the ban stays', async (when, reached) => {
    const stored = caseOf('lapse', when);
    // A process's clock is set when it starts.
    await app.kill();
    work.world.clock.advance(+(stored.sanction?.standing?.until ?? 0) - +work.world.clock.now() + 60_000);
    await started();
    await killed(reached, async () => app.runJobs());
    app.runJobs();
    const { now, sp } = await toldOnce(stored, 'standing_lapsed', 'That is over now.', [
      ['dana', 'no longer suspended'],
    ]);
    expect(now.sanction).toMatchObject({ standing: null, banned: { who: WHO } });
    expect(sp.said).toMatchObject([{ standing: null, banned: { who: WHO } }]);
    expect(sp.past).toMatchObject([{ is: 'suspended', ref: stored.ref }]);
  });
});
