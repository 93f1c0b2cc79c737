import type { Actor } from '../../sandbox/workspace';
import { type CaseWork, startCaseWork } from '../support/case-work';
import { submitForm } from '../support/filed';
import { fillForm } from '../support/fill-form';
import { placeOf } from '../support/home-rows';
import { cardIn, fileReport, openReport, TITLES, UNSAFE } from '../support/reports';
import { until } from '../support/until';

let work: CaseWork;
let amira: Actor;
let ben: Actor;
let ada: Actor;
beforeEach(async () => {
  work = await startCaseWork();
  [amira, ben, ada] = [work.as('amira'), work.as('ben'), work.as('ada')];
});
afterEach(() => work.stop());

const isTold = ({ text }: { readonly text: string }) => text.includes('Nothing was changed.');
const FORM = TITLES['/high-risk'];

describe('a person of another company', () => {
  it('cannot open, file or look up anything, and is told so where they are', async () => {
    const { workspace } = work.world;
    const { stored, card } = await work.file(amira);
    workspace.addMember('am-west', 'ben');
    await openReport(ben, '/high-risk', 'ACC100 980101');
    await ben.fill(UNSAFE);
    workspace.makePartner('ben', 'T0OTHER');

    const before = await work.records.count();
    const { updated } = await ben.submit();
    expect(updated?.text).toContain('Warmline is for people at');
    expect(await work.records.count()).toBe(before);
    await ben.close({ all: true });

    for (const button of ['Add note', 'Acknowledge']) {
      await ben.press(button, { in: card });
      await ben.waitForModal(isTold);
      await ben.close({ all: true });
    }
    for (const line of ['/case ACC100', '/sp ACC100', '/sp-feedback ACC100 980102', '/warmline search gate']) {
      await ben.command(line, 'am-west');
      expect(ben.ephemerals('am-west').at(-1)?.text).toContain('Nothing was changed.');
      expect(ben.modalCount).toBe(0);
    }
    const said = await amira.say('The technician never came.', 'am-west');
    await ben.shortcut('file_sp_feedback', said);
    expect((await ben.waitForModal(isTold)).title).not.toBe(FORM);
    const words = ben.ephemerals('am-west').length;
    await ben.react(card, 'eyes');
    await ben.react(said, 'warning');
    await work.world.app.answered();
    expect(ben.ephemerals('am-west')).toHaveLength(words);
    expect((await work.records.of(stored.ref)).events).toHaveLength(stored.events.length);
    expect(await work.records.count()).toBe(before);
  });

  it('cannot be made the owner of a case', async () => {
    const { stored, card } = await work.file(amira);
    work.world.workspace.makePartner('tom', 'T0OTHER');
    const dana = work.as('dana');
    const owned = { 'Or to this person': 'tom', 'Summary for the new owner': 'Yours.' };
    const { errors } = await work.make(dana, 'Reassign', card, owned);
    expect(errors?.['Or to this person']).toBe(
      'They belong to another company (T0OTHER): choose someone who works here.',
    );
    expect((await work.records.of(stored.ref)).owner).toBe(dana.id);
  });
});

it('a guest, an app and a deactivated person take no case over, in any window', async () => {
  const { workspace } = work.world;
  const { stored, card } = await work.file(amira);
  const dana = work.as('dana');
  workspace.makeGuest('ben', 'multi');
  workspace.deactivate('priya');
  const words = { ben: 'guests cannot take part', warmline: 'is an app', priya: 'is deactivated' };
  for (const [name, why] of Object.entries(words)) {
    const owned = { 'Or to this person': name, 'Summary for the new owner': 'Yours.' };
    const { errors } = await work.make(dana, 'Reassign', card, owned);
    expect(errors?.['Or to this person']).toContain(why);
    await dana.close({ all: true });
  }
  expect((await work.records.of(stored.ref)).owner).toBe(dana.id);

  await openReport(amira, '/leadership', 'ACC100 980110');
  await amira.fill({
    'Follow-up': 'Refuses to wait',
    'Warm transfer to a Resolution Specialist': 'Connected',
    'Connected with': 'ben',
    'Summary for the hand-over': 'Yours.',
  });
  expect((await amira.submit()).errors?.['Connected with']).toContain(words.ben);
  await amira.fill({ 'Connected with': 'sam' });
  expect((await submitForm(amira)).told?.content).toContain('is filed');
});

