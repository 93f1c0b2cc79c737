import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebClient } from '@slack/web-api';
import type { MailServer } from '../../sandbox/mail';
import type { Actor } from '../../sandbox/workspace';
import { RESTRICTED_KINDS, readingRoles } from '../../src/domain/access';
import { COMMANDS } from '../../src/domain/commands';
import type { Role } from '../../src/domain/role';
import { TARGETS } from '../../src/domain/targets';
import { JOBS } from '../../src/jobs/schedule';
import { PARTS } from '../../src/listeners/home/admin/parts';
import { TABS } from '../../src/listeners/home/tabs';
import type { StoredCase } from '../../src/services/ports/cases';
import { type CaseWork, DAY } from '../support/case-work';
import { MARKED, MARKER, markerOf, seenBy, startMarkedWork } from '../support/marked-work';
import type { Receiver } from '../support/receiver';
import { cardIn } from '../support/reports';
import type { World } from '../support/world';
import type { Records } from './records';

/** The readers of each need-to-know kind, and their role. */
const READERS: Readonly<Record<string, Role>> = { rosa: 'risk', pat: 'provider_advocate', sam: 'leadership' };

/** None of these reads any need-to-know kind: agent, Area Managers, deputy, admin. */
const OUTSIDERS = ['ben', 'dana', 'tom', 'priya', 'ada'];
const OPEN_CHANNELS = ['call-floor', 'am-west', 'am-east', 'warmline-unrouted', 'admin-review', 'recognition'];

/** What is typed after each command. */
const LOOKUPS = ['ACC100', '950001', 'HRR-000001'];
const TYPED: Readonly<Record<string, readonly string[]>> = {
  '/sp-feedback': ['ACC100 950001'],
  '/high-risk': ['ACC100 950001'],
  '/leadership': ['ACC100 950001'],
  '/escalate': ['ACC100 950001'],
  '/provider-report': ['ACC100 950001'],
  '/sp-contact': ['950001'],
  '/case': [...LOOKUPS, '950002', '950003', 'nothing'],
  '/sp': ['ACC100', 'Ace'],
  '/who': ['West'],
  '/warmline': ['help', 'search', `search ${MARKER}*`, 'search ACC100', 'preferences', 'cover', 'apply-policy'],
};

/** What was sent by each target, as text. */
const SENT: Readonly<Record<string, () => string | Promise<string>>> = {
  'slack-channel': () => OPEN_CHANNELS.map((name) => JSON.stringify(threadsOf(name))).join(''),
  'slack-person': () => OUTSIDERS.map((name) => JSON.stringify(as(name).dm())).join(''),
  'user-group': () => '', // the DMs of its members
  email: () => JSON.stringify(mail.mails),
  webhook: () => JSON.stringify(crm.received),
  directory: async () => JSON.stringify([...(await world.app.jobDeps.standings.all(['ACC100'])).values()]),
  case: async () => '', // moves of that case: threads and DMs above
  'access-log': () => '', // on Home
};

let work: CaseWork;
let world: World;
let records: Records;
let mail: MailServer;
let crm: Receiver;
let stop: () => Promise<void>;
const filed: StoredCase[] = [];

const as = (name: string): Actor => world.workspace.as(name);
const threadsOf = (name: string) => world.workspace.messages(name).map(({ ts }) => world.workspace.thread(name, ts));

beforeAll(async () => {
  ({ work, mail, crm, stop } = await startMarkedWork());
  ({ world, records } = work);
  await work.file(as('amira')); // open to its area: what searches and exports find
});
afterAll(() => stop());

const expectNone = (text: string) => expect(text.includes(MARKER) ? text : '').toBe('');

it.each(RESTRICTED_KINDS)('a marked case of the kind %s is filed, and its team reads the marker', async (kind) => {
  const { by, file } = MARKED[kind] ?? {};
  if (!file || !by) throw new Error(`No marked case of the kind ${kind} is filed here: add it to MARKED.`);
  const stored = await file(work);
  const card = cardIn(world, stored, 'main');
  expect(card.content).toContain(MARKER);
  await as(by).say(`${markerOf(kind)} in the thread`, card.channel, card.ts);
  await world.settled();
  filed.push(stored);
});

