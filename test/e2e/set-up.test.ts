import type { Page } from 'playwright-core';
import { type Demo, startPages } from '../support/browser';
import { type Answers, chooseIn, dialog, fill, goTo, row, save } from '../support/by-hand';

const SPS = `sp_account,name,area,phone,email,status
SP100275,Cascade Appliance Repair,West,,,active
SP100345,Sierra Home Services,South,,,active
`;

describe('a new workspace, with an empty database', () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await startPages({ empty: true });
  });
  afterAll(() => demo.stop());

  const main = (page: Page) => page.getByRole('main');
  const press = (page: Page, name: string) => main(page).getByRole('button', { name, exact: true }).click();
  const shows = (page: Page, words: string | RegExp) => main(page).getByText(words).first().waitFor();
  const heading = (page: Page, name: string | RegExp) => main(page).getByRole('heading', { name }).waitFor();

  async function addArea(page: Page, answers: Answers): Promise<void> {
    await press(page, 'Add an area');
    await fill(page, answers);
    await save(page, 'Add');
    await row(page, String(answers.Name)).waitFor();
  }
  /** Opens the window of a row's button, answers its question, saves, and waits until the row shows it. */
  async function set(page: Page, words: string, button: string, question: string, value: string): Promise<void> {
    await row(page, words).getByRole('button', { name: button }).click();
    await fill(page, { [question]: value });
    await save(page);
    await row(page, words).getByText(value).first().waitFor();
  }
  async function dropFile(page: Page): Promise<void> {
    await press(page, 'Import a file');
    const file = { name: 'sps.csv', mimeType: 'text/csv', buffer: Buffer.from(SPS) };
    await dialog(page).locator('input[type=file]').setInputFiles(file);
    await dialog(page).getByRole('button', { name: 'Remove' }).waitFor();
    await dialog(page).getByRole('button', { name: 'Check the file' }).click();
    await dialog(page).getByText('is checking the file').waitFor();
    await dialog(page).getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('tab', { name: 'Messages' }).click();
    await shows(page, /South is not an area/);
    await press(page, 'Import the valid row');
    await shows(page, '1 added, 0 changed, 0 unchanged. 1 row is bad and left out.');
    await page.getByRole('tab', { name: 'Home' }).click();
  }

  it("is set up by an admin on Home alone, and takes an agent's report to its end", async () => {
    const ada = await demo.open('ada', { at: 'home' });
    await press(ada, 'Set up');
    await heading(ada, 'Set up: 0 of 6 done');
    await row(ada, 'Areas').getByRole('button', { name: 'Go there' }).click();
    await shows(ada, /There is no area yet/);
    const people = { 'Area Manager': 'Dana Whitfield', Deputy: 'Tom Alvarez' };
    await addArea(ada, { Name: 'West', 'Time zone': 'America/Los_Angeles', Channel: 'am-west', ...people });

    await press(ada, 'Go there');
    await heading(ada, 'Channels');
    await set(ada, 'Fallback', 'Set', 'Fallback channel', 'warmline-unrouted');
    await set(ada, 'Risk', 'Set', 'Risk channel', 'risk-desk');
    // The next two are need-to-know channels that the admin is not in.
    await set(ada, 'Leadership', 'Set', 'Leadership channel', 'leadership-desk');
    await set(ada, 'Provider Advocate', 'Set', 'Provider Advocate channel', 'provider-advocates');

    await press(ada, 'Go there');
    await heading(ada, 'People and roles');
    await set(ada, 'Risk team', 'Change', 'People', 'Rosa Mendes');
    await set(ada, 'Provider Advocates', 'Change', 'People', 'Pat Nakamura');

    await press(ada, 'Go there');
    await heading(ada, 'SPs (0)');
    await dropFile(ada);
    await heading(ada, 'SPs (1)');
    await press(ada, 'Look');
    await dialog(ada).getByText('4 hours of opening hours').first().waitFor();
    await save(ada, 'Keep it');
    await shows(ada, /5 of 6 done/);

    const amira = await demo.open('amira', { at: 'home' });
    await shows(amira, /^Nothing yet/);
    await press(amira, 'SP feedback');
    await fill(amira, { 'SP Account Number': 'SP100275', 'SJ Number': '556677' });
    await fill(amira, {
      'Reason For Feedback': 'SP Feedback from Customer: Negative',
      'Negative Customer Feedback': 'Missed appointment',
      "Details of Customer's Experience with SP": 'Nobody came on Tuesday.',
    });
    await dialog(amira).getByText('Area West').waitFor();
    await save(amira, 'Submit');
    const told = await demo.workspace.as('amira').waitForDm(({ content }) => content.includes('is filed'));
    const ref = /SPF-\d{6}/.exec(told.content)?.[0] ?? '';
    await row(amira, ref).getByText('@Dana Whitfield').waitFor();

    const dana = await demo.open('dana', { at: 'home' });
    await chooseIn(dana, ref, 'Acknowledge');
    await row(dana, ref)
      .getByText(/Next update/)
      .waitFor();
    await chooseIn(dana, ref, 'Resolve');
    await fill(dana, { Outcome: 'Coaching given', 'What the agent can tell the customer': 'A new visit is booked.' });
    await save(dana, 'Resolve');
    await shows(dana, /^Nothing waits for you/);
    await row(amira, ref)
      .getByText(/Coaching given.*A new visit is booked/s)
      .waitFor();

    await press(ada, 'Admin');
    await shows(ada, /Nothing waits for you, and everything is set up/);
    await press(ada, 'Look');
    await dialog(ada).getByText('Do this first').waitFor();
    await save(ada, 'Done');
  });

  it('lets no admin overwrite what another one changed meanwhile', async () => {
    const [ada, olu] = [await demo.open('ada', { at: 'home' }), await demo.open('olu', { at: 'home' })];
    await press(ada, 'Admin');
    await goTo(ada, 'Areas');
    await addArea(ada, { Name: 'East', 'Time zone': 'America/New_York', Deputy: 'Tom Alvarez' });
    await press(olu, 'Admin');
    await goTo(olu, 'Areas');
    for (const page of [olu, ada]) {
      await chooseIn(page, 'East', 'Change');
      await dialog(page).getByRole('heading', { name: 'Change an area' }).waitFor();
    }
    await fill(ada, { Deputy: 'Priya Raman' });
    await save(ada);
    await row(ada, 'East').getByText('Priya Raman').waitFor();

    await fill(olu, { 'Area Manager': 'Marcus Bell' });
    await dialog(olu).getByRole('button', { name: 'Save' }).click();
    const told = dialog(olu).getByText(/Someone else changed this in the meantime.*Ada Lindqvist.*Priya Raman/s);
    await told.waitFor();
    expect(await row(ada, 'East').innerText()).not.toContain('Marcus Bell');
    await save(olu);
    await row(olu, 'East').getByText('Marcus Bell').waitFor();
    expect(await row(olu, 'East').innerText()).toContain('Priya Raman');
  });
});