describe('a guest of the workspace', () => {
  it('can do nothing until the policy lets guests in, and is quoted in threads', async () => {
    const { workspace } = work.world;
    workspace.makeGuest('ben', 'single');
    await ben.command('/sp-feedback ACC100 980103', 'call-floor');
    expect(ben.ephemerals('call-floor').at(-1)?.text).toContain('You are a guest in Slack.');
    expect(ben.modalCount).toBe(0);
    await ben.openHome();
    await ben.waitForHome(isTold);

    const { stored, card } = await work.file(amira);
    workspace.addMember('am-west', 'ben');
    await ben.say('I saw it too.', 'am-west', card);
    await amira.waitForMessage('am-west', ({ ts, content }) => ts === card.ts && content.includes('1 note'));
    const [note] = (await work.records.of(stored.ref)).notes;
    expect(note?.text).toBe('Ben Cruz, a guest in Slack, wrote: I saw it too.');

    const policy = await work.records.directory.policy();
    await work.records.directory.savePolicy({ ...policy, guests: { may: 'what_agents_may' } }, 'test');
    await work.world.halt(work.world.app);
    await work.world.another();
    expect((await work.file(ben)).stored.reporter).toBe(ben.id);
  });

  it('can take part if a role names them, and no one is kept out while Slack does not answer', async () => {
    const { workspace } = work.world;
    workspace.makeGuest('dana', 'multi');
    const { card } = await work.file(amira);
    expect((await work.open(work.as('dana'), 'Add note', card)).title).toBe('Add note');
    await workspace.faults.set({ errorBefore: { remaining: 10, method: 'users.info' } });
    expect((await work.file(ben)).stored.reporter).toBe(ben.id);
  });
});

