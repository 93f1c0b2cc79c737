import type { Page } from 'playwright-core';
import { type Demo, startPages } from '../support/browser';
import { card, chooseIn, dialog, drawn, fill, openChannel, row, save, type } from '../support/by-hand';

const STORY = 'Booked for Tuesday between 8 and 12. Nobody came and nobody called; the freezer is warm by now. '.repeat(
  12,
);

describe('a new user', () => {
  let demo: Demo;
  let ref = '';
  beforeAll(async () => {
    demo = await startPages();
  });
  afterAll(() => demo.stop());

  const main = (page: Page) => page.getByRole('main');
  const press = (page: Page, name: string) => main(page).getByRole('button', { name, exact: true }).first().click();
  const shows = (page: Page, words: string | RegExp) => main(page).getByText(words).first().waitFor();
  const heading = (page: Page, name: string | RegExp) => main(page).getByRole('heading', { name }).waitFor();

  it('an agent finds the way, files a first report and sees where it is, within two minutes', async () => {
    const page = await demo.open('amira', { at: 'home' });
    await heading(page, 'Start a report');
    await shows(page, /^Nothing yet/);
    await openChannel(page, 'call-floor');
    await type(page, '/warmline help');
    await heading(page, 'How to use Warmline');
    await type(page, '/sp-feedback SP100275 750001');
    await dialog(page).getByText('Area West').waitFor();
    await fill(page, {
      'Reason For Feedback': 'SP Feedback from Customer: Negative',
      'Negative Customer Feedback': 'Missed appointment',
      "Details of Customer's Experience with SP": STORY,
    });
    await save(page, 'Submit');
    const told = main(page).getByRole('article').filter({ hasText: 'is filed (SJ 750001)' });
    ref = /[A-Z]{3}-\d{6}/.exec(await told.innerText())?.[0] ?? '';
    await told.getByText(/You can tell the customer/).waitFor();
    await openChannel(page, 'Warmline');
    await page.getByRole('tab', { name: 'Home' }).click();
    await row(page, ref).getByText('@Dana Whitfield').waitFor();
  });

  it('an Area Manager works on the first case from Home and its card, and names a cover', async () => {
    const page = await demo.open('dana', { at: 'home' });
    await heading(page, 'Yours to answer');
    await chooseIn(page, ref, 'Acknowledge');
    await row(page, ref)
      .getByText(/Next update/)
      .waitFor();
    expect(await dialog(page).count()).toBe(0);
    await row(page, ref).getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Change next update' }).waitFor();
    await page.keyboard.press('Escape');

    await openChannel(page, 'am-west');
    await drawn(page);
    expect(await card(page, ref).evaluate(({ scrollHeight }) => scrollHeight)).toBeLessThan(560);
    await card(page, ref).getByRole('button', { name: 'Details' }).click();
    expect(await dialog(page).innerText()).toContain(STORY.trim());
    await dialog(page).getByRole('button', { name: 'Close' }).last().click();
    await card(page, ref).getByRole('button', { name: 'Log SP contact' }).click();
    await dialog(page).getByText('Reached').first().waitFor();
    await dialog(page).getByRole('button', { name: 'Cancel' }).click();

    await openChannel(page, 'Warmline');
    await page.getByRole('tab', { name: 'Home' }).click();
    await press(page, 'Cover …');
    await dialog(page).getByRole('button', { name: 'Connect …' }).click();
    const calendar = dialog(page).last();
    await calendar.getByRole('heading', { name: 'Calendar for covers' }).waitFor();
    await calendar.getByLabel('Address of the calendar').fill('webcal://127.0.0.1:9/secret-4711.ics');
    await calendar.getByLabel('Who covers?').fill('Tom Alvarez');
    await calendar.getByRole('option', { name: 'Tom Alvarez' }).click();
    await calendar.getByRole('button', { name: 'Connect' }).click();
    await calendar.getByText(/cannot be read since/).waitFor();
    expect(await calendar.innerText()).not.toContain('4711');
    await calendar.getByRole('button', { name: 'Remove calendar' }).click();
    await calendar.getByRole('button', { name: 'Undo' }).waitFor();
    await calendar.getByRole('button', { name: 'Close' }).last().click();
  });
});
