import { WebClient } from '@slack/web-api';
import { parse } from 'csv-parse/sync';
import type { Connection } from 'mongoose';
import type { Actor, MessageReading } from '../../sandbox/workspace';
import { connect } from '../../src/db/connection';
import { spStandingStore } from '../../src/db/sp-standings';
import { actOnDecision } from '../../src/services/act-on-decision';
import type { StoredCase } from '../../src/services/ports/cases';
import { type CaseWork, DAY, dmsAbout, startCaseWork } from '../support/case-work';
import { cardIn, fileReport, openReport, UNSAFE, under } from '../support/reports';

let work: CaseWork;
let connection: Connection;
const as = (name: string): Actor => work.as(name);

beforeAll(async () => {
  work = await startCaseWork();
  connection = await connect(work.world.databaseUri, work.world.log);
  // Two people read high-risk reports, and one of them also provider reports.
  const { directory, importTarget } = work.world.app.jobDeps;
  const policy = await directory.policy();
  const roles = {
    ...policy.roles,
    risk: [as('rosa').id, as('sam').id],
    provider_advocate: [as('pat').id, as('rosa').id, as('rita').id],
  };
  await importTarget.savePolicy({ ...policy, roles }, 'test');
  for (const name of ['sam', 'pat']) work.world.workspace.addMember('risk-desk', name);
  for (const name of ['rosa', 'rita']) work.world.workspace.addMember('provider-advocates', name);
});
afterAll(async () => {
  await connection.close();
  await work.stop();
});

const standingOf = (account: string) => spStandingStore(connection, { now: () => work.world.clock.now() }).of(account);

const DRIVER = 'Sam <Ortiz>, badge 4471';
let nextSj = 980_000;
/** A high-risk report that names a driver. */
async function highRisk(account = 'ACC100', driver = DRIVER): Promise<StoredCase> {
  await openReport(as('amira'), '/high-risk', `${account} ${nextSj++}`);
  await as('amira').fill({ ...UNSAFE, 'Driver or technician': driver });
  return fileReport(work.world, work.records, as('amira'));
}
const full = async ({ ref }: StoredCase): Promise<MessageReading> =>
  cardIn(work.world, (await work.now(ref)).stored, 'main');

/** Resolves it, once the window asks for the facts of the outcome. */
async function resolve(
  by: string,
  card: MessageReading,
  outcome: string,
  facts: Readonly<Record<string, string | Date>>,
) {
  await work.open(as(by), 'Resolve', card);
  await as(by).fill({ Outcome: outcome });
  await as(by).waitForModal(({ labels }) => Object.keys(facts).every((label) => labels.includes(label)));
  await as(by).fill(facts);
  const outcomeOf = await as(by).submit();
  await work.world.settled();
  return outcomeOf;
}
/** The same, approved by a second person. */
async function sanction(stored: StoredCase, outcome: string, facts: Readonly<Record<string, string | Date>>) {
  expect(await resolve('rosa', await full(stored), outcome, facts)).toEqual({ closed: true });
  const dm = dmsAbout(as('sam'), stored.ref).at(-1);
  if (!dm) throw new Error('Sam was not asked.');
  expect(await work.make(as('sam'), 'Approve', dm)).toEqual({ closed: true });
  await work.world.settled();
}
/** What an agent sees after typing the account. */
async function typed(account: string, command: '/sp-feedback' | '/high-risk' = '/sp-feedback'): Promise<string> {
  const form = await openReport(as('ben'), command, `${account} ${nextSj++}`);
  await as('ben').close();
  return form.text;
}
const inDays = (days: number) => new Date(+work.world.clock.now() + days * DAY);

