import type { FaultSettings } from '../../sandbox/client-protocol';
import { cardOf, cardsOf, fileFeedback, fillFeedback } from '../support/feedback';
import { submitForm } from '../support/filed';
import { startWorld, type World } from '../support/world';

/** Far longer than any wait in these tests: waiting for it would fail them. */
const LONG_S = 60;
const HOUR = 60 * 60_000;

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(async () => {
  world.workspace.faults.clear();
  for (const actor of [amira(), dana(), tom(), ada()]) if (actor.modalCount) await actor.close({ all: true });
});
afterAll(() => world.stop());

const amira = () => world.workspace.as('amira');
const dana = () => world.workspace.as('dana');
const tom = () => world.workspace.as('tom');
const ada = () => world.workspace.as('ada');
const homeOf = (name: string) => `"user_id":"${world.workspace.ids.users[name]}"`;

/** Slack limits a method, for someone's calls alone or for all; resolves once a call has hit the limit. */
async function limit(rule: Partial<FaultSettings['rateLimit']>): Promise<{ met: Promise<unknown> }> {
  const met = world.workspace.waitFor(
    (event) =>
      event?.type === 'traffic' &&
      event.entry.status === 429 &&
      (rule.method === undefined || event.entry.name === rule.method),
    10_000,
    `${rule.method} to be limited`,
  );
  met.catch(() => undefined);
  await world.workspace.faults.set({ rateLimit: { remaining: 1000, retryAfterSec: LONG_S, ...rule } });
  return { met };
}

/** Others continue at once: a form opens, a button's window, too, a report arrives. */
async function othersGoOn(sj: string): Promise<void> {
  await fileFeedback(amira(), sj);
  const card = await cardOf(world, sj);
  await tom().press('Acknowledge', { in: card });
  await tom().waitForReply('am-west', card.ts, ({ text }) => text.includes('acknowledged'));
}

describe('Slack limits one kind of call, and no one else waits for it', () => {
  it("a Home: others' forms and buttons work at once, reminders, too; the Home itself is drawn when Slack allows it", async () => {
    await fileFeedback(amira(), '701000');
    const card = await cardOf(world, '701000');
    const { met } = await limit({ method: 'views.publish', matching: homeOf('dana') });
    await dana().openHome();
    await met;
    await othersGoOn('701001');

    await world.pass(5 * HOUR);
    await dana().waitForReply('am-west', card.ts, ({ text }) => text.includes('waits for an answer'));
    await tom().openHome();
    await tom().waitForHome();
  });

  it('a limited Home is drawn once the limit is over, at the requested place', async () => {
    const { met } = await limit({ method: 'views.publish', matching: homeOf('dana'), remaining: 1, retryAfterSec: 1 });
    await dana().openHome();
    await met;
    await dana().waitForHome();
  });

  it('people, groups and channels: the last answers are used, and reminders and windows continue', async () => {
    await fileFeedback(amira(), '702000');
    const card = await cardOf(world, '702000');
    const { met } = await limit({ method: 'users.info' });
    await othersGoOn('702001');
    await world.pass(24 * HOUR);
    await met;
    await dana().waitForReply('am-west', card.ts, ({ text }) => text.includes('waits for an answer'));
  });

  it('the list of people, during an export', async () => {
    await fileFeedback(amira(), '703000');
    await dana().command('/warmline search');
    await dana().waitForModal(({ labels }) => labels.includes('Words'));
    await dana().fill({ 'SJ Number': '703000' });
    await dana().submit();
    const { met } = await limit({ method: 'users.list' });
    await dana().press('Export CSV');
    await met;
    await othersGoOn('703001');
    expect(dana().modal().text).toContain('You get it as a direct message');
  });

  it('the list of channels, during an import of areas by #name', async () => {
    await ada().openHome();
    await ada().waitForHome();
    await importing('area,time_zone,channel,area_manager,deputy,fallback_channel\nNorth,America/Denver,#am-west,,,');
    const { met } = await limit({ method: 'conversations.list' });
    await ada().submit();
    await met;
    await othersGoOn('704001');
  });

  it('ephemeral messages in a channel: they come by DM, and no one waits', async () => {
    await fileFeedback(amira(), '705000');
    const card = await cardOf(world, '705000');
    const { met } = await limit({ method: 'chat.postEphemeral' });
    await amira().press('Acknowledge', { in: card });
    await met;
    await amira().waitForDm(({ text }) => text.includes('Acknowledge') || text.includes('Only'));
    await othersGoOn('705001');
  });
});