it('what follows from a marked case is marked, too: its outcome, what the SP is told, the reason to end it', async () => {
  const [stored] = filed.filter(({ kind }) => kind === 'high_risk');
  if (!stored) throw new Error('There is no high-risk report.');
  const [rosa, card] = [as('rosa'), async () => cardIn(world, await records.of(stored.ref), 'main')];
  await work.open(rosa, 'Resolve', await card());
  await rosa.fill({ Outcome: 'Warning issued' });
  await rosa.waitForModal(({ labels }) => labels.includes('On notice until'));
  await rosa.fill({
    'On notice until': new Date(+world.clock.now() + 3 * DAY),
    'Check that it worked': 'In 7 days',
    'What the agent can tell the customer': `${MARKER} for the customer`,
  });
  expect(await rosa.submit()).toEqual({ closed: true });
  await world.settled();
  for (const [button, entries] of [
    ['Tell the SP', { 'What the SP is told': `${MARKER} for the SP` }],
    ['Lift suspension or ban', { Reason: `${MARKER} is the reason` }],
  ] as const)
    expect(await work.make(rosa, button, await card(), entries)).toEqual({ closed: true });
  const thread = world.workspace.thread((await card()).channel, (await card()).ts);
  for (const words of ['for the customer', 'for the SP', 'is the reason'])
    expect(JSON.stringify(thread)).toContain(`${MARKER} ${words}`);
});

/** Files that go to people, each checked below; those with a whole case go only to people who may read all of it. */
const FILES = [
  'src/listeners/actions/figures-csv.ts',
  'src/listeners/actions/reads-csv.ts',
  'src/listeners/actions/standings-csv.ts',
  'src/listeners/export-record.ts',
  'src/listeners/export-search.ts',
  'src/listeners/import-file.ts',
  'src/listeners/send-table.ts',
];

it('every surface is checked: a new command, target or file has to be listed here', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  const sending = sources.filter((path) =>
    /\b(sendTable|uploadFile)\(deps/.test(readFileSync(join('src', path), 'utf8')),
  );
  expect(sending.map((path) => join('src', path)).sort()).toEqual(FILES);
  expect(COMMANDS.map(({ name }) => name).sort()).toEqual(Object.keys(TYPED).sort());
  expect(TARGETS.map(({ name }) => name).sort()).toEqual(Object.keys(SENT).sort());
});

it.each(OUTSIDERS)('no command tells %s', async (name) => {
  const actor = as(name);
  for (const [command, texts] of Object.entries(TYPED))
    for (const text of texts) {
      const seen = await seenBy(actor, () => actor.command(`${command} ${text}`));
      // A search repeats what was typed; it found nothing.
      expectNone(text.includes(MARKER) ? seen.replaceAll(`${MARKER}*`, '') : seen);
    }
});

it('the reason for an access request is only for the team', async () => {
  const dana = as('dana');
  for (const { ref } of filed) {
    const stored = await records.of(ref);
    if (!stored.posts.some(({ id, sent }) => id === 'area' && sent)) continue;
    await dana.press('Ask for access', { in: cardIn(world, stored, 'area') });
    await dana.waitForModal(({ title }) => title === 'Ask for access');
    await dana.fill({ 'Why do you need to read it?': `${MARKER} says so` });
    expect(await dana.submit()).toEqual({ closed: true });
  }
  await world.settled();
});

it.each(Object.keys(READERS))('nothing tells %s about a kind that others read', async (name) => {
  const actor = as(name);
  const others = filed.filter(({ kind, marks }) => {
    const isTheirs = readingRoles(kind).some((role) => role === READERS[name]);
    return !isTheirs && !(marks.includes('sp_at_risk') && name === 'pat');
  });
  expect(others.length).toBeGreaterThan(0);
  const expectNoneOf = (text: string) =>
    expect(others.flatMap(({ kind }) => (text.includes(markerOf(kind)) ? kind : []))).toEqual([]);
  for (const line of ['/sp ACC100', `/warmline search ${MARKER}*`, ...others.map(({ ref }) => `/case ${ref}`)])
    expectNoneOf(await seenBy(actor, () => actor.command(line)));
  await actor.openHome();
  expectNoneOf(JSON.stringify((await actor.waitForHome(({ text }) => text !== '')).text));
});

it.each(OUTSIDERS)('no page of Home tells %s', async (name) => {
  const actor = as(name);
  await actor.openHome();
  await actor.waitForHome();
  const goes = async (go: () => Promise<unknown>, words: string) => {
    const before = JSON.stringify(actor.home());
    await go();
    await world.app.answered();
    await actor
      .waitForHome((home) => JSON.stringify(home) !== before && home.text !== '')
      .catch((error) => {
        throw new Error(`${words}: ${error}`);
      });
    expectNone(JSON.stringify(actor.home()));
  };
  expectNone(JSON.stringify(actor.home()));
  const [first, ...tabs] = TABS.map(({ label }) => label).filter((label) => actor.home().buttons.includes(label));
  /** The page on screen as a file. */
  const downloads = async (button = 'Download CSV') => {
    const before = new Set(actor.dm().flatMap(({ files }) => files));
    const { buttons } = await actor.waitForHome(
      (home) => home.buttons.includes(button) || home.text.includes('Nothing was filed in'),
    );
    if (!buttons.includes(button)) return;
    await actor.press(button, { in: 'home' });
    const { files } = await actor.waitForDm((message) => message.files.some((file) => !before.has(file)));
    expectNone(await textOf(files[0] ?? ''));
  };
  for (const label of first ? tabs : []) {
    await goes(() => actor.press(label, { in: 'home' }), label);
    if (label === 'Figures') await downloads();
  }
  if (name !== 'ada') return;
  const [, ...parts] = PARTS;
  for (const { label } of parts) {
    await goes(() => actor.choose(label, { in: 'home', from: 'Choose what to see' }), label);
    if (label === 'Who read what') await downloads();
    if (label === 'SPs') await downloads('Standings and bans as CSV');
  }
});