describe('a high-risk report with a named driver, resolved as banned and suspended', () => {
  let stored: StoredCase;

  it('offers the driver named in the report, and sets nothing before the second person confirms', async () => {
    stored = await highRisk();
    const window = await work.open(as('rosa'), 'Resolve', await full(stored));
    expect(window.labels).not.toContain('Suspended until');
    await as('rosa').fill({ Outcome: 'SP suspended *' });
    const asked = await as('rosa').waitForModal(({ labels }) => labels.includes('Suspended until'));
    expect(asked.fields['Driver or employee not to be sent anymore']?.hint).toContain(`The report names ${DRIVER}.`);
    await as('rosa').fill({
      'Suspended until': inDays(31),
      'Driver or employee not to be sent anymore': DRIVER,
      'What the agent can tell the customer': 'They will not come.',
    });
    expect(await as('rosa').submit()).toEqual({ closed: true });
    await work.world.settled();
    expect(await standingOf('ACC100')).toBeNull();
    expect(await typed('ACC100')).not.toContain('Suspended');
  });

  it('sets both once it is approved: once, however often it is delivered', async () => {
    const dm = dmsAbout(as('sam'), stored.ref).at(-1);
    expect(dm && (await work.make(as('sam'), 'Approve', dm))).toEqual({ closed: true });
    await work.world.settled();
    const { stored: now } = await work.now(stored.ref);
    expect(now.sanction).toMatchObject({ standing: { is: 'suspended' }, banned: { who: DRIVER } });
    expect(now.outbox).toEqual([]);
    expect((await standingOf('ACC100'))?.said).toMatchObject([
      { ref: stored.ref, standing: { is: 'suspended' }, banned: { who: DRIVER } },
    ]);
    expect((await full(stored)).content).toContain('Suspended until');
    expect((await full(stored)).content).toContain(DRIVER);
  });

  it.each(['/sp-feedback', '/high-risk'] as const)(
    'is shown to the next agent who types the account in %s',
    async (command) => {
      const text = await typed('ACC100', command);
      const [standing, driver, name] = [`after ${stored.ref}: do not dispatch`, DRIVER, 'Ace Plumbing'].map((words) =>
        text.indexOf(words),
      );
      expect(text).toContain('Suspended until ');
      // Before anything else about the SP.
      expect(standing).toBeGreaterThan(0);
      expect(driver).toBeGreaterThan(standing ?? 0);
      expect(name).toBeGreaterThan(driver ?? 0);
    },
  );

  it("is offered for the driver's field", async () => {
    const form = await openReport(as('ben'), '/high-risk', `ACC100 ${nextSj++}`);
    expect(form.buttons).toContain(DRIVER);
    await as('ben').press(DRIVER);
    await as('ben').waitForModal(({ fields }) => fields['Driver or technician']?.value === DRIVER);
    await as('ben').close();
  });

  it("is shown in /sp and in the admins' directory; reports about the SP go through", async () => {
    await as('dana').command('/sp ACC100', 'am-west');
    const card = await as('dana').waitForEphemeral(({ content }) => content.includes('do not dispatch'));
    expect(card.content).toContain(DRIVER);
    await as('ada').openHome();
    await as('ada').waitForHome(({ buttons }) => buttons.includes('Admin'));
    await as('ada').press('Admin', { in: 'home' });
    await as('ada').waitForHome(({ text }) => text.includes('Waiting for an admin'));
    await as('ada').choose('SPs', { in: 'home', from: 'Choose what to see' });
    const home = await as('ada').waitForHome(({ text }) => text.includes('Ace Plumbing'));
    expect(home.text).toContain(`after ${stored.ref}: do not dispatch`);
    expect(home.text).toContain(DRIVER);
    await as('ada').press('Standings and bans as CSV', { in: 'home' });
    const { files } = await as('ada').waitForDm((message) => message.files.length > 0);
    const { botToken, apiUrl } = work.world.workspace;
    const { file } = await new WebClient(botToken, { slackApiUrl: apiUrl }).files.info({ file: files[0] ?? '' });
    const got = await fetch(file?.url_private_download ?? '', { headers: { authorization: `Bearer ${botToken}` } });
    const rows: Record<string, string>[] = parse(await got.text(), { bom: true, columns: true });
    expect(rows).toMatchObject([
      { 'SP account': 'ACC100', After: stored.ref, Standing: 'suspended', 'Do not send': DRIVER },
    ]);
    expect((await work.file(as('amira'))).stored.state).toBe('open');
  });

  it('ends by itself: the case, its owner and the directory are told once, and the driver stays banned', async () => {
    await work.world.pass(32 * DAY);
    await work.world.pass(60_000);
    const { stored: now } = await work.now(stored.ref);
    expect(now.events.filter(({ type }) => type === 'standing_lapsed')).toHaveLength(1);
    const lines = under(work.world, await full(stored)).map(({ content }) => content);
    expect(lines.filter((line) => line.includes('That is over now.'))).toHaveLength(1);
    expect(dmsAbout(as('dana'), stored.ref).filter(({ text }) => text.includes('no longer suspended'))).toHaveLength(1);
    expect(await standingOf('ACC100')).toMatchObject({
      said: [{ standing: null, banned: { who: DRIVER } }],
      past: [{ is: 'suspended', ref: stored.ref }],
    });
    const text = await typed('ACC100');
    expect(text).not.toContain('do not dispatch');
    expect(text).toContain(DRIVER);
  });

  it('stays ended if the clock is set back', async () => {
    work.world.clock.advance(-10 * DAY);
    await work.world.app.runJobs('lapse');
    await work.world.settled();
    expect(await typed('ACC100')).not.toContain('do not dispatch');
    work.world.clock.advance(10 * DAY);
  });
});

