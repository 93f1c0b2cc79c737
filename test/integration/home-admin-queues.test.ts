import { WebClient } from '@slack/web-api';
import type { Actor } from '../../sandbox/workspace';
import { moveAll } from '../../src/services/bulk';
import { FAILED_RETRY_ALL } from '../../src/slack/ids/failed';
import { homeWindowId } from '../../src/slack/ids/home-window';
import { type CaseWork, startCaseWork } from '../support/case-work';
import { storedCase } from '../support/cases';
import { escalated, exceptionForm } from '../support/exceptions';

let work: CaseWork;
let ada: Actor;
let amira: Actor;
let dana: Actor;
beforeAll(async () => {
  work = await startCaseWork();
  [ada, amira, dana] = [work.as('ada'), work.as('amira'), work.as('dana')];
  await ada.openHome();
  await ada.waitForHome(({ buttons }) => buttons.includes('Admin'));
  await ada.press('Admin', { in: 'home' });
  await ada.waitForHome(({ text }) => text.includes('Waiting for an admin'));
});
afterAll(() => work.stop());

const shows = (...words: string[]) =>
  ada
    .waitForHome(({ text }) => words.every((word) => text.includes(word)))
    .catch(() => {
      throw new Error(`No ${words.join(', ')} in Home, but: ${ada.home().text}`);
    });
const goTo = (part: string, ...words: string[]) =>
  ada.choose(part, { in: 'home', from: 'Choose what to see' }).then(() => shows(...words));
const modal = (title: string) => ada.waitForModal((view) => view.title === title);

describe('the review queue', () => {
  it('sends an exception to its Area Manager straight from Home', async () => {
    await exceptionForm(amira, '720001', { 'Exception code': 'COACH' });
    const { ref } = await escalated(work.world, work.records, amira);
    await goTo('Overview', '*1* exception waits for review');
    await goTo('Review', ref, 'COACH', `filed by <@${amira.id}>`, 'Review <!date');
    await ada.choose('Send to AM', { in: 'home' });
    await modal('Send to AM');
    await ada.fill({ 'Note for the Area Manager': 'Second time this month.' });
    expect(await ada.submit()).toEqual({ closed: true });
    await shows('Nothing waits for review');
    expect((await work.now(ref)).stored).toMatchObject({ state: 'open', owner: dana.id });
  });
});

describe('cases without an area', () => {
  it('are routed from Home, and the directory stores it', async () => {
    const report = { account: 'ACC999', sj: '720002' };
    const { stored } = await work.file(amira, report);
    expect(stored).toMatchObject({ area: null, unrouted: 'SP account ACC999 is not in the directory.' });
    await goTo('Without an area', stored.ref, 'SP account ACC999 is not in the directory.', 'Acknowledge <!date');
    await ada.press('Route', { in: 'home' });
    await modal(`Route ${stored.ref}`);
    await ada.fill({ Area: 'West', 'From now on': ['Add to the directory: ACC999 belongs to this area'] });
    expect((await ada.submit()).errors?.['Name of the SP']).toContain('The directory does not know this SP');
    await ada.fill({ 'Name of the SP': 'Nine Plumbers' });
    expect(await ada.submit()).toEqual({ closed: true });
    await shows('Every case has an area');

    const routed = await work.now(stored.ref);
    expect(routed.stored).toMatchObject({ area: 'West', owner: dana.id, unrouted: null });
    expect(routed.card.channel).toBe(work.world.workspace.ids.channels['am-west']);
    expect(routed.stored.events.at(-1)).toMatchObject({
      type: 'reassigned',
      actor: ada.id,
      data: { summary: 'Routed by the Admin team. SP account ACC999 is not in the directory.' },
    });
    work.world.clock.advance(61_000);
    await amira.command('/sp-feedback ACC999 720003', 'call-floor');
    const form = await amira.waitForModal(({ text }) => text.includes('Nine Plumbers'));
    expect(form.text).toContain('West');
    await amira.close();
    await goTo('Admin history', '*SP ACC999*: added');
  });

  it('that were handed on meanwhile stay where they are', async () => {
    const { stored } = await work.file(amira, { account: 'ACC998', sj: '720004' });
    await goTo('Without an area', stored.ref);
    await ada.press('Route', { in: 'home' });
    await modal(`Route ${stored.ref}`);
    await ada.fill({ Area: 'East' });
    const move = { type: 'reassign', area: 'West', owner: dana.id, summary: 'It is one of ours.' } as const;
    await moveAll(work.world.app.jobDeps, { refs: [stored.ref], move, by: ada.id, key: 'bulk:V1' });
    expect((await ada.submit()).errors?.Area).toBe(`${stored.ref} already has an area. Nothing was changed.`);
    await ada.close();
    expect((await work.records.of(stored.ref)).area).toBe('West');
    expect((await work.now(stored.ref)).card.channel).toBe(work.world.workspace.ids.channels['am-west']);
  });
});

