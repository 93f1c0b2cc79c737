import { type Addition, type Extended, extended, faultsInDomain } from '../support/additions';
import { type ChildApp, startChildApp } from '../support/child-app';
import { cardOf, fileFeedback } from '../support/feedback';
import { submitForm } from '../support/filed';
import { type Receiver, startReceiver } from '../support/receiver';
import { UNSAFE } from '../support/reports';
import { until } from '../support/until';
import { startWorld, type World } from '../support/world';
import { openRecords, quotesOf, type Records } from './records';

/** A move is one file, and one line in the registry. */
const MOVE: Addition = {
  files: { 'src/domain/moves/put-on-watch.ts': 'move/put-on-watch.ts' },
  lines: [{ in: 'src/domain/moves/index.ts', line: "export { putOnWatch as put_on_watch } from './put-on-watch';" }],
};

/** A kind of case is a folder, and its line in the registry. */
const KIND: Addition = {
  files: { 'src/domain/kinds/lost-item': 'kind/lost-item' },
  lines: [
    { in: 'src/domain/kinds/index.ts', line: "import { lostItem } from './lost-item';", before: './provider-report' },
    { in: 'src/domain/kinds/index.ts', line: '  lost_item: lostItem,', before: '};' },
  ],
};
/** An exception code is a line. */
const CODE: Addition = {
  files: {},
  lines: [
    {
      in: 'src/domain/exception-codes.ts',
      line: "  'WRONG PART': { means: 'Came with the wrong part', tone: 'negative' },",
      before: 'WORKMANSHIP: {',
    },
  ],
};
/** A question is a few lines in its form. */
const QUESTION: Addition = {
  files: {},
  lines: [
    {
      in: 'src/domain/kinds/high-risk/form.ts',
      line: "  { id: 'weapon', kind: 'text', label: 'Which weapon was seen', maxLength: 60, optional: true },",
      before: "id: 'danger_now'",
    },
  ],
};

/** A target is two files, and their lines; this one has settings. */
const TARGET: Addition = {
  files: {
    'src/domain/targets/pager.ts': 'target/pager.ts',
    'src/delivery/targets/pager': 'target/pager',
  },
  lines: [
    { in: 'src/domain/targets/index.ts', line: "import { pager } from './pager';", before: './slack-channel' },
    { in: 'src/domain/targets/index.ts', line: '  pager,', before: '  webhook,' },
    { in: 'src/delivery/targets/index.ts', line: "import { pagerTarget } from './pager';", before: './slack-channel' },
    { in: 'src/delivery/targets/index.ts', line: '  pager: pagerTarget,', before: '  webhook: webhookTarget,' },
    {
      in: 'src/delivery/targets/settings.ts',
      line: "import { pagerSettings } from './pager/config';",
      before: './webhook',
    },
    { in: 'src/delivery/targets/settings.ts', line: '  pager: pagerSettings,', before: '  webhooks: webhookSettings' },
  ],
};
/** A part of the admin tab is one file, and its line. */
const PAGE: Addition = {
  files: { 'src/listeners/home/admin/shifts.ts': 'page/shifts.ts' },
  lines: [
    { in: 'src/listeners/home/admin/parts.ts', line: "import { shiftsPart } from './shifts';", before: './texts' },
    { in: 'src/listeners/home/admin/parts.ts', line: '  shiftsPart,', before: '  healthPart,' },
  ],
};

const RETRY = { firstMs: 20, longestMs: 200, forMs: 60_000 };

let copy: Extended;
let pager: Receiver;
let world: World;
let app: ChildApp;
let records: Records;
beforeAll(async () => {
  // One copy has all of them, because compiling takes long.
  copy = await extended([MOVE, KIND, CODE, QUESTION, TARGET, PAGE], {
    'src/domain/moves/incomplete.ts': 'move/incomplete.ts',
    'src/domain/kinds/incomplete.ts': 'kind/incomplete.ts',
  });
  world = await startWorld({ start: false, timing: { settleMs: 50 }, manifest: copy.manifest });
  pager = await startReceiver();
  const env = { PAGER_URL: pager.url, PAGER_KEY: 'key-of-the-pager' };
  app = await startChildApp(world, { postIntervalMs: 0, homeMs: 50, retryOutside: RETRY }, { entry: copy.entry, env });
  records = await openRecords(world);
}, 120_000);
afterAll(async () => {
  await records.close();
  await app.kill();
  await world.stop();
  await pager.stop();
  await copy.remove();
});

/** The compiler's errors in the file with this name, which is meant to lack something. */
const missingIn = (path: string) =>
  copy.faults.filter((line) => line.includes(path)).map((line) => /Property '(\w+)' is missing/.exec(line)?.[1]);

