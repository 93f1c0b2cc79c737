import type { Browser } from 'playwright-core';
import type { Workspace } from '../../sandbox/workspace';
import { dialog, guide, home, press, shows } from './guide';

/** Two rows that can be imported, and two that cannot. */
const SPS = `sp_account,name,area,phone,email,status
SP100275,Cascade Appliance Repair,West,+1 415-555-0199,dispatch@cascade-appliance-repair.example,active
SP900001,Harbor Light Plumbing,Centrl,+1 312-555-0101,office@harbor-light.example,active
SP900002,Bluebird Electric,East,+1 617-555-0102,office(at)bluebird,active
SP900003,Northgate Heating,Central,+1 312-555-0103,office@northgate-heating.example,active
`;

/** The result of a quarter of work, and what an import would change. */
export async function pictureFigures(workspace: Workspace, browser: Browser, folder: string): Promise<void> {
  const { open, keep } = guide(workspace, browser, folder);
  const ada = await open('ada');
  await press(ada, 'Figures');
  await ada.locator('.app-home img[alt*="wait"]').first().waitFor();
  await keep(ada, home(ada), 'figures', 8);

  const dana = await open('dana', 'am-west');
  const cards = dana
    .getByRole('main')
    .getByRole('article')
    .filter({ has: dana.locator('select') });
  const card = cards.filter({ hasText: 'Cascade Appliance Repair' }).last();
  await card.locator('select').selectOption({ label: 'Scorecard' });
  await dialog(dana).getByText('Last 90 days').waitFor();
  await dialog(dana).locator('img').first().waitFor();
  await keep(dana, dialog(dana), 'scorecard');

  await press(ada, 'Admin');
  await ada.getByLabel('Choose what to see').selectOption({ label: 'Import' });
  await press(ada, 'Import a file');
  await dialog(ada).getByLabel('What it holds').selectOption({ label: 'SPs' });
  await dialog(ada)
    .getByLabel('CSV file')
    .setInputFiles({ name: 'sps.csv', mimeType: 'text/csv', buffer: Buffer.from(SPS) });
  await dialog(ada).getByText('sps.csv').waitFor();
  await dialog(ada).getByRole('button', { name: 'Check the file' }).click();
  await dialog(ada).getByText('You get a direct message').waitFor();
  const told = await open('ada', 'app/messages');
  const report = told.getByRole('main').getByRole('article').filter({ hasText: 'nothing is written yet' });
  await shows(told, /nothing is written yet/);
  await keep(told, report, 'import-report');
}
