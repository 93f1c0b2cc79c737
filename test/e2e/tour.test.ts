import type { Page } from 'playwright-core';
import { type Demo, startPages } from '../support/browser';
import { answer, become, composer, dialog, openChannel } from '../support/by-hand';

describe('the guided tour, followed exactly', () => {
  let demo: Demo;
  let page: Page;
  beforeAll(async () => {
    demo = await startPages();
    page = await demo.open('ben', { tour: true });
  });
  afterAll(() => demo.stop());

  const tour = () => page.getByRole('complementary', { name: 'Guided tour' });
  /** Waits for a step and returns its instructions. */
  async function says(title: string): Promise<string> {
    await tour().getByRole('heading', { name: title }).waitFor();
    return tour().innerText();
  }
  const inCard = (name: string) => page.getByRole('main').getByRole('button', { name, exact: true });

  it('leads from the first report to the message the agent gets, each step noticing that it was done', async () => {
    expect(await says('File feedback from a call')).toContain('1 of 9');
    await become(page, 'Dana Whitfield');
    await tour().getByText('choose Amira Haddad').waitFor();
    await become(page, 'Amira Haddad');

    await tour().getByText('You are Amira Haddad').waitFor();
    const command = /\/sp-feedback \S+ \d+/.exec(await says('File feedback from a call'))?.[0] ?? '';
    await composer(page, 'Message #call-floor').fill(command);
    await composer(page, 'Message #call-floor').press('Enter');

    expect(await says('Answer what the form asks')).toContain('SP Feedback from Customer');
    await answer(page, 'Reason For Feedback', 'SP Feedback from Customer: Negative');
    await answer(page, 'Negative Customer Feedback', 'Missed appointment');
    await answer(page, "Details of Customer's Experience with SP", 'Nobody came on Tuesday.');
    await dialog(page).getByRole('button', { name: 'Submit' }).click();

    expect(await says('Now be the Area Manager')).toContain('Dana Whitfield');
    await page.getByRole('main').getByText('With: @Dana Whitfield').waitFor();
    await become(page, 'Dana Whitfield');

    await says('See the card');
    await openChannel(page, 'am-west', { unread: true });

    await says('Acknowledge it');
    await inCard('Acknowledge').click();

    expect(await says('Let time pass')).toContain('+24 h');
    await page.getByRole('button', { name: '+24 h' }).click();
    await page.getByText('Tue, Nov 3').waitFor();
    await page.getByRole('button', { name: '+24 h' }).click();
    await page.getByText('Wed, Nov 4').waitFor();
    await page.getByRole('button', { name: '+24 h' }).click();

    await says('See the nudge');
    await page.getByRole('button', { name: /replies/ }).click();

    await says('Resolve it');
    await inCard('Resolve').click();
    await answer(page, 'Outcome', 'Coaching given');
    await answer(page, 'What the agent can tell the customer', 'A new visit is booked.');
    await dialog(page).getByRole('button', { name: 'Resolve' }).click();

    expect(await says('What the agent sees')).toContain('Amira Haddad');
    await become(page, 'Amira Haddad');
    await openChannel(page, 'Warmline', { unread: true });
    await page.getByRole('main').getByText('A new visit is booked.').waitFor();

    await says('That was the whole round');
    await page.getByRole('button', { name: 'Finish' }).click();
    await tour().waitFor({ state: 'detached' });
  });
});
