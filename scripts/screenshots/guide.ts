import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import type { Workspace } from '../../sandbox/workspace';

/** Wide enough for a Home as Slack draws it, and high enough for a whole part. */
const SIZE = { width: 1000, height: 1400 };

/** What all pictures of a guide need: who looks, and how a picture is saved. */
export function guide(workspace: Workspace, browser: Browser, folder: string) {
  const open = async (user: string, at = 'app/home'): Promise<Page> => {
    const place = workspace.ids.channels[at] ?? at;
    const dismissed = { origin: workspace.url, localStorage: [{ name: 'warmline.tour', value: '{"step":-1}' }] };
    const storageState = { cookies: [], origins: [dismissed] };
    const context = await browser.newContext({ viewport: SIZE, colorScheme: 'light', storageState });
    const page = await context.newPage();
    await page.goto(`${workspace.url}/#/${workspace.ids.users[user]}/${place}`);
    await page.getByLabel('Acting as').waitFor();
    await page.evaluate('document.fonts.ready.then(() => undefined)');
    return page;
  };
  /** Saves what is on screen as docs/images/NAME.png; for a Home, the first blocks if a number is given. */
  const keep = async (page: Page, what: Locator, name: string, blocks?: number): Promise<void> => {
    await drawn(page);
    const box = await what.boundingBox();
    const last = blocks
      ? await what
          .locator('> *')
          .nth(blocks - 1)
          .boundingBox()
      : box;
    if (!box || !last) throw new Error(`There is less to show than ${name}.png asks for.`);
    const margin = (await what.evaluate(({ tagName }) => /DIALOG|ARTICLE/.test(tagName))) ? 0 : 12;
    const clip = { x: box.x - margin, y: box.y - margin, width: box.width + 2 * margin, height: 0 };
    clip.height = last.y + last.height + margin - clip.y;
    await page.screenshot({ path: join(folder, `${name}.png`), clip });
  };
  return { open, keep };
}

/** Waits for the blocks whose drawing is loaded late: until then each is a mere "…". */
export const drawn = (page: Page): Promise<void> =>
  page
    .locator('body')
    .filter({ hasNot: page.locator('.bk-loading') })
    .waitFor();
export const home = (page: Page): Locator => page.locator('.app-home .bk').first();
export const dialog = (page: Page): Locator => page.getByRole('dialog').last();
export const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('main').getByRole('button', { name, exact: true }).first().click();
export const shows = (page: Page, words: string | RegExp): Promise<void> =>
  page.getByRole('main').getByText(words).and(page.locator(':visible')).first().waitFor();