describe('several cases about one SP', () => {
  it('the most severe and longest counts; when it ends, the next one does', async () => {
    const [short, long] = [await highRisk('ACC200'), await highRisk('ACC200')];
    await sanction(short, 'SP suspended *', { 'Suspended until': inDays(2) });
    await sanction(long, 'SP suspended *', { 'Suspended until': inDays(9) });
    expect(await typed('ACC200')).toContain(`after ${long.ref}`);
    await work.world.pass(3 * DAY);
    expect(await typed('ACC200')).toContain(`after ${long.ref}`);
    expect((await work.now(short.ref)).stored.events.at(-1)?.type).toBe('standing_lapsed');
    await work.world.pass(7 * DAY);
    expect(await typed('ACC200')).not.toContain('do not dispatch');
  });

  it('a reopened case keeps what it set, cannot be voided, and takes two people to set something else', async () => {
    const stored = await highRisk('ACC200');
    await sanction(stored, 'SP removed from network *', { 'Driver or employee not to be sent anymore': 'Nobody else' });
    await work.make(as('rosa'), 'Reopen', await full(stored), { Reason: 'There is more.' });
    expect(await typed('ACC200')).toContain(`Removed from the network after ${stored.ref}`);
    await as('rosa').choose('Void', { in: await full(stored) });
    const refused = await as('rosa').waitForEphemeral(({ text }) => text.includes('Lift suspension or ban'));
    expect(refused.text).toContain('removed from the network');
    expect(await resolve('rosa', await full(stored), 'No fault found', {})).toEqual({ closed: true });
    expect(await typed('ACC200')).toContain(`Removed from the network after ${stored.ref}`);
    const dm = dmsAbout(as('sam'), stored.ref).at(-1);
    if (!dm) throw new Error('Sam was not asked.');
    await work.make(as('sam'), 'Approve', dm);
    await work.world.settled();
    const text = await typed('ACC200');
    expect(text).not.toContain('do not dispatch');
    expect(text).not.toContain('Nobody else');
  });
});

describe('lifting early', () => {
  it('takes a reason and a second person', async () => {
    const stored = await highRisk('ACC200');
    await sanction(stored, 'SP suspended *', { 'Driver or employee not to be sent anymore': 'Lou Ray, truck 12' });
    const lift = 'Lift suspension or ban';
    expect(
      await work.make(as('rosa'), lift, await full(stored), {
        'What ends': 'The standing of the SP',
        Reason: 'It was another company.',
      }),
    ).toEqual({ closed: true });
    expect(await typed('ACC200')).toContain('Suspended after');
    expect(under(work.world, await full(stored)).at(-1)?.content).toContain('asks to end the standing of the SP');
    await as('rosa').choose(lift, { in: await full(stored) });
    await as('rosa').waitForEphemeral(({ text }) => text.includes('You asked for this yourself'));
    // People who may agree are asked, without any text of a need-to-know case, and find it on Home.
    const asked = dmsAbout(as('sam'), stored.ref).at(-1);
    expect(asked?.text).toBe(`${stored.ref} waits for you to agree`);
    expect(asked?.buttons).toEqual([lift, 'Refuse lifting', 'Open the card']);
    expect(asked?.content).not.toContain('another company');
    for (const name of ['dana', 'ada', 'rosa'])
      expect(dmsAbout(as(name), stored.ref).filter(({ text }) => text.includes('waits for you to agree'))).toEqual([]);
    await as('sam').openHome();
    const home = await as('sam').waitForHome(({ text }) => text.includes('Waiting for your approval'));
    expect(home.text).toContain('asks you to agree to lift a suspension or ban');
    // Someone who answers for the case without reading it cannot be the second person.
    work.world.workspace.addMember('risk-desk', 'dana');
    await as('dana').choose(lift, { in: await full(stored) });
    await as('dana').waitForEphemeral(({ text }) => text.includes('may read it can use'));
    expect(await typed('ACC200')).toContain('Suspended after');
    // Another person of the team that reads it agrees: what was not requested stays.
    expect(asked && (await work.make(as('sam'), lift, asked))).toEqual({ closed: true });
    await as('sam').waitForHome(({ text }) => !text.includes('Waiting for your approval'));
    const answered = dmsAbout(as('sam'), stored.ref).at(-1);
    expect(answered?.content).toContain('agreed to this');
    expect(answered?.buttons).toEqual(['Open the card']);
    const text = await typed('ACC200');
    expect(text).not.toContain('Suspended after');
    expect(text).toContain('Lou Ray, truck 12');
    expect((await standingOf('ACC200'))?.past[0]).toMatchObject({ is: 'suspended', ref: stored.ref });
    // The ban is in force, so the case cannot be deleted.
    expect(await connection.collection('cases').findOne({ ref: stored.ref })).toMatchObject({ held: true });
  });
});

