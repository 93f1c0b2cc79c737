import type { Actor } from '../../sandbox/workspace';
import { actOnDecision } from '../../src/services/act-on-decision';
import type { StoredCase } from '../../src/services/ports/cases';
import { type CaseWork, dmsAbout } from '../support/case-work';
import { cardIn, fileReport, openReport, under } from '../support/reports';
import { type SanctionWork, startSanctionWork } from '../support/sanction-work';

let on: SanctionWork;
let work: CaseWork;
const as = (name: string): Actor => work.as(name);

beforeAll(async () => {
  on = await startSanctionWork();
  ({ work } = on);
});
afterAll(() => on.stop());

describe('lifting early', () => {
  it('takes a reason and a second person', async () => {
    const stored = await on.highRisk('ACC200');
    await on.sanction(stored, 'SP suspended *', { 'Driver or employee not to be sent anymore': 'Lou Ray, truck 12' });
    const lift = 'Lift suspension or ban';
    expect(
      await work.make(as('rosa'), lift, await on.full(stored), {
        'What ends': 'The standing of the SP',
        Reason: 'It was another company.',
      }),
    ).toEqual({ closed: true });
    expect(await on.typed('ACC200')).toContain('Suspended after');
    expect(under(work.world, await on.full(stored)).at(-1)?.content).toContain('asks to end the standing of the SP');
    await as('rosa').choose(lift, { in: await on.full(stored) });
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
    await as('dana').choose(lift, { in: await on.full(stored) });
    await as('dana').waitForEphemeral(({ text }) => text.includes('may read it can use'));
    expect(await on.typed('ACC200')).toContain('Suspended after');
    // Another person of the team that reads it agrees: what was not requested stays.
    expect(asked && (await work.make(as('sam'), lift, asked))).toEqual({ closed: true });
    await as('sam').waitForHome(({ text }) => !text.includes('Waiting for your approval'));
    const answered = dmsAbout(as('sam'), stored.ref).at(-1);
    expect(answered?.content).toContain('agreed to this');
    expect(answered?.buttons).toEqual(['Open the card']);
    const text = await on.typed('ACC200');
    expect(text).not.toContain('Suspended after');
    expect(text).toContain('Lou Ray, truck 12');
    expect((await on.standingOf('ACC200'))?.past[0]).toMatchObject({ is: 'suspended', ref: stored.ref });
    // The ban is in force, so the case cannot be deleted.
    expect(await on.connection.collection('cases').findOne({ ref: stored.ref })).toMatchObject({ held: true });
  });

  it('waits on the card of a case that is open again, too', async () => {
    const { stored, card } = await work.file(as('amira'));
    const now = async () => (await work.now(stored.ref)).card;
    await work.make(as('dana'), 'Resolve', card, { Outcome: 'SP suspended *' });
    await work.make(as('tom'), 'Approve', await now());
    await work.make(as('dana'), 'Reopen', await now(), { Reason: 'The customer called again.' });
    await work.make(as('dana'), 'Lift suspension or ban', await now(), { Reason: 'It was another company.' });
    expect((await now()).content).toMatch(/asks to end the standing of the SP:\s+It was another company\./);
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
    const decided = await on.highRisk('ACC200');
    await on.sanction(decided, 'SP suspended *', { 'Suspended until': on.inDays(40) });
    const window = await work.open(as('rosa'), 'Tell the SP', await on.full(decided));
    expect(window.fields['What the SP is told']?.value).toContain(`mention ${decided.ref}`);
    await as('rosa').fill({ 'What the SP is told': 'You are suspended. Call your liaison.' });
    expect(await as('rosa').submit()).toEqual({ closed: true });
    await work.world.settled();
    expect(under(work.world, await on.full(decided)).at(-1)?.content).toContain('told the SP');

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
    await on.resolve('pat', card, 'Appeal refused', {});
    expect((await work.now(appeal.ref)).stored.state).toBe('resolved');
    expect(await on.typed('ACC200')).toContain(`after ${decided.ref}: do not dispatch`);
  });

  it('is heard: an appeal granted and approved by people who did not decide ends what it is about', async () => {
    const decided = await on.highRisk('ACC200');
    await on.sanction(decided, 'SP removed from network *', { 'Driver or employee not to be sent anymore': 'Kim Lor' });
    const appeal = await appealAgainst(decided);
    await on.resolve('pat', cardIn(work.world, appeal, 'main'), 'Appeal granted *', {});
    expect((await work.now(appeal.ref)).stored.approval?.from).toEqual([as('rita').id]);
    expect(await on.typed('ACC200')).toContain(`after ${decided.ref}: do not dispatch`);
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
    expect(under(work.world, await on.full(decided)).at(-1)?.content).toContain(`granted the appeal ${appeal.ref}`);
    for (const name of ['priya', 'rosa', 'sam'])
      expect(dmsAbout(as(name), decided.ref).at(-1)?.text).toContain('the appeal against it was granted');
    const text = await on.typed('ACC200');
    expect(text).not.toContain(decided.ref);
    expect(text).not.toContain('Kim Lor');
    expect((await on.standingOf('ACC200'))?.past[0]).toMatchObject({ is: 'removed', ref: decided.ref });

    // Repeated, as after a crash, it does nothing.
    const event = granted.events.findLast(({ type }) => type === 'resolved');
    if (event) await actOnDecision(work.world.app.jobDeps, decided.ref, granted, event);
    expect((await work.now(decided.ref)).stored.seq).toBe(ended.seq);
  });
});
