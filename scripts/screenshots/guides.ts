import type { Browser, Page } from 'playwright-core';
import type { Workspace } from '../../sandbox/workspace';
import { dialog, guide, home, press, shows } from './guide';

/** What a new workspace asks its first admin. */
export async function pictureSetUp(workspace: Workspace, browser: Browser, folder: string): Promise<void> {
  const { open, keep } = guide(workspace, browser, folder);
  const page = await open('ada');
  await press(page, 'Set up');
  await shows(page, 'Set up: 0 of 6 done');
  await keep(page, home(page), 'admin-set-up', 9);
}

/** The parts of the admin tab, the search, and what an agent sees: for the guides. */
export async function pictureGuides(workspace: Workspace, browser: Browser, folder: string): Promise<void> {
  const { open, keep } = guide(workspace, browser, folder);
  const ada = await open('ada');
  await press(ada, 'Admin');
  await shows(ada, 'Waiting for an admin');
  await keep(ada, home(ada), 'admin-overview');
  await press(ada, 'Look');
  await keep(ada, dialog(ada), 'admin-set-up-end');
  await dialog(ada).getByRole('button', { name: 'Later' }).click();
  const part = async (label: string, words: string | RegExp, name: string, blocks?: number) => {
    await ada.getByLabel('Choose what to see').selectOption({ label });
    await shows(ada, words);
    await keep(ada, home(ada), name, blocks);
  };
  await part('Review', /^EXC-/, 'admin-review');
  await part('Without an area', /is not in the directory/, 'admin-unrouted');
  await part('Failed messages', /is archived/, 'admin-failed');
  await part('Areas', /^Areas \(/, 'admin-areas');
  await part('SPs', /^SPs \(/, 'admin-sps', 8);
  await part('People and roles', /^Risk team/, 'admin-people');
  await part('Covers', 'Calendars', 'admin-covers');
  await part('Channels', /^Leadership/, 'admin-channels');
  await part('Answer options', 'Missed appointment', 'admin-options', 9);
  await changePolicy(ada, keep);
  await part('Admin history', /^Policy$/, 'admin-history', 8);
  await part('Health', /Last tick/, 'admin-health');
  await pictureSearch(ada, keep);

  const amira = await open('amira');
  await shows(amira, 'A question for you');
  await keep(amira, home(amira), 'home-agent', 11);
  await press(amira, 'My reports');
  await shows(amira, /filed Today/);
  await keep(amira, home(amira), 'my-reports', 6);
  const dana = await open('dana');
  await shows(dana, 'Yours to answer');
  await keep(dana, home(dana), 'home-manager');
  await pictureFirstDays({ open, keep }, dana);
}

/** What an agent sees in the first two minutes, and an Area Manager on the first day. */
async function pictureFirstDays({ open, keep }: ReturnType<typeof guide>, dana: Page): Promise<void> {
  await press(dana, 'Cover …');
  await keep(dana, dialog(dana), 'manager-cover');
  await dialog(dana).getByRole('button', { name: 'Connect …' }).click();
  await dialog(dana).getByText('Which entries are absences?').waitFor();
  await keep(dana, dialog(dana), 'manager-calendar');

  const card = await open('dana', 'am-west');
  await card.getByRole('button', { name: 'Details' }).first().click();
  await keep(card, dialog(card), 'card-details');

  const agent = await open('amira', 'call-floor');
  const composer = agent.getByRole('textbox', { name: 'Message #call-floor' });
  const type = async (text: string) => {
    await composer.fill(text);
    await composer.press('Enter');
  };
  await type('/warmline help');
  const help = agent.getByRole('main').getByRole('article').filter({ hasText: 'How to use Warmline' });
  await help.waitFor();
  await keep(agent, help, 'agent-help');
  await type('/sp-feedback SP100275 556613 on time, the best visit in years');
  await dialog(agent).getByText('Area West').waitFor();
  await dialog(agent).getByRole('button', { name: 'Submit' }).click();
  const filed = agent.getByRole('main').getByRole('article').filter({ hasText: 'is filed (SJ 556613)' });
  await filed.waitFor();
  await keep(agent, filed, 'agent-filed');
  await type('/leadership SP100275 556614');
  await dialog(agent).getByText('Area West').waitFor();
  await dialog(agent).getByRole('radio', { name: 'Agrees to wait for a follow-up' }).check();
  await dialog(agent)
    .getByLabel(/^Summary/)
    .fill('The installer promised a refund in March.');
  await dialog(agent).getByRole('button', { name: 'Add sensitive issues' }).click();
  await dialog(agent).getByRole('combobox', { name: 'Sensitive issues' }).fill('Slander');
  await dialog(agent).getByRole('option', { name: 'Slander' }).click();
  await dialog(agent).getByText('Page 1 of 3').waitFor();
  await dialog(agent).getByRole('button', { name: 'Next' }).click();
  await dialog(agent).getByText('Page 2 of 3').waitFor();
  await keep(agent, dialog(agent), 'form-interview');
}

type Keep = ReturnType<typeof guide>['keep'];

/** The list of clocks, one of them in its window, and the effect of a change, which is then saved. */
async function changePolicy(page: Page, keep: Keep): Promise<void> {
  await page.getByLabel('Choose what to see').selectOption({ label: 'Policies' });
  await shows(page, 'Acknowledge, SP feedback, low');
  await keep(page, home(page), 'admin-policies', 9);
  const row = page.locator('.bk-section').filter({ hasText: 'Acknowledge, SP feedback, every other severity' });
  await row.getByRole('button', { name: 'Change' }).click();
  await dialog(page).getByLabel('How long').fill('3 h');
  await keep(page, dialog(page), 'admin-policy-form');
  await dialog(page).getByRole('button', { name: 'Review the change' }).click();
  await dialog(page).getByText('What would change').first().waitFor();
  await keep(page, dialog(page), 'admin-policy-diff');
  await dialog(page).getByRole('button', { name: 'Try it out' }).click();
  await dialog(page).getByLabel('Kind of case').selectOption({ label: 'SP feedback' });
  await dialog(page).getByLabel('Severity').selectOption({ label: 'normal' });
  await dialog(page).getByLabel('Area').selectOption({ label: 'West' });
  await dialog(page).getByRole('button', { name: 'Show who is told' }).click();
  await dialog(page).getByText('With the change').first().waitFor();
  await keep(page, dialog(page), 'policy-simulator');
  await dialog(page).getByRole('button', { name: 'Back' }).first().click();
  await dialog(page).getByText('What would change').first().waitFor();
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

/** The results of a search, with the button that exports them. */
async function pictureSearch(page: Page, keep: Keep): Promise<void> {
  await press(page, 'My desk');
  await press(page, 'Search …');
  await dialog(page).getByLabel('SP Account Number').fill('SP100386');
  await dialog(page).getByRole('button', { name: 'Search' }).click();
  await dialog(page).getByRole('button', { name: 'Export CSV' }).waitFor();
  await keep(page, dialog(page), 'search-export');
  await dialog(page).getByRole('button', { name: 'Close' }).last().click();
}
