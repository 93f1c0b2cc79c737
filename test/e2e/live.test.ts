import type { Page } from 'playwright-core';
import { type Demo, startPages } from '../support/browser';
import { card, composer, dialog, file, openChannel, openFeedback, type } from '../support/by-hand';

describe('two people, each with their own page', () => {
  let demo: Demo;
  let agent: Page;
  let manager: Page;
  beforeAll(async () => {
    demo = await startPages();
    agent = await demo.open('amira', { at: 'call-floor' });
    manager = await demo.open('dana', { at: 'am-west' });
  });
  afterAll(() => demo.stop());

  const reply = async (text: string) => {
    const box = manager.getByRole('textbox', { name: 'Reply…' });
    await box.fill(text);
    await box.press('Enter');
  };
  const thread = () => manager.getByRole('complementary', { name: 'Thread' });

  it("see each other's changes without a reload", async () => {
    const ref = await file(agent, '720001');
    await card(manager, ref).getByRole('button', { name: 'Acknowledge' }).click();
    await card(manager, ref).getByText('Acknowledged', { exact: true }).waitFor();

    await openChannel(agent, 'Warmline', { unread: true });
    await agent.getByRole('main').getByText('@Dana Whitfield is on your report').waitFor();

    await openChannel(manager, 'call-floor');
    await openChannel(agent, 'call-floor');
    await type(manager, 'Is anybody on line 4?');
    await agent.getByRole('main').getByText('Is anybody on line 4?').waitFor();
    await openChannel(manager, 'am-west');
  });

  it('Home is shown although the app had it ready before the page began to listen', async () => {
    const page = await demo.open('priya', { at: 'about' });
    let begin = (): void => undefined;
    const published = new Promise<void>((resolve) => {
      begin = resolve;
    });
    await page.routeWebSocket(/client\/socket/, async (socket) => {
      await published;
      socket.connectToServer();
    });
    const asked = page.waitForResponse('**/client/home');
    await page.goto(page.url().replace('/app/about', '/app/home'));
    await page.reload();
    await asked;
    await demo.workspace.as('priya').waitForHome();
    begin();
    await page.getByRole('heading', { name: 'Yours to answer' }).waitFor();
    await page.context().close();
  });

  it('a link to a card shows the card, with what its reader may do with it', async () => {
    const ref = await file(agent, '720004');
    await card(manager, ref).waitFor();
    await openChannel(manager, 'Warmline');
    await manager.getByRole('main').getByRole('link', { name: ref }).click();
    await manager.locator('.message-found').filter({ hasText: ref }).waitFor();
    expect(await card(manager, ref).count()).toBe(1);
    expect(demo.strayRequests).toEqual([]);
  });

  it('a window stays in the tab that opened it, and returns there after a reload', async () => {
    const page = await demo.open('ben', { at: 'call-floor' });
    await type(page, '/sp');
    await page.getByRole('article').filter({ hasText: '/sp' }).last().waitFor();
    expect(await dialog(page).count()).toBe(0);
    await openFeedback(page, '720005');
    const other = await page.context().newPage();
    await other.goto(page.url());
    await composer(other, 'Message #call-floor').waitFor();
    expect(await dialog(other).count()).toBe(0);
    await page.reload();
    await dialog(page).getByText('Area West').waitFor();
    await page.context().close();
  });

  it('a reply in the thread of a card becomes a note on the case', async () => {
    const ref = await file(agent, '720002');
    await card(manager, ref).hover();
    await card(manager, ref).getByRole('button', { name: 'Reply in thread' }).click();
    await reply('Called the SP, he comes at four.');
    await card(manager, ref).getByText('1 note', { exact: false }).waitFor();
    await reply('He came.');
    await card(manager, ref).getByText('2 notes', { exact: false }).waitFor();
  });

  it('moving the clock past the due time sends a nudge into the thread, and later one to the owner’s DM', async () => {
    const ref = await file(agent, '720003');
    await card(manager, ref).getByRole('button', { name: 'Acknowledge' }).waitFor();
    for (const now of ['12:', '1:', '2:', '3:']) {
      await agent.getByRole('button', { name: '+1 h' }).click();
      await agent.getByRole('group', { name: 'Demo clock' }).getByText(` ${now}`).waitFor();
    }
    await agent.getByRole('button', { name: '+15 min' }).click();
    await card(manager, ref).getByRole('button', { name: '1 reply' }).click();
    await thread().getByText('waited for an').waitFor();

    await agent.getByRole('button', { name: '+1 h' }).click();
    await openChannel(manager, 'Warmline', { unread: true });
    // Several cases due at one time come as one message.
    const nudge = manager.getByRole('main').getByRole('article').filter({ hasText: ref }).filter({ hasText: 'wait' });
    await nudge.first().waitFor();
  });
});