describe('lifting a legal hold, or a standing', () => {
  it('is requested from people who answer for the case, and one of them refuses with a reason: it stays', async () => {
    const { stored, card } = await work.file(as('amira'));
    await work.make(as('dana'), 'Legal hold', card, { Reason: 'A claim is announced.' });
    const now = async () => (await work.now(stored.ref)).card;
    await work.make(as('dana'), 'Lift legal hold', await now(), { Reason: 'The claim <was> withdrawn.' });
    for (const name of ['tom', 'ada']) {
      const dm = dmsAbout(as(name), stored.ref).at(-1);
      expect(dm?.text).toBe(`${stored.ref} waits for you to agree`);
      expect(dm?.content).toContain('The claim <was> withdrawn.');
      expect(dm?.buttons).toEqual(['Lift legal hold', 'Refuse lifting', 'Open the card']);
    }
    const dm = dmsAbout(as('tom'), stored.ref).at(-1);
    expect(dm && (await work.make(as('tom'), 'Refuse lifting', dm, { Reason: 'Not in writing yet.' }))).toEqual({
      closed: true,
    });
    expect((await work.now(stored.ref)).stored.legalHold).toMatchObject({ lifting: null });
    expect(dmsAbout(as('ada'), stored.ref).at(-1)?.content).toContain('refused this');
    expect(dmsAbout(as('ada'), stored.ref).at(-1)?.buttons).toEqual(['Open the card']);
    expect(dmsAbout(as('dana'), stored.ref).at(-1)?.content).toContain('Not in writing yet.');
    expect((await now()).content).toContain('A claim is announced.');
    // Requested again, another of them agrees, with the case's two requests kept apart.
    await work.make(as('dana'), 'Lift legal hold', await now(), { Reason: 'Here is the letter.' });
    expect(await work.make(as('ada'), 'Lift legal hold', dmsAbout(as('ada'), stored.ref).at(-1) ?? card)).toEqual({
      closed: true,
    });
    expect((await work.now(stored.ref)).stored.legalHold).toBeNull();
    expect(dmsAbout(as('tom'), stored.ref).at(-1)?.content).toContain('agreed to this');
  });
});

it('fills in the driver named in the report if someone is to be banned', async () => {
  const stored = await highRisk('ACC200', 'Quentin Vex');
  await work.open(as('rosa'), 'Resolve', await full(stored));
  await as('rosa').fill({ Outcome: 'Driver or employee banned *' });
  const label = 'Driver or employee not to be sent anymore';
  const view = await as('rosa').waitForModal(({ labels }) => labels.includes(label));
  expect(view.fields[label]?.value).toBe('Quentin Vex');
  await as('rosa').close();
});

it('shows an outsider nothing of it on the card of a need-to-know case', async () => {
  const stored = await highRisk('ACC200', 'Zed Quill');
  await sanction(stored, 'Driver or employee banned *', { 'Driver or employee not to be sent anymore': 'Zed Quill' });
  const area = cardIn(work.world, (await work.now(stored.ref)).stored, 'area');
  expect(JSON.stringify([area, ...under(work.world, area)])).not.toMatch(/Zed|banned|Lift/);
  // Everyone who types the account sees whom not to send, and after which case.
  expect(await typed('ACC200')).toContain('Do not send Zed Quill');
});