describe('Slack limits windows themselves', () => {
  it('a person who typed a command is told for how long, where they typed it, and the form later has what they typed', async () => {
    await limit({ method: 'views.open', matching: '706001' });
    await amira().command('/sp-feedback ACC100 706001', 'call-floor');
    await amira().waitForEphemeral(
      ({ text }) => text.includes(`Slack is limiting us`) && text.includes('in 60 seconds'),
    );
    expect(amira().modalCount).toBe(0);
    await fileFeedback(world.workspace.as('ben'), '706002');

    world.workspace.faults.clear();
    await amira().command('/sp-feedback', 'call-floor');
    const form = await amira().waitForModal(({ text }) => text.includes('Ace Plumbing'));
    expect(form.fields['SJ Number']?.value).toBe('706001');
  });

  it('a person who pressed a button is told next to it; on Home, by DM', async () => {
    await fileFeedback(amira(), '707001');
    const card = await cardOf(world, '707001');
    await dana().openHome();
    await dana().waitForHome();
    await limit({ method: 'views.open', retryAfterSec: 180 });
    await tom().press('Add note', { in: card });
    await tom().waitForEphemeral(({ text }) => text.includes('in 3 minutes'));
    await dana().press('Search …', { in: 'home' });
    await dana().waitForDm(({ text }) => text.includes('Slack is limiting us'));
  });

  it('a person who typed is told by DM if Slack limits every other way', async () => {
    const limited = async () => {
      for (const method of ['views.open', 'response_url', 'chat.postEphemeral']) {
        const { met } = await limit({ method });
        if (method === 'views.open') await amira().command('/sp-contact 708001', 'call-floor');
        await met;
      }
    };
    await limited();
    await amira().waitForDm(({ text }) => text.includes('Slack is limiting us'));
  });

  it('a limit without a time is a limit all the same', async () => {
    await limit({ method: 'views.open', retryAfterSec: null });
    await amira().command('/sp-contact 709001', 'call-floor');
    await amira().waitForEphemeral(({ text }) => text.includes('in 30 seconds'));
  });

  it('an answer that redraws a form: the person is told, and the next one redraws it', async () => {
    await amira().command('/sp-feedback ACC100 710001', 'call-floor');
    await amira().waitForModal(({ text }) => text.includes('Ace Plumbing'));
    await limit({ method: 'views.update' });
    await amira().fill({ 'Reason For Feedback': 'Recall Reassignment: SP Refused' });
    await amira().waitForDm(({ text }) => text.includes('Slack is limiting us'));
    world.workspace.faults.clear();
    await amira().fill({ 'Reason For Feedback': 'SP Internal Feedback: Negative' });
  });
});

it('a post limited without a time waits and arrives once', async () => {
  await fillFeedback(amira(), '711001');
  const { met } = await limit({ method: 'chat.postMessage', remaining: 1, retryAfterSec: null });
  expect((await submitForm(amira())).told?.content).toContain('is filed');
  await met;
  await world.settled();
  expect(cardsOf(world, '711001')).toHaveLength(0);
  expect(world.logged.join('\n')).toContain('ratelimited');
});

/** Opens the window that takes a file, with areas in it. */
async function importing(content: string): Promise<void> {
  await ada().press('Admin', { in: 'home' });
  await ada().waitForHome(({ text }) => text.includes('Waiting for an admin'));
  await ada().choose('Import', { in: 'home', from: 'Choose what to see' });
  await ada().waitForHome(({ buttons }) => buttons.includes('Import a file'));
  await ada().press('Import a file', { in: 'home' });
  await ada().waitForModal(({ title }) => title === 'Import a file');
  await ada().fill({ 'What it holds': 'Areas', 'CSV file': [ada().upload('areas.csv', content)] });
}
