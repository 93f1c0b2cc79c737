import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { startDemo } from '../sandbox/demo';
import { createClock, type Workspace } from '../sandbox/workspace';
import { fileSomeReports } from './screenshots/cases';
import { pictureFigures } from './screenshots/figures';
import { drawn } from './screenshots/guide';
import { pictureGuides, pictureSetUp } from './screenshots/guides';
import { fileAQuarter } from './screenshots/quarter';

const ALL = join(__dirname, '../.cache/screenshots');
const README = join(__dirname, '../docs/images');
const PAGE = join(__dirname, '../sandbox/page/dist/index.html');
/** Tuesday, November 3, 2026, 10:20 AM in Chicago: the pictures look the same whenever they are taken. */
const AT = Date.parse('2026-11-03T16:20:00Z');
const WEEK = 7 * 24 * 60 * 60_000;

const WIDE: BrowserContextOptions = { viewport: { width: 1280, height: 720 }, colorScheme: 'light' };
const DARK: BrowserContextOptions = { ...WIDE, colorScheme: 'dark' };
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, colorScheme: 'light' };
type Clip = NonNullable<Parameters<Page['screenshot']>[0]>['clip'];

/** The main screens of the demo as pictures: all in .cache/screenshots, those of README and guides in docs/images. */
async function main(): Promise<void> {
  if (!existsSync(PAGE)) throw new Error('The page is not built. Run `npm run build:page` first.');
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH || execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });
  try {
    await mkdir(ALL, { recursive: true });
    await mkdir(README, { recursive: true });
    await inDemo({ empty: false }, ({ workspace }) => take(workspace, browser));
    await inDemo({ empty: true }, ({ workspace }) => pictureSetUp(workspace, browser, README));
    await inDemo({ empty: false }, async ({ workspace, app }) => {
      await fileSomeReports(workspace, app);
      await pictureGuides(workspace, browser, README);
    });
    await inDemo({ empty: false, at: AT - 11 * WEEK }, async ({ workspace, app }) => {
      await fileAQuarter(workspace, app);
      await pictureFigures(workspace, browser, README);
    });
    console.log(`Screenshots are in ${ALL}; those of README and guides are in ${README}.`);
  } finally {
    await browser.close();
  }
}

/** A separate demo for a set of pictures. */
async function inDemo(
  { empty, at = AT }: { readonly empty: boolean; readonly at?: number },
  use: (demo: Awaited<ReturnType<typeof startDemo>>) => Promise<void>,
): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'warmline-screenshots-'));
  const stops: (() => Promise<unknown>)[] = [() => rm(dataDir, { recursive: true, force: true })];
  try {
    const clock = createClock();
    await clock.advance(at - +clock.now());
    // Slack's waits do not matter for pictures.
    const timing = { postIntervalMs: 0, tierPerMinute: 'off', settleMs: 100 } as const;
    const common = { timing, reset: true, play: false, port: 0, dataDir, clock, say: () => undefined };
    await use(await startDemo({ ...common, empty, onStop: (stop) => stops.push(stop) }));
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

/** Opens the page of the workspace as someone, at a place. */
const opening =
  (workspace: Workspace, browser: Browser) =>
  async (user: string, place: string, look = WIDE, tour = false): Promise<Page> => {
    const dismissed = { origin: workspace.url, localStorage: [{ name: 'warmline.tour', value: '{"step":-1}' }] };
    const context = await browser.newContext({
      ...look,
      ...(tour ? {} : { storageState: { cookies: [], origins: [dismissed] } }),
    });
    const page = await context.newPage();
    const { users, channels } = workspace.ids;
    await page.goto(`${workspace.url}/#/${users[user]}/${channels[place] ?? `app/${place}`}`);
    await page.getByLabel('Acting as').waitFor();
    await page.evaluate('document.fonts.ready.then(() => undefined)');
    return page;
  };

async function take(workspace: Workspace, browser: Browser): Promise<void> {
  const open = opening(workspace, browser);
  const shot = async (page: Page, name: string, folder = ALL, clip?: Clip): Promise<void> => {
    await drawn(page);
    await page.screenshot({ path: join(folder, `${name}.png`), ...(clip && { clip }) });
  };

  const first = await open('amira', 'call-floor', WIDE, true);
  await first.getByRole('heading', { name: 'File feedback' }).waitFor();
  await shot(first, 'first-look');

  const agent = await open('amira', 'call-floor');
  await openForm(agent);
  await shot(agent, 'form');
  await shot(agent, 'form', README);
  await agent.getByRole('button', { name: 'Submit' }).click();
  await agent.getByText(/is filed/).waitFor();
  await shot(agent, 'filed');

  const manager = await open('dana', 'am-west');
  await manager.getByRole('button', { name: 'Acknowledge' }).waitFor();
  await shot(manager, 'card');
  await shot(manager, 'card', README, { x: 246, y: 205, width: 780, height: 410 });
  await manager.getByRole('button', { name: 'Acknowledge' }).click();
  await manager.getByRole('button', { name: 'Change next update' }).waitFor();
  await shot(manager, 'acknowledge');
  await manager.getByRole('button', { name: '1 reply' }).click();
  const reply = manager.getByRole('textbox', { name: 'Reply…' });
  await reply.fill('Spoke to the technician: his van broke down. He can be there at nine tomorrow.');
  await reply.press('Enter');
  await manager.getByRole('main').getByText('1 note').waitFor();
  await shot(manager, 'thread');
  const dark = await open('dana', 'am-west', DARK);
  await dark.getByText('1 note').waitFor();
  await shot(dark, 'card-dark');

  const home = await open('dana', 'home');
  await home.getByRole('heading', { name: 'Yours to answer' }).waitFor();
  await shot(home, 'home');
  const dm = await open('amira', 'messages');
  await dm.getByText('is on your report').waitFor();
  await shot(dm, 'dm');
  await dm.getByRole('button', { name: 'Traffic' }).click();
  await dm.getByLabel('Search traffic').fill('chat.postMessage');
  await dm
    .getByRole('button', { name: /chat\.postMessage/ })
    .first()
    .click();
  await shot(dm, 'traffic');
  await dm.getByRole('button', { name: 'Faults' }).click();
  await shot(dm, 'faults');

  const phone = await open('dana', 'am-west', PHONE);
  await phone.getByText('1 note').waitFor();
  await shot(phone, 'phone-card');
  const phoneForm = await open('ben', 'call-floor', PHONE);
  await openForm(phoneForm);
  await shot(phoneForm, 'phone-form');
  const phoneTour = await open('ben', 'call-floor', PHONE, true);
  await phoneTour.getByRole('complementary', { name: 'Guided tour' }).waitFor();
  await shot(phoneTour, 'phone-tour');
}

async function openForm(page: Page): Promise<void> {
  const composer = page.getByRole('textbox', { name: 'Message #call-floor' });
  await composer.fill('/sp-feedback SP100275 556677');
  await composer.press('Enter');
  const form = page.getByRole('dialog');
  await form.getByText('Area West').waitFor();
  await form.getByRole('button', { name: 'SP Feedback from Customer: Negative' }).click();
  await form.getByRole('button', { name: 'Missed appointment' }).click();
  await form
    .getByLabel(/^Details/)
    .fill('Booked for Tuesday between 8 and 12. Nobody came and nobody called; the freezer is warm by now.');
  await form.getByText('I am sorry. I will pass this on.').waitFor();
  // Scroll down to who gets it.
  await form.getByLabel('Form', { exact: true }).evaluate((body) => body.scrollTo(0, body.scrollHeight));
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