describe('a new move', () => {
  it("is made from the card's menu, and reported in its thread and to the reporter", async () => {
    const [amira, dana] = [world.workspace.as('amira'), world.workspace.as('dana')];
    await fileFeedback(amira, '750001');
    const card = await cardOf(world, '750001');

    await dana.choose('Put on watch', { in: card });
    const window = await dana.waitForModal(({ title }) => title === 'Put on watch');
    expect(window.labels).toEqual(['What to watch for']);
    await dana.fill({ 'What to watch for': 'They read out 4111 1111 1111 1111.' });
    expect(await dana.submit()).toEqual({ closed: true });

    const kept = 'They read out •••• •••• •••• 1111.';
    const line = await world.workspace.waitFor(() =>
      world.workspace.thread(card.channel, card.ts).find(({ text }) => text.endsWith('is on watch')),
    );
    expect(quotesOf(line.blocks)).toEqual([kept]);
    const dm = await world.workspace.waitFor(() => amira.dm().find(({ text }) => text.endsWith(': on watch')));
    expect(dm.content).toContain(kept);
    await dana.waitForEphemeral(({ text }) => text.includes('A card number was masked'));

    const stored = await records.of(line.text.split(' ')[0] ?? '');
    expect(stored.events.at(-1)).toMatchObject({ type: 'put_on_watch', actor: dana.id, data: { reason: kept } });
    expect(stored.notes).toMatchObject([{ text: kept }]);
    expect(JSON.stringify(stored)).not.toContain('4111 1111');
  });

  it('is named where another one is refused, and refused itself if its states do not allow it', async () => {
    const [amira, dana] = [world.workspace.as('amira'), world.workspace.as('dana')];
    await fileFeedback(amira, '750002');
    const card = await cardOf(world, '750002');
    await amira.choose('Put on watch', { in: card });
    await amira.waitForEphemeral(({ text }) => /^Only .* can use Put on watch on /.test(text));
    await dana.choose('Void', { in: card });
    await dana.waitForModal(({ title }) => title === 'Void');
    await dana.fill({ 'Why was it filed by mistake?': 'Twice.' });
    expect(await dana.submit()).toEqual({ closed: true });
    await dana.choose('Put on watch', { in: card });
    await dana.waitForEphemeral(({ text }) => text.includes('is void; Put on watch is not possible now.'));
  });

  it('does not compile unless it is complete', () => {
    expect(missingIn('moves/incomplete.ts')).toEqual([
      ...['label', 'named', 'who', 'states', 'hindrance', 'dialog', 'texts', 'reason', 'decide', 'put_on_watch'],
      ...['apply', 'clocks', 'line', 'dm'],
    ]);
  });
});

describe('a new kind', () => {
  it('takes a report by its command, and posts its card in the area', async () => {
    const amira = world.workspace.as('amira');
    await amira.command('/lost-item ACC100 556677', 'call-floor');
    const form = await amira.waitForModal(({ title }) => title === 'Lost item');
    expect(form.text).toContain('Let me write down what it looks like.');
    await amira.fill({
      'What it looks like': 'A green umbrella.',
      'Is it worth more than 500 dollars': 'Yes',
    });
    await amira.waitForModal(({ text }) => text.includes('Elevated because of its value.'));
    const { told } = await submitForm(amira);
    expect(told?.content).toContain('LST-000001');
    expect(told?.content).toContain('The manager of this area looks for it and will call you.');
    const card = await world.workspace
      .as('dana')
      .waitForMessage('am-west', ({ content }) => content.includes('LST-000001'));
    expect(card.content).toContain('A green umbrella.');
  });

  it('starts one from a message', async () => {
    const ben = world.workspace.as('ben');
    const said = await ben.say('ACC100 556688 the customer misses a red scarf', 'call-floor');
    await ben.shortcut('file_lost_item', said);
    const form = await ben.waitForModal(({ title }) => title === 'Lost item');
    expect(form.fields['What it looks like']?.value).toContain('a red scarf');
  });

  it('is on the first page of Home, in the help, and in search', async () => {
    const dana = world.workspace.as('dana');
    await dana.openHome();
    expect((await dana.waitForHome()).text).toContain('Lost item');
    await dana.command('/warmline help', 'am-west');
    const help = await dana.waitForEphemeral(({ content }) => content.includes('How to use Warmline'));
    expect(help.content).toContain(
      '`/lost-item [SP account] [SJ]`  Report what a customer misses since the SP was there.',
    );
    await dana.command('/warmline search', 'am-west');
    expect((await dana.waitForModal()).fields.Kind?.options).toContain('Lost item');
  });

  it('does not compile unless it is complete', () => {
    expect(missingIn('kinds/incomplete.ts')).toEqual([
      ...['prefix', 'label', 'several', 'command', 'usage', 'help', 'summary', 'shortcut', 'form', 'route', 'access'],
      ...['hears', 'clocks', 'acknowledge', 'update', 'repeats', 'raised', 'goesOn', 'offer', 'takes'],
      ...['contactRule', 'recall', 'transfer'],
    ]);
  });
});