describe('a need-to-know channel that another company can read', () => {
  const risky = async (sj: string) => {
    await openReport(amira, '/high-risk', `ACC100 ${sj}`);
    await amira.fill(UNSAFE);
    return fileReport(work.world, work.records, amira);
  };
  const inDesk = () => work.world.workspace.messages('risk-desk').map(({ content }) => content);
  /** An instance that stops finishes its current work. */
  const dealtWith = async () => {
    await work.world.halt(work.world.app);
    return work.world.another();
  };

  /** Another instance has just started: what it takes over is sent once it has looked. */
  const allSent = (ref: string) =>
    until(async () => (await work.records.of(ref)).outbox.length === 0, `everything about ${ref} to be sent`);

  it('cannot be chosen, and shows a link next to its lock', async () => {
    const { workspace } = work.world;
    await workspace.share('risk-desk', 'T0OTHER', { silent: true });
    await ada.openHome();
    await ada.waitForHome();
    await ada.press('Admin', { in: 'home' });
    await ada.waitForHome(({ text }) => text.includes('Waiting for an admin'));
    await ada.choose('Channels', { in: 'home', from: 'Choose what to see' });
    const shown = await ada.waitForHome(({ text: words }) => words.includes(':link:'));
    const { text } = shown;
    expect(text).toMatch(/:lock: risk-desk :link:/);
    expect(text).toContain('is shared with another company (T0OTHER)');
    await ada.press('Change', { in: 'home', nth: placeOf(shown, 'Change', ':link:') });
    await ada.waitForModal(({ title }) => title === 'Choose a channel');
    const { errors } = await ada.submit();
    expect(Object.values(errors ?? {}).join()).toContain('T0OTHER');
  });

  it('gets no full cards from when it is shared until it no longer is, and the admins are told', async () => {
    const { workspace } = work.world;
    const first = await risky('980201');
    expect(inDesk().join()).toContain('gas line');
    await workspace.share('risk-desk', 'T0OTHER');
    await (await dealtWith()).runJobs('letters');
    const alarm = await ada.waitForDm(({ content }) => content.includes('shared with another company (T0OTHER)'));
    expect(alarm.content).toContain('Channels');

    const count = inDesk().length;
    const second = await risky('980202');
    expect(inDesk()).toHaveLength(count);
    const main = second.posts.find(({ id }) => id === 'main');
    expect(main).toMatchObject({ show: 'redacted', redirected: { fault: 'shared_outside' } });
    expect((await work.records.of(first.ref)).posts.find(({ id }) => id === 'main')?.show).toBe('redacted');

    await workspace.unshare('risk-desk');
    const third = await risky('980203');
    expect(third.posts.find(({ id }) => id === 'main')).toMatchObject({ show: 'full', redirected: null });
    expect(inDesk()).toHaveLength(count + 3);
  });

  it('has no full card anymore once it is shared, and each again once it is not, back and forth', async () => {
    const { workspace } = work.world;
    const rosa = work.as('rosa');
    const photo = amira.upload('door.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0]));
    await openReport(amira, '/high-risk', 'ACC100 980206');
    await fillForm(amira, { ...UNSAFE, Evidence: [photo] });
    const { ref } = await fileReport(work.world, work.records, amira);
    const first = cardIn(work.world, await work.records.of(ref), 'main');
    for (let round = 0; round < 2; round++) {
      const own = cardIn(work.world, await work.records.of(ref), 'main');
      expect(own.content).toContain('gas line');
      await workspace.share('risk-desk', 'T0OTHER');
      await rosa.waitForMessage('risk-desk', ({ ts, content }) => ts === own.ts && content.includes('moved to'));
      await dealtWith();
      await allSent(ref);
      expect(inDesk().join()).not.toContain('gas line');
      const standIn = cardIn(work.world, await work.records.of(ref), 'main');
      expect(standIn.content).toContain('is shared with another company');
      expect(standIn.content).not.toContain('gas line');
      await rosa.say('Still here.', 'risk-desk', own);

      await workspace.unshare('risk-desk');
      await dealtWith();
      await allSent(ref);
    }
    const stored = await work.records.of(ref);
    const home = cardIn(work.world, stored, 'main');
    expect(home.channel).toBe(first.channel);
    expect(home.content).toContain('gas line');
    expect(stored.notes.map(({ text }) => text)).toEqual(['Still here.', 'Still here.']);
    expect(stored.outbox).toEqual([]);
    expect(new Set(stored.posts.map(({ id }) => id)).size).toBe(stored.posts.length);
    expect(inDesk().filter((content) => content.includes('gas line'))).toHaveLength(1);
  });

  it('is found by the auditor if Slack’s event was missed', async () => {
    await risky('980207');
    expect(inDesk().join()).toContain('gas line');
    await work.world.workspace.share('risk-desk', 'T0OTHER', { silent: true });
    await work.world.pass(2 * 60_000);
    await ada.waitForDm(({ content }) => content.includes('shared with another company (T0OTHER)'));
    expect(inDesk().join()).not.toContain('gas line');
    expect((await risky('980205')).posts.find(({ id }) => id === 'main')?.show).toBe('redacted');
  });

  it('is no place for full cards either once it is public, until it is private again', async () => {
    const { workspace } = work.world;
    const { ref } = await risky('980208');
    workspace.setPrivate('risk-desk', false);
    await work.world.pass(2 * 60_000);
    await ada.waitForDm(({ content }) => content.includes('no longer private'));
    await work.world.settled();
    expect(inDesk().join()).not.toContain('gas line');
    expect(cardIn(work.world, await work.records.of(ref), 'main').content).toContain('is no longer private');
    expect((await risky('980209')).posts.find(({ id }) => id === 'main')).toMatchObject({
      show: 'redacted',
      redirected: { fault: 'made_public' },
    });
    workspace.setPrivate('risk-desk', true);
    await work.world.pass(2 * 60_000);
    await work.world.settled();
    expect(inDesk().filter((content) => content.includes('gas line'))).toHaveLength(2);
  });

  it('is fine if only another workspace of the same company reads it', async () => {
    work.world.workspace.shareInOrg('risk-desk');
    expect((await risky('980204')).posts.find(({ id }) => id === 'main')?.show).toBe('full');
  });
});