it.each(['dana', 'tom'])('no button of a redacted card tells %s', async (name) => {
  const actor = as(name);
  for (const { ref } of filed) {
    const stored = await records.of(ref);
    if (!stored.posts.some(({ id, sent }) => id === 'area' && sent)) continue;
    const card = cardIn(world, stored, 'area');
    for (const button of card.buttons) {
      expectNone(await seenBy(actor, () => actor.press(button, { in: card })));
    }
    for (const option of ['Timeline', 'Scorecard'])
      expectNone(await seenBy(actor, () => actor.choose(option, { in: card })));
  }
});

/** The files that the pictures of a view show. */
const picturesIn = (view: unknown): string[] => [
  ...new Set([...JSON.stringify(view).matchAll(/"slack_file":\{"id":"([^"]+)"/g)].map(([, id = '']) => id)),
];
it('no picture of a chart tells, neither in its text nor in its alternative text or title', async () => {
  const looked: string[] = [];
  const look = async (view: unknown) => {
    expectNone(JSON.stringify(view));
    for (const id of picturesIn(view)) {
      const { botToken, apiUrl } = world.workspace;
      const { file } = await new WebClient(botToken, { slackApiUrl: apiUrl }).files.info({ file: id });
      expectNone(JSON.stringify(file));
      const drawn = await textOf(id);
      expect(drawn).toContain('Description');
      expectNone(drawn);
      looked.push(id);
    }
  };
  const [dana, ada] = [as('dana'), as('ada')];
  await dana.command('/sp ACC100', 'am-west');
  const card = await dana.waitForEphemeral(({ buttons }) => buttons.includes('Show the chart'));
  await dana.press('Show the chart', { in: card });
  await look(await dana.waitForModal((view) => picturesIn(view).length > 0));
  await dana.close({ all: true });
  await ada.openHome();
  await ada.press('Figures', { in: 'home' });
  await look(await ada.waitForHome((home) => picturesIn(home).length > 0));
  expect(looked.length).toBeGreaterThan(1);
});

it.each(OUTSIDERS)('no export tells %s', async (name) => {
  const actor = as(name);
  await actor.command('/warmline search told');
  // Ben and Priya find nothing to export.
  const finds = ['dana', 'tom', 'ada'].includes(name);
  const window = await actor.waitForModal(
    ({ title, buttons }) => title !== '' && (!finds || buttons.includes('Export CSV')),
  );
  expect(window.buttons.includes('Export CSV')).toBe(finds);
  if (finds) {
    await actor.press('Export CSV');
    const { files } = await actor.waitForDm((message) => message.files.length > 0);
    expectNone(await textOf(files[0] ?? ''));
  }
  await actor.close({ all: true });
});
async function textOf(id: string): Promise<string> {
  const { botToken, apiUrl } = world.workspace;
  const { file } = await new WebClient(botToken, { slackApiUrl: apiUrl }).files.info({ file: id });
  const response = await fetch(file?.url_private_download ?? '', { headers: { authorization: `Bearer ${botToken}` } });
  return response.text();
}

it('nor does any job, however late the cases get, nor any other output: channels, DMs, mails, webhooks', async () => {
  for (const days of [1, 7]) await world.pass(days * DAY);
  await world.settled();
  const ran = new Set(world.logged.flatMap((line) => JSON.parse(line).job ?? []));
  expect([...ran].sort()).toEqual(JOBS.map(({ name }) => name).sort());
  expect(mail.mails.length).toBeGreaterThan(0);
  expect(crm.received.length).toBeGreaterThan(0);
  for (const [target, sent] of Object.entries(SENT))
    expect([target, (await sent()).includes(MARKER)]).toEqual([target, false]);
  // The directory was told about the SP, and by which case.
  expect(await SENT.directory?.()).toContain('on_notice');
});

it('nor does the log, nor a metric', async () => {
  expectNone(world.logged.filter((line) => line.includes(MARKER)).join(''));
  const metrics = await fetch(`http://127.0.0.1:${world.app.port()}/metrics`);
  expectNone(await metrics.text());
});