describe('the facts of an outcome', () => {
  it('are asked once it is chosen, required if they make it verifiable, and stored with it', async () => {
    const { stored, card } = await work.file(as('amira'));
    await work.open(as('dana'), 'Resolve', card);
    await as('dana').fill({ Outcome: 'Customer made whole' });
    await as('dana').waitForModal(({ labels }) => labels.includes('Amount'));
    expect(Object.keys((await as('dana').submit()).errors ?? {})).toEqual(['Amount']);
    await as('dana').fill({ Amount: '$150 <refund>', 'Check that it worked': 'In 30 days' });
    expect(await as('dana').submit()).toEqual({ closed: true });
    const { stored: now, card: later } = await work.now(stored.ref);
    expect(now).toMatchObject({ state: 'resolved', resolution: { detail: '$150 <refund>', followUpDays: 30 } });
    expect(later.content).toContain('$150 <refund>');
    expect(later.content).toContain('Check that it worked by');
    expect(later.buttons).toContain('Follow up');
  });

  it('start a follow-up that nudges like any other clock, although the case is closed, until someone has checked', async () => {
    const { stored, card } = await work.file(as('amira'));
    await resolve('dana', card, 'Coaching given', { 'Check that it worked': 'In 7 days' });
    await work.world.pass(6 * DAY);
    expect(dmsAbout(as('dana'), stored.ref)).toEqual([]);
    await work.world.pass(2 * DAY);
    const dm = dmsAbout(as('dana'), stored.ref).at(-1);
    expect(dm?.content).toContain('heck whether it worked, as planned for');
    expect(dm?.buttons).toContain('Follow up');
    expect(dm && (await work.make(as('dana'), 'Follow up', dm, { 'Did it work?': 'No complaint since.' }))).toEqual({
      closed: true,
    });
    const told = dmsAbout(as('dana'), stored.ref).length;
    await work.world.pass(5 * DAY);
    const { stored: now } = await work.now(stored.ref);
    expect(now).toMatchObject({ state: 'resolved', clocks: [], notes: [{ text: 'No complaint since.' }] });
    expect(dmsAbout(as('dana'), stored.ref)).toHaveLength(told);
  });
});

/** An appeal against a decision about ACC200, filed by Amira for the SP's liaison. */
async function appealAgainst({ ref }: StoredCase): Promise<StoredCase> {
  await openReport(as('amira'), '/provider-report', 'ACC200');
  await as('amira').fill({ 'Who reports': 'Liaison of the SP' });
  await as('amira').waitForModal(({ labels }) => labels.includes('Appeal of a decision'));
  await as('amira').fill({ 'Name of the liaison': 'Lia Son', 'Appeal of a decision': ref.toLowerCase() });
  await as('amira').waitForModal(({ labels }) => !labels.includes('What kind'));
  await as('amira').fill({ 'What happened': 'It was another company.' });
  return fileReport(work.world, work.records, as('amira'));
}

