import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { startDemo } from '../../sandbox/demo';
import type { Workspace } from '../../sandbox/workspace';
import type { WarmlineApp } from '../../src/app';
import { door } from './door';
import { freshDatabase } from './engine';
import { workdayClock } from './world';

const BUILT_PAGE = join(__dirname, '../../sandbox/page/dist/index.html');
const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Where the page stores the state of its tour, and the value once it was dismissed. */
const TOUR = 'warmline.tour';
const DISMISSED = '{"step":-1}';
/** How long a page may take for one thing, ms: only a busy machine comes close. */
const PATIENCE_MS = 20_000;
jest.setTimeout(90_000);

/** The whole demo with a browser. */
export interface Demo {
  readonly workspace: Workspace;
  readonly app: WarmlineApp;
  /** Opens the page as this person, in a separate browser profile. The tour is hidden by default. */
  open(user: string, options?: OpenOptions): Promise<Page>;
  /** Reloads an open page as this person: much cheaper than another browser profile. */
  visit(page: Page, user: string, options?: VisitOptions): Promise<void>;
  /** Requests that the page sent to any other host. */
  readonly strayRequests: readonly string[];
  /** Stops everything. Throws if a page broke, or sent a request to another host. */
  stop(): Promise<void>;
}

export interface VisitOptions {
  /** Whether they see the tour, like someone who comes for the first time; by default it is dismissed. */
  readonly tour?: boolean;
  /** A channel's name, or `home`, `messages`, `about` of the app. */
  readonly at?: string;
}
export type OpenOptions = BrowserContextOptions & VisitOptions;

/**
 * Starts the demo on a free port with its own database, and a browser. The page must have been built before. `empty`: a
 * workspace without set-up.
 */
export async function startPages({ empty = false } = {}): Promise<Demo> {
  if (!existsSync(BUILT_PAGE))
    throw new Error(
      'The page is not built. Run `npm run build:page`, then these tests again (./scripts/test does both).',
    );
  const stops: (() => Promise<unknown>)[] = [];
  const stopAll = async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  };
  try {
    return await start(stops, stopAll, empty);
  } catch (error) {
    await stopAll();
    throw error;
  }
}

async function start(stops: (() => Promise<unknown>)[], stopAll: () => Promise<void>, empty: boolean): Promise<Demo> {
  const dataDir = await mkdtemp(join(tmpdir(), 'warmline-e2e-'));
  stops.push(() => rm(dataDir, { recursive: true, force: true }));
  const database = await freshDatabase();
  stops.push(() => database.drop());
  const way = await door(database.uri);
  way.open();
  stops.push(() => way.close());
  const { workspace, app } = await startDemo({
    reset: false,
    play: false,
    empty,
    port: 0,
    dataDir,
    clock: workdayClock(),
    database: { uri: way.uri, setDown: async (down) => (down ? way.shut() : way.open()) },
    onStop: (stop) => stops.push(stop),
    say: () => undefined,
  });
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_ARGS });
  stops.push(() => browser.close());
  const faults: string[] = [];
  const strayRequests: string[] = [];

  return {
    workspace,
    app,
    strayRequests,
    async open(user, { tour = false, at, ...options } = {}) {
      const context = await newContext(browser, workspace.url, options, tour);
      watch(context, workspace.url, faults, strayRequests);
      const page = await context.newPage();
      await page.goto(`${workspace.url}/${addressOf(workspace, user, at)}`);
      await page.getByLabel('Acting as').waitFor();
      return page;
    },
    async visit(page, user, { tour = false, at } = {}) {
      await page.evaluate(`localStorage.setItem('${TOUR}', '${tour ? '{}' : DISMISSED}')`);
      await page.goto(`${workspace.url}/${addressOf(workspace, user, at)}`);
      await page.reload(); // another address of the same page does not reload it
      await page.getByLabel('Acting as').waitFor();
    },
    async stop() {
      await stopAll();
      const found = [...faults, ...strayRequests.map((url) => `asked another host: ${url}`)];
      if (found.length) throw new Error(`The page misbehaved:\n${found.join('\n')}`);
    },
  };
}

async function newContext(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions,
  tour: boolean,
): Promise<BrowserContext> {
  const dismissed = { origin, localStorage: [{ name: TOUR, value: DISMISSED }] };
  const context = await browser.newContext({
    viewport: { width: 1280, height: 720 },
    ...(tour ? {} : { storageState: { cookies: [], origins: [dismissed] } }),
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

function watch(context: BrowserContext, home: string, faults: string[], stray: string[]): void {
  context.on('request', (request) => {
    const url = request.url();
    if (!/^(data|blob):/.test(url) && new URL(url).host !== new URL(home).host) stray.push(url);
  });
  context.on('weberror', (error) => faults.push(`an error was thrown: ${error.error().message}`));
}

function addressOf({ ids }: Workspace, user: string, at: string | undefined): string {
  const place = at === undefined ? '' : ids.channels[at] ? `/${ids.channels[at]}` : `/app/${at}`;
  return `#/${ids.users[user] ?? ''}${place}`;
}

/** CHROMIUM_PATH, else the first browser with a usual name on the PATH. */
function chromiumPath(): string {
  const named = process.env.CHROMIUM_PATH;
  if (named) return named;
  for (const name of CHROMIUM_NAMES) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8' }).trim();
    } catch (error) {
      if (!(error instanceof Error && 'status' in error)) throw error;
    }
  }
  throw new Error('No Chromium was found. Install one, or set CHROMIUM_PATH to it.');
}