describe('messages that could not be delivered', () => {
  const notices = (channel: string, ref: string) =>
    work.world.workspace.messages(channel).filter(({ text }) => text.includes(ref));
  /** A request to leadership whose channel is archived. */
  async function lost(sj: string): Promise<string> {
    const { stored, card } = await work.file(amira, { sj });
    work.world.workspace.archive('leadership-desk');
    await work.make(dana, 'Escalate', card, { 'What do you need from leadership?': 'The customer is on the news.' });
    await goTo('Failed messages', stored.ref, 'A request to leadership', 'The channel is archived: unarchive it.');
    return stored.ref;
  }

  it('are sent again once the channel is back', async () => {
    const ref = await lost('720005');
    await goTo('Overview', '*1* message could not be delivered');
    await goTo('Failed messages', ref);
    work.world.workspace.unarchive('leadership-desk');
    // What fails again comes back by itself, with its new reason.
    work.world.workspace.removeApp('leadership-desk');
    await ada.choose('Try again', { in: 'home' });
    await shows(ref, 'Warmline sees no such channel');
    work.world.workspace.inviteApp('leadership-desk');
    expect(notices('leadership-desk', ref)).toHaveLength(0);
    await ada.choose('Try again', { in: 'home' });
    await shows('Every message has arrived, or is on its way');
    await work.world.settled();
    expect(notices('leadership-desk', ref)).toHaveLength(1);
  });

  it('go to another channel that Warmline is in, or are dismissed', async () => {
    const ref = await lost('720006');
    await ada.choose('Send elsewhere …', { in: 'home' });
    await modal('Send elsewhere');
    work.world.workspace.removeApp('am-east');
    await ada.fill({ 'To a channel': 'am-east' });
    expect((await ada.submit()).errors?.['To a channel']).toContain('Warmline is not in #am-east');
    work.world.workspace.inviteApp('am-east');
    await ada.fill({ 'To a channel': 'admin-review' });
    expect(await ada.submit()).toEqual({ closed: true });
    await shows('Every message has arrived, or is on its way');
    await work.world.settled();
    expect(notices('admin-review', ref)).toHaveLength(1);

    await lost('720007');
    await ada.choose('Dismiss …', { in: 'home' });
    await modal('Give up this message');
    expect(await ada.submit()).toEqual({ closed: true });
    await shows('Every message has arrived, or is on its way');
    work.world.workspace.unarchive('leadership-desk');
  });

  it('are all retried at once', async () => {
    const refs = [await lost('720008'), await lost('720009')];
    work.world.workspace.unarchive('leadership-desk');
    await ada.press('Try all again', { in: 'home' });
    await shows('Every message has arrived, or is on its way');
    await work.world.settled();
    for (const ref of refs) expect(notices('leadership-desk', ref)).toHaveLength(1);
  });

  it('are also retried or dismissed if they belong to no case', async () => {
    const { letters, now } = work.world.app.jobDeps;
    const content = { type: 'alarms' as const, about: ['One case stands still.'] };
    const lostLetter = { id: 'alarms:lost', to: 'C0NOWHERE', about: null, content, at: now() };
    await letters.put(lostLetter);
    await work.world.pass(60_000);
    await goTo('Overview', '*1* message could not be delivered');
    await goTo('Failed messages', '*A message*', 'Warmline sees no such channel');
    await ada.choose('Try again', { in: 'home' });
    await shows('Every message has arrived, or is on its way');
    await work.world.pass(60_000);
    expect(await letters.failed(10)).toMatchObject([{ id: 'alarms:lost', isKept: true }]);
    await shows('*A message*', 'Warmline sees no such channel');
    await ada.choose('Send elsewhere …', { in: 'home' });
    await modal('Send elsewhere');
    await ada.fill({ 'To a person': 'dana' });
    expect((await ada.submit()).errors?.['To a person']).toContain('This is for the Admin team: choose an admin');
    await ada.close();
    await ada.choose('Dismiss …', { in: 'home' });
    await modal('Give up this message');
    expect(await ada.submit()).toEqual({ closed: true });
    await shows('Every message has arrived, or is on its way');
  });

  it('go to someone else who may know their content, if they belong to no case', async () => {
    const { letters, now } = work.world.app.jobDeps;
    const [tom, title, ref] = [work.as('tom'), 'Safety issue at the customer', 'HRR-000778'];
    const given = { ref, kind: 'high_risk', title, subjects: [tom.id] } as const;
    await work.records.cases.insert({ ...storedCase('000778', now(), given), outbox: [] });
    const item = { ref, title: 'High-risk report', sp: 'Ace', severity: 'high', owner: null, filedAt: now() } as const;
    const some = { of: 1, shown: [{ ...item, dueAt: null, card: null }] };
    const none = { of: 0, shown: [] };
    const west = { area: 'West', open: 1, overdue: some, promised: none, oldest: null, recognition: none };
    const lost = { to: 'U0NOBODY', about: null, at: now() };
    await letters.put({ ...lost, id: 'digest:lost', content: { type: 'area_digests', areas: [west] } });
    await work.world.pass(60_000);
    await goTo('Failed messages', '*A daily digest*');
    await ada.choose('Send elsewhere …', { in: 'home' });
    expect((await modal('Send elsewhere')).labels).not.toContain('To a channel');
    const refusals = { amira: 'It is about West: choose its Area Manager', tom: 'or that is about them' };
    for (const [name, why] of Object.entries(refusals)) {
      await ada.fill({ 'To a person': name });
      expect((await ada.submit()).errors?.['To a person']).toContain(why);
    }
    await ada.fill({ 'To a person': 'dana' });
    expect(await ada.submit()).toEqual({ closed: true });
    await shows('Every message has arrived, or is on its way');
    await work.world.pass(60_000);
    const { content } = await dana.waitForDm((dm) => dm.content.includes(ref));
    expect(content).toMatch(/This was for .+, whom it did not reach\. .+ sent it to you instead\./);
    expect(content).not.toContain(title);
    expect(await letters.failed(10)).toEqual([]);

    const cover = { id: 'c1', person: dana.id, deputy: 'U0NOBODY', from: now(), until: now(), state: 'asked' } as const;
    await letters.put({ ...lost, id: 'cover:lost', content: { type: 'cover', cover }, at: now() });
    await work.world.pass(60_000);
    await shows('*A message* → <@U0NOBODY>');
    await ada.choose('Send elsewhere …', { in: 'home' });
    await ada.waitForDm(({ text }) => text.includes('A cover is between the two people it names'));
    await letters.dismiss('cover:lost');
  });

  it('go only to those who may read them, if they are need-to-know', async () => {
    const [title, ref] = ['Safety issue at the customer', 'HRR-000777'];
    const base = storedCase('000777', work.world.clock.now(), { ref, kind: 'high_risk', title, answers: {} });
    const outbox = base.outbox.map((delivery) => ({ ...delivery, dead: 'is_archived' }));
    await work.records.cases.insert({ ...base, outbox });
    await goTo('Overview');
    const shown = await goTo('Failed messages', ref, 'High-risk report');
    expect(shown.text).not.toContain(title);
    for (const entries of [{ 'To a channel': 'am-west' }, { 'Or to a person': 'dana' }]) {
      if (ada.modalCount) await ada.close();
      await ada.choose('Send elsewhere …', { in: 'home' });
      await modal('Send elsewhere');
      await ada.fill(entries);
      expect(JSON.stringify((await ada.submit()).errors)).toContain(`${ref} is need-to-know`);
    }
    await ada.fill({ 'Or to a person': 'rosa' });
    expect(await ada.submit()).toEqual({ closed: true });
    await work.world.settled();
    const rosa = work.as('rosa');
    expect((await rosa.waitForDm(({ text }) => text.includes(ref))).content).toContain(title);
    expect(notices('am-west', ref)).toHaveLength(0);
  });

  it('are only for admins: an agent who presses their buttons is told so in an ephemeral message', async () => {
    const { botToken, apiUrl, ids } = work.world.workspace;
    const button = (action_id: string, text: string) => ({
      type: 'button' as const,
      action_id,
      text: { type: 'plain_text' as const, text },
      value: 'all',
    });
    await new WebClient(botToken, { slackApiUrl: apiUrl }).views.publish({
      user_id: ids.users.amira ?? '',
      view: {
        type: 'home',
        blocks: [
          {
            type: 'actions',
            elements: [button(FAILED_RETRY_ALL, 'All'), button(homeWindowId('route_case'), 'Route')],
          },
        ],
      },
    });
    const refused = () => amira.dm().filter(({ text }) => text.includes('Only admins can change this')).length;
    await amira.press('All', { in: 'home' });
    await amira.waitForDm(() => refused() === 1);
    await amira.press('Route', { in: 'home' });
    await amira.waitForDm(() => refused() === 2);
    expect(amira.modalCount).toBe(0);
  });
});