describe("the SP's side", () => {
  it('is told in words that are shown first, and appeals; no one who decided decides again', async () => {
    const decided = await highRisk('ACC200');
    await sanction(decided, 'SP suspended *', { 'Suspended until': inDays(40) });
    const window = await work.open(as('rosa'), 'Tell the SP', await full(decided));
    expect(window.fields['What the SP is told']?.value).toContain(`mention ${decided.ref}`);
    await as('rosa').fill({ 'What the SP is told': 'You are suspended. Call your liaison.' });
    expect(await as('rosa').submit()).toEqual({ closed: true });
    await work.world.settled();
    expect(under(work.world, await full(decided)).at(-1)?.content).toContain('told the SP');

    await openReport(as('amira'), '/provider-report', 'ACC200');
    await as('amira').fill({ 'Who reports': 'Liaison of the SP' });
    await as('amira').waitForModal(({ labels }) => labels.includes('Appeal of a decision'));
    await as('amira').fill({ 'Name of the liaison': 'Lia Son', 'Appeal of a decision': 'HRR-999999' });
    await as('amira').waitForModal(({ labels }) => !labels.includes('What kind'));
    await as('amira').fill({ 'What happened': 'It was another company.' });
    expect(Object.keys((await as('amira').submit()).errors ?? {})).toEqual(['Appeal of a decision']);
    await as('amira').fill({ 'Appeal of a decision': decided.ref.toLowerCase() });
    const appeal = await fileReport(work.world, work.records, as('amira'));
    expect(appeal).toMatchObject({ severity: 'elevated', appeal: { ref: decided.ref }, links: [{ ref: decided.ref }] });
    expect(appeal.clocks.map(({ name }) => name)).toEqual(['acknowledge']);
    expect((await work.now(decided.ref)).stored.links).toMatchObject([{ ref: appeal.ref, relation: 'related' }]);

    const card = cardIn(work.world, appeal, 'main');
    await as('rosa').press('Resolve', { in: card });
    await as('rosa').waitForEphemeral(({ text }) =>
      text.includes(`You decided ${decided.ref}, so someone else has to decide this appeal.`),
    );
    expect((await work.now(appeal.ref)).stored.state).toBe('open');
    const offered = await work.open(as('pat'), 'Resolve', card);
    expect(JSON.stringify(offered.fields.Outcome)).not.toContain('No fault found');
    await as('pat').close();
    await resolve('pat', card, 'Appeal refused', {});
    expect((await work.now(appeal.ref)).stored.state).toBe('resolved');
    expect(await typed('ACC200')).toContain(`after ${decided.ref}: do not dispatch`);
  });

  it('is heard: an appeal granted and approved by people who did not decide ends what it is about', async () => {
    const decided = await highRisk('ACC200');
    await sanction(decided, 'SP removed from network *', { 'Driver or employee not to be sent anymore': 'Kim Lor' });
    const appeal = await appealAgainst(decided);
    await resolve('pat', cardIn(work.world, appeal, 'main'), 'Appeal granted *', {});
    expect((await work.now(appeal.ref)).stored.approval?.from).toEqual([as('rita').id]);
    expect(await typed('ACC200')).toContain(`after ${decided.ref}: do not dispatch`);
    const asked = dmsAbout(as('rita'), appeal.ref).at(-1);
    if (!asked) throw new Error('Rita was not asked.');
    await as('rosa').press('Refuse approval', { in: cardIn(work.world, (await work.now(appeal.ref)).stored, 'main') });
    await as('rosa').waitForEphemeral(({ text }) =>
      text.includes(`You decided ${decided.ref}, so someone else has to decide this appeal.`),
    );
    await as('rosa').press('Approve', { in: cardIn(work.world, (await work.now(appeal.ref)).stored, 'main') });
    await as('rosa').waitForEphemeral(({ text }) =>
      text.includes(`You decided ${decided.ref}, so someone else has to decide this appeal.`),
    );
    const window = await work.open(as('rita'), 'Approve', asked);
    expect(window.text).toContain(`What ${decided.ref} has set for the SP ends`);
    expect(await as('rita').submit()).toEqual({ closed: true });
    const { stored: granted } = await work.now(appeal.ref);
    const [own] = under(work.world, cardIn(work.world, granted, 'main')).slice(-1);
    expect(own?.content).toContain(`What ${decided.ref} has set for the SP ends`);

    const { stored: ended } = await work.now(decided.ref);
    expect(ended.events.at(-1)).toMatchObject({ type: 'appeal_granted', data: { appeal: appeal.ref, what: 'both' } });
    expect(ended).toMatchObject({ state: 'resolved', sanction: { standing: null, banned: null } });
    expect(under(work.world, await full(decided)).at(-1)?.content).toContain(`granted the appeal ${appeal.ref}`);
    for (const name of ['priya', 'rosa', 'sam'])
      expect(dmsAbout(as(name), decided.ref).at(-1)?.text).toContain('the appeal against it was granted');
    const text = await typed('ACC200');
    expect(text).not.toContain(decided.ref);
    expect(text).not.toContain('Kim Lor');
    expect((await standingOf('ACC200'))?.past[0]).toMatchObject({ is: 'removed', ref: decided.ref });

    // Repeated, as after a crash, it does nothing.
    const event = granted.events.findLast(({ type }) => type === 'resolved');
    if (event) await actOnDecision(work.world.app.jobDeps, decided.ref, granted, event);
    expect((await work.now(decided.ref)).stored.seq).toBe(ended.seq);
  });
});
