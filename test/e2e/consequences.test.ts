import type { Page } from 'playwright-core';
import { type Demo, startPages } from '../support/browser';
import { answer, card, dialog, drawn, fill, openChannel, save, submit, type } from '../support/by-hand';

const DRIVER = 'Sam Ortiz, badge 4471';

describe('the consequences of a case, by clicking', () => {
  let demo: Demo;
  let page: Page;
  let ref: string;
  beforeAll(async () => {
    demo = await startPages();
    page = await demo.open('amira', { at: 'call-floor' });
  });
  afterAll(() => demo.stop());

  const as = (user: string, at: string) => demo.visit(page, user, { at });
  /** The form for an account, as an agent opens it. */
  async function typed(sj: string): Promise<string> {
    await as('ben', 'call-floor');
    await type(page, `/sp-feedback SP100275 ${sj}`);
    await dialog(page).getByText('Area West').waitFor();
    await drawn(page);
    const text = await dialog(page).innerText();
    await dialog(page).getByRole('button', { name: 'Cancel' }).click();
    await dialog(page).waitFor({ state: 'hidden' });
    return text;
  }

  it('a high-risk report that names a driver is resolved as suspended and banned, and waits for a second person', async () => {
    await type(page, '/high-risk SP100275 790001');
    await dialog(page).getByText('Area West').waitFor();
    await dialog(page).getByRole('button', { name: 'Add driver, evidence' }).click();
    await fill(page, {
      'Who is at risk': ['Customer'],
      Situation: ['Safety Issue'],
      'Is anyone in danger now': 'No',
      'What happened': 'He left an open gas line behind.',
      'Driver or technician': DRIVER,
    });
    ref = await submit(page);
    await as('rosa', 'risk-desk');
    await card(page, ref).getByRole('button', { name: 'Resolve' }).click();
    await answer(page, 'Outcome', 'SP suspended *');
    await answer(page, 'Suspended until', '2026-11-04T12:00');
    await answer(page, 'Driver or employee not to be sent anymore', DRIVER);
    await save(page, 'Resolve');
    await card(page, ref).getByText('asks for', { exact: false }).first().waitFor();
    expect(await typed('790002')).not.toContain('Suspended');
  });

  it('once approved, the next agent who types the account sees it before anything else', async () => {
    await as('pat', 'messages');
    await page.getByRole('button', { name: 'Approve', exact: true }).last().click();
    await save(page, 'Approve');
    await as('rosa', 'risk-desk');
    await card(page, ref).getByText('Suspended until', { exact: false }).first().waitFor();
    const text = await typed('790003');
    expect(text).toContain(`after ${ref}: do not dispatch`);
    expect(text).toContain(`Do not send ${DRIVER}`);
    expect(text.indexOf('do not dispatch')).toBeLessThan(text.indexOf('Area West'));
  });

  it('ends on its date, with a line in the thread and a DM to the Area Manager; the driver stays banned', async () => {
    const clock = page.getByRole('group', { name: 'Demo clock' });
    for (const day of ['Tue', 'Wed', 'Thu']) {
      await page.getByRole('button', { name: '+24 h' }).click();
      await clock.getByText(day, { exact: false }).first().waitFor();
    }
    await as('dana', 'messages');
    await page
      .getByRole('main')
      .getByText('no longer', { exact: false })
      .or(page.getByText('That is over', { exact: false }))
      .first()
      .waitFor();
    const text = await typed('790004');
    expect(text).not.toContain('do not dispatch');
    expect(text).toContain(`Do not send ${DRIVER}`);
    await as('rosa', 'risk-desk');
    await openChannel(page, 'risk-desk');
    await card(page, ref)
      .getByRole('button', { name: /repl(y|ies)/ })
      .click();
    await page
      .getByRole('complementary', { name: 'Thread' })
      .getByText('That is over', { exact: false })
      .first()
      .waitFor();
  });
});