describe('a declaration and its line', () => {
  it('do not compile without the line', async () => {
    const faults = await faultsInDomain([MOVE, KIND].map(({ files }) => ({ files, lines: [] })));
    expect(faults).toContain("Property 'put_on_watch' is missing in type");
    expect(faults).toContain("Property 'lost_item' is missing in type");
  }, 60_000);

  it('do not compile without the declaration', async () => {
    const lines = [
      { in: 'src/domain/moves/index.ts', line: "export { claim as put_on_watch } from './claim';" },
      { in: 'src/domain/kinds/index.ts', line: '  lost_item: exception,', before: '};' },
    ];
    const faults = await faultsInDomain([{ files: {}, lines }]);
    expect(faults).toContain("Types of property 'put_on_watch' are incompatible");
    expect(faults).toContain("'lost_item' does not exist in type");
  }, 60_000);
});

it('offers one more exception code, with its meaning', async () => {
  const amira = world.workspace.as('amira');
  await amira.command('/escalate ACC100 556699', 'call-floor');
  const form = await amira.waitForModal(({ title }) => title === 'Exception');
  expect(form.fields['Exception code']?.options).toContain('WRONG PART');
  expect(JSON.stringify(form.blocks)).toContain('Came with the wrong part');
});

it('asks one more question, masks its answer, and shows it on the card', async () => {
  const ben = world.workspace.as('ben');
  await ben.close({ all: true });
  await ben.command('/high-risk ACC100 556611', 'call-floor');
  await ben.waitForModal(({ title }) => title === 'High-risk report');
  await ben.fill({ ...UNSAFE, 'Which weapon was seen': 'A knife, card 4111 1111 1111 1111' });
  const { told } = await submitForm(ben);
  expect(told?.content).toContain('HRR-000001');
  const rosa = world.workspace.as('rosa');
  const card = await rosa.waitForMessage('risk-desk', ({ content }) => content.includes('HRR-000001'));
  expect(card.content).toMatch(/Which weapon was seen: A knife, card [• ]+1111/);
});

/** Opens a part of the admin tab, which has these words. */
async function openAdmin(page: string, words: string): Promise<void> {
  const ada = world.workspace.as('ada');
  await ada.openHome();
  await ada.waitForHome(({ buttons }) => buttons.includes('Admin'));
  await ada.press('Admin', { in: 'home' });
  await ada.waitForHome(({ text }) => text.includes('Waiting for an admin'));
  await ada.choose(page, { in: 'home', from: 'Choose what to see' });
  await ada.waitForHome(({ text }) => text.includes(words));
}

describe('a new target', () => {
  it('is named in a ladder by an admin, and gets the nudge; a refusal is retried', async () => {
    const [ada, amira] = [world.workspace.as('ada'), world.workspace.as('amira')];
    await openAdmin('Policies', 'The most specific clock applies');
    await ada.choose('Ladders: who is told when it is late', { in: 'home', from: 'Part of the policy' });
    await ada.waitForHome(({ text }) => text.includes('Ladder'));
    await ada.press('Change', { in: 'home' });
    const window = await ada.waitForModal(({ title }) => title === 'Change the policy');
    expect(JSON.stringify(window.blocks)).toContain('email:ops@example.com or pager:night');
    await ada.waitForModal(({ text }) => text.includes('Ladder: acknowledge'));
    await ada.fill({ Rungs: '0: pager:Night' });
    expect((await ada.submit()).errors?.Rungs).toContain('ager:Night is no pager: write pager:night');
    await ada.fill({ Rungs: '0: pager:night' });
    expect((await ada.submit()).pushed?.text).toContain('pager:night');
    expect(await ada.submit()).toEqual({ closed: true });

    let refusals = 0;
    pager.answer(() => (refusals++ ? 200 : 503));
    await fileFeedback(amira, '750003');
    const card = await cardOf(world, '750003');
    expect(card.content).toContain('a pager');
    app.setClock(5 * 60 * 60_000);
    app.runJobs();
    const paged = await until(() => pager.received.length > 1 && pager.received, 'a page');
    expect(paged.map(({ headers }) => headers['x-pager-key'])).toEqual(['key-of-the-pager', 'key-of-the-pager']);
    const [first, second] = paged.map(({ body }) => JSON.parse(body));
    expect(first).toEqual(second);
    expect(first.team).toBe('night');
    expect(card.content).toContain(first.text.split(' ')[0]);
  });
});

it('shows one more part in the admin tab', async () => {
  await openAdmin('Shifts', 'Who is on shift');
  expect(world.workspace.as('ada').home().text).toContain('resolution_specialist: 2');
});