describe('alarms and health', () => {
  it('lead to the case, and show problems first', async () => {
    const { stored, card } = await work.file(amira, { sj: '720010' });
    const { alarms, now } = work.world.app.jobDeps;
    const about = `${stored.ref} should have notified someone more than 15 minutes ago.`;
    await alarms.raise({ id: `overdue:${stored.ref}`, kind: 'overdue', ref: stored.ref, about, since: now() });
    await goTo('Overview', 'something is stuck');
    await goTo('Alarms', about);
    expect(JSON.stringify(ada.home().blocks)).toContain(`/archives/${card.channel}/p${card.ts.replace('.', '')}`);

    await work.world.pass(60_000);
    await goTo(
      'Health',
      'Warmline 0.1.0',
      `Node ${process.versions.node}`,
      'Slack over Socket Mode',
      '*Messages*: none waiting',
      'Job letters',
    );
    expect(ada.home().text).toMatch(/\*Last tick\* \(every minute\): <!date/);
    expect(ada.home().text).toMatch(/\*Database\*: (the demo's stand-in for )?MongoDB \d/);
    expect(ada.home().text).not.toContain('It has missed its runs');
    work.world.clock.advance(30 * 60_000);
    await goTo('Overview');
    await goTo('Health', 'to check', 'It has missed its runs: no instance of Warmline is running its jobs.');
  });
});
