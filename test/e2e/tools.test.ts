import type { Page } from 'playwright-core';
import { type Demo, startPages } from '../support/browser';
import { card, dialog, file, fill, openFeedback, SHORTEST, submit, type } from '../support/by-hand';
import { exceptionForm } from '../support/exceptions';

describe('the tools of the demo', () => {
  let demo: Demo;
  let agent: Page;
  let manager: Page;
  /** Someone with the fault panel open: on one's own page, an open form covers everything else. */
  let breaker: Page;
  beforeAll(async () => {
    demo = await startPages();
    agent = await demo.open('amira', { at: 'call-floor' });
    manager = await demo.open('dana', { at: 'am-west' });
    breaker = await demo.open('ada');
    await breaker.getByRole('button', { name: 'Faults' }).click();
  });
  afterAll(() => demo.stop());
  afterEach(() => breaker.getByRole('button', { name: 'Everything off' }).click());

  const databaseDown = () => breaker.getByRole('checkbox', { name: 'The database is down' });
  const slackDown = () => breaker.getByRole('checkbox', { name: 'Slack is down' });

  it('traffic: the command, its acknowledgment and the call that opens the form, found by kind and by word', async () => {
    await agent.getByRole('button', { name: 'Traffic' }).click();
    const drawer = agent.getByRole('complementary', { name: 'Traffic' });
    const line = (name: RegExp) => drawer.getByRole('button', { name });
    await file(agent, '730001');

    await drawer.getByLabel('Kind of traffic').selectOption({ label: 'Command' });
    await line(/Command \/sp-feedback ✓ 200 .* ms/).waitFor();
    expect(await line(/views\.open/).count()).toBe(0);
    await drawer.getByLabel('Kind of traffic').selectOption({ label: 'All kinds' });
    await drawer.getByLabel('Search traffic').fill('views.open');
    await line(/app → Slack views\.open ✓ 200/).click();
    await drawer.getByText('"SP feedback"').first().waitFor();
    expect(await line(/Command/).count()).toBe(0);
    await drawer.getByRole('button', { name: 'Close traffic' }).click();
  });

  it('mail: the message about an exception to its Area Manager, drawn isolated from the page', async () => {
    const [amira, ada] = [demo.workspace.as('amira'), demo.workspace.as('ada')];
    await exceptionForm(amira, '730009', { 'Exception code': 'COACH' }, 'SP100275');
    await amira.submit();
    await demo.app.delivered();
    const review = demo.workspace.messages('admin-review').findLast(({ buttons }) => buttons.includes('Send to AM'));
    if (!review) throw new Error('No exception waits for its review.');
    await ada.press('Send to AM', { in: review });
    await ada.waitForModal(({ title }) => title === 'Send to AM');
    await ada.submit();

    await agent.getByRole('button', { name: 'Mail', exact: true }).click();
    const mails = agent.getByRole('complementary', { name: 'Mail' });
    await mails.getByRole('button', { name: /EXC-\d{6}: Exception – sent to you To dana@/ }).click();
    await mails.getByText('SJ: 730009').waitFor();
    expect(await mails.locator('iframe').getAttribute('srcdoc')).toContain('Open the card in Slack</a>');
    await mails.getByRole('button', { name: 'Close mail' }).click();
  });

  it('database down: a submission says so and keeps what was typed; once it is up, the same submission is filed', async () => {
    await openFeedback(agent, '730002');
    await fill(agent, {
      'Reason For Feedback': 'Recall Reassignment: SP Refused',
      'SP Refused Reason': 'Other',
      'Explanation of Other Refusal': 'The bridge is closed until May.',
    });
    await databaseDown().check();
    await dialog(agent).getByRole('button', { name: 'Submit' }).click();
    await dialog(agent).getByText('everything you typed is still here').waitFor();
    expect(await dialog(agent).getByLabel('Explanation of Other Refusal').inputValue()).toContain('until May');

    await databaseDown().uncheck();
    await demo.workspace.waitFor(() => !demo.workspace.faults.settings.databaseDown);
    const ref = await submitUntilStored();
    await card(manager, ref).getByText('The bridge is closed until May.').waitFor();
  });

  /** The driver looks for a lost database now and then; until it finds it, the form says so. */
  async function submitUntilStored(): Promise<string> {
    for (;;) {
      await dialog(agent).getByRole('button', { name: 'Submit' }).click();
      const filed = agent.getByRole('main').getByRole('article').filter({ hasText: '(SJ 730002)' });
      const ready = dialog(agent).locator('button[type=submit]:enabled');
      const refused = dialog(agent).getByText('everything you typed is still here').and(ready);
      await filed.or(refused).or(ready).first().waitFor();
      if (await filed.count()) break;
    }
    const said = await agent.getByRole('main').getByRole('article').filter({ hasText: '(SJ 730002)' }).innerText();
    return said.match(/SPF-\d{6}/)?.[0] ?? '';
  }

  it('Slack down: a submitted report is kept, and its card arrives once, when Slack is back', async () => {
    await openFeedback(agent, '730003');
    await fill(agent, SHORTEST);
    await slackDown().check();
    await demo.workspace.waitFor(() => demo.workspace.faults.settings.slackDown);
    await dialog(agent).getByRole('button', { name: 'Submit' }).click();
    await dialog(agent).waitFor({ state: 'hidden' });
    await demo.workspace.waitFor(() => demo.workspace.traffic.some(({ status }) => status === 503));
    const cards = manager.getByRole('main').getByRole('article').filter({ hasText: '730003' });
    expect(await cards.count()).toBe(0);

    await slackDown().uncheck();
    await cards.waitFor();
    expect(await cards.count()).toBe(1);
  });

  it('a dropped connection: the page says that the app is offline, and the app reconnects by itself', async () => {
    const { workspace } = demo;
    await slackDown().check();
    await breaker.getByRole('button', { name: 'Drop the app' }).click();
    await agent.getByText('Warmline is offline').waitFor();
    await type(agent, '/sp-feedback SP100275 730005');
    await agent.getByRole('alert').filter({ hasText: '/sp-feedback' }).first().waitFor();
    await slackDown().uncheck();
    await workspace.waitForApp(60_000);
    await agent.getByText('Warmline is offline').waitFor({ state: 'hidden' });
    await file(agent, '730005');
  });

  it('rate limit: what Slack refused arrives once it is allowed to', async () => {
    await openFeedback(agent, '730004');
    await fill(agent, SHORTEST);
    const limit = breaker.getByRole('spinbutton', { name: 'Rate limit' });
    await limit.fill('2');
    await limit.press('Tab');
    await breaker.keyboard.press('Enter');
    await breaker.getByText('Now 2.').waitFor();
    const ref = await submit(agent);
    await card(manager, ref).waitFor();
    expect(demo.workspace.traffic.filter(({ status }) => status === 429)).not.toHaveLength(0);
    expect(await card(manager, ref).count()).toBe(1);
  });
});
