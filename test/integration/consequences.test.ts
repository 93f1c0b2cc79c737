import { WebClient } from '@slack/web-api';
import { parse } from 'csv-parse/sync';
import type { Actor } from '../../sandbox/workspace';
import type { StoredCase } from '../../src/services/ports/cases';
import { type CaseWork, DAY, dmsAbout } from '../support/case-work';
import { cardIn, openReport, under } from '../support/reports';
import { DRIVER, type SanctionWork, startSanctionWork } from '../support/sanction-work';

let on: SanctionWork;
let work: CaseWork;
const as = (name: string): Actor => work.as(name);

beforeAll(async () => {
  on = await startSanctionWork();
  ({ work } = on);
});
afterAll(() => on.stop());

describe('a high-risk report with a named driver, resolved as banned and suspended', () => {
  let stored: StoredCase;

  it('offers the driver named in the report, and sets nothing before the second person confirms', async () => {
    stored = await on.highRisk();
    const window = await work.open(as('rosa'), 'Resolve', await on.full(stored));
    expect(window.labels).not.toContain('Suspended until');
    await as('rosa').fill({ Outcome: 'SP suspended *' });
    const asked = await as('rosa').waitForModal(({ labels }) => labels.includes('Suspended until'));
    expect(asked.fields['Driver or employee not to be sent anymore']?.hint).toContain(`The report names ${DRIVER}.`);
    await as('rosa').fill({
      'Suspended until': on.inDays(31),
      'Driver or employee not to be sent anymore': DRIVER,
      'What the agent can tell the customer': 'They will not come.',
    });
    expect(await as('rosa').submit()).toEqual({ closed: true });
    await work.world.settled();
    expect(await on.standingOf('ACC100')).toBeNull();
    expect(await on.typed('ACC100')).not.toContain('Suspended');
  });

  it('sets both once it is approved: once, however often it is delivered', async () => {
    const dm = dmsAbout(as('sam'), stored.ref).at(-1);
    expect(dm && (await work.make(as('sam'), 'Approve', dm))).toEqual({ closed: true });
    await work.world.settled();
    const { stored: now } = await work.now(stored.ref);
    expect(now.sanction).toMatchObject({ standing: { is: 'suspended' }, banned: { who: DRIVER } });
    expect(now.outbox).toEqual([]);
    expect((await on.standingOf('ACC100'))?.said).toMatchObject([
      { ref: stored.ref, standing: { is: 'suspended' }, banned: { who: DRIVER } },
    ]);
    expect((await on.full(stored)).content).toContain('Suspended until');
    expect((await on.full(stored)).content).toContain(DRIVER);
  });

  it.each(['/sp-feedback', '/high-risk'] as const)(
    'is shown to the next agent who types the account in %s',
    async (command) => {
      const text = await on.typed('ACC100', command);
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
    const form = await openReport(as('ben'), '/high-risk', 'ACC100 989000');
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

  it('does not end because the clock of one machine is ahead', async () => {
    const ahead = await work.world.another({ now: () => new Date(+work.world.clock.now() + 40 * DAY) });
    await ahead.runJobs('lapse');
    await work.world.halt(ahead);
    const { stored: now } = await work.now(stored.ref);
    expect(now.events.map(({ type }) => type)).not.toContain('standing_lapsed');
    expect(await on.typed('ACC100')).toContain('do not dispatch');
  });

  it('ends by itself: the case, its owner and the directory are told once, and the driver stays banned', async () => {
    await work.world.pass(32 * DAY);
    await work.world.pass(60_000);
    const { stored: now } = await work.now(stored.ref);
    expect(now.events.filter(({ type }) => type === 'standing_lapsed')).toHaveLength(1);
    const lines = under(work.world, await on.full(stored)).map(({ content }) => content);
    expect(lines.filter((line) => line.includes('That is over now.'))).toHaveLength(1);
    expect(dmsAbout(as('dana'), stored.ref).filter(({ text }) => text.includes('no longer suspended'))).toHaveLength(1);
    expect(await on.standingOf('ACC100')).toMatchObject({
      said: [{ standing: null, banned: { who: DRIVER } }],
      past: [{ is: 'suspended', ref: stored.ref }],
    });
    const text = await on.typed('ACC100');
    expect(text).not.toContain('do not dispatch');
    expect(text).toContain(DRIVER);
  });

  it('stays ended if the clock is set back', async () => {
    work.world.clock.advance(-10 * DAY);
    await work.world.app.runJobs('lapse');
    await work.world.settled();
    expect(await on.typed('ACC100')).not.toContain('do not dispatch');
    work.world.clock.advance(10 * DAY);
  });
});

describe('several cases about one SP', () => {
  it('the most severe and longest counts; when it ends, the next one does', async () => {
    const [short, long] = [await on.highRisk('ACC200'), await on.highRisk('ACC200')];
    await on.sanction(short, 'SP suspended *', { 'Suspended until': on.inDays(2) });
    await on.sanction(long, 'SP suspended *', { 'Suspended until': on.inDays(9) });
    expect(await on.typed('ACC200')).toContain(`after ${long.ref}`);
    await work.world.pass(3 * DAY);
    expect(await on.typed('ACC200')).toContain(`after ${long.ref}`);
    expect((await work.now(short.ref)).stored.events.at(-1)?.type).toBe('standing_lapsed');
    await work.world.pass(7 * DAY);
    expect(await on.typed('ACC200')).not.toContain('do not dispatch');
  });

  it('is not approved once its end has passed: it would set nothing, and say that the SP was suspended', async () => {
    const stored = await on.highRisk('ACC200');
    const facts = { 'Suspended until': on.inDays(2) };
    expect(await on.resolve('rosa', await on.full(stored), 'SP suspended *', facts)).toEqual({ closed: true });
    await work.world.pass(3 * DAY);
    const dm = dmsAbout(as('sam'), stored.ref).find(({ buttons }) => buttons.includes('Approve'));
    if (!dm) throw new Error('Sam was not asked.');
    await work.open(as('sam'), 'Approve', dm);
    await as('sam').submit();
    await as('sam').waitForModal(({ text }) => text.includes('was to end at a time that has passed'));
    await as('sam').close();
    expect((await work.now(stored.ref)).stored).toMatchObject({ resolution: null, approval: { by: as('rosa').id } });
    await work.make(as('sam'), 'Refuse approval', dm, { Reason: 'Ask again.' });
    expect((await work.now(stored.ref)).stored.approval).toBeNull();
  });

  it('a reopened case keeps what it set, cannot be voided, and takes two people to set something else', async () => {
    const stored = await on.highRisk('ACC200');
    await on.sanction(stored, 'SP removed from network *', {
      'Driver or employee not to be sent anymore': 'Nobody else',
    });
    await work.make(as('rosa'), 'Reopen', await on.full(stored), { Reason: 'There is more.' });
    expect(await on.typed('ACC200')).toContain(`Removed from the network after ${stored.ref}`);
    await as('rosa').choose('Void', { in: await on.full(stored) });
    const refused = await as('rosa').waitForEphemeral(({ text }) => text.includes('Lift suspension or ban'));
    expect(refused.text).toContain('removed from the network');
    expect(await on.resolve('rosa', await on.full(stored), 'No fault found', {})).toEqual({ closed: true });
    expect(await on.typed('ACC200')).toContain(`Removed from the network after ${stored.ref}`);
    const dm = dmsAbout(as('sam'), stored.ref).at(-1);
    if (!dm) throw new Error('Sam was not asked.');
    await work.make(as('sam'), 'Approve', dm);
    await work.world.settled();
    const text = await on.typed('ACC200');
    expect(text).not.toContain('do not dispatch');
    expect(text).not.toContain('Nobody else');
  });
});

it('fills in the driver named in the report if someone is to be banned', async () => {
  const stored = await on.highRisk('ACC200', 'Quentin Vex');
  await work.open(as('rosa'), 'Resolve', await on.full(stored));
  await as('rosa').fill({ Outcome: 'Driver or employee banned *' });
  const label = 'Driver or employee not to be sent anymore';
  const view = await as('rosa').waitForModal(({ labels }) => labels.includes(label));
  expect(view.fields[label]?.value).toBe('Quentin Vex');
  await as('rosa').close();
});

it('shows an outsider nothing of it on the card of a need-to-know case', async () => {
  const stored = await on.highRisk('ACC200', 'Zed Quill');
  await on.sanction(stored, 'Driver or employee banned *', {
    'Driver or employee not to be sent anymore': 'Zed Quill',
  });
  const area = cardIn(work.world, (await work.now(stored.ref)).stored, 'area');
  expect(JSON.stringify([area, ...under(work.world, area)])).not.toMatch(/Zed|banned|Lift/);
  // Everyone who types the account sees whom not to send, and after which case.
  expect(await on.typed('ACC200')).toContain('Do not send Zed Quill');
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
    await on.resolve('dana', card, 'Coaching given', { 'Check that it worked': 'In 7 days' });
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
