import { type Added, type Addition, domainWith, withAddition } from '../support/addition';
import { type ChildApp, startChildApp } from '../support/child-app';
import { UNSAFE } from '../support/reports';
import { startWorld, type World } from '../support/world';

/** A kind of case as somebody adds it: its folder, and its line in the registry. */
const LOST_ITEM: Addition = {
  folder: 'kinds/lost-item',
  to: 'domain/kinds/lost-item',
  edits: [
    {
      file: 'domain/kinds/index.ts',
      from: "import { providerReport } from './provider-report';",
      to: "import { lostItem } from './lost-item';\nimport { providerReport } from './provider-report';",
    },
    {
      file: 'domain/kinds/index.ts',
      from: '  provider_report: providerReport,',
      to: '  provider_report: providerReport,\n  lost_item: lostItem,',
    },
  ],
};

/** A 14th exception code and one more question, each in the one file that it belongs to. */
const SMALL = [
  {
    file: 'domain/exception-codes.ts',
    from: '  WORKMANSHIP: {',
    to: "  'WRONG PART': { means: 'Came with the wrong part', tone: 'negative' },\n  WORKMANSHIP: {",
  },
  {
    file: 'domain/kinds/high-risk/form.ts',
    from: "  { id: 'danger_now',",
    to: "  { id: 'weapon', kind: 'text', label: 'Which weapon was seen', maxLength: 60, optional: true },\n  { id: 'danger_now',",
  },
];

let added: Added;
let world: World;
let child: ChildApp;
beforeAll(async () => {
  added = await withAddition('new-kind', { ...LOST_ITEM, edits: [...LOST_ITEM.edits, ...SMALL] });
  world = await startWorld({ start: false, manifest: added.manifest });
  child = await startChildApp(world, { postIntervalMs: 0 }, { entry: added.entry });
}, 120_000);
afterAll(async () => {
  await child?.terminate();
  await world?.stop();
});

it('takes a report of the new kind by its command, and posts its card in the area', async () => {
  const amira = world.workspace.as('amira');
  await amira.command('/lost-item ACC100 556677', 'call-floor');
  const form = await amira.waitForModal(({ title }) => title === 'Lost item');
  expect(form.text).toContain('Let me write down what it looks like.');
  await amira.fill({
    'What it looks like': 'A green umbrella.',
    'Is it worth more than 500 dollars': 'Yes',
  });
  await amira.waitForModal(({ text }) => text.includes('Elevated because of its value.'));
  const { updated } = await amira.submit();
  expect(updated?.text).toContain('LST-000001');
  expect(updated?.text).toContain('The manager of this area looks for it and will call you.');
  const card = await world.workspace
    .as('dana')
    .waitForMessage('am-west', ({ content }) => content.includes('LST-000001'));
  expect(card.content).toContain('A green umbrella.');
});

it('begins one from a message', async () => {
  const ben = world.workspace.as('ben');
  const said = await ben.say('ACC100 556688 the customer misses a red scarf', 'call-floor');
  await ben.shortcut('file_lost_item', said);
  const form = await ben.waitForModal(({ title }) => title === 'Lost item');
  expect(form.fields['What it looks like']?.value).toContain('a red scarf');
});

it('offers it on the first page of Home, in the help, and in search', async () => {
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

it('offers one more exception code, with what it stands for', async () => {
  const amira = world.workspace.as('amira');
  await amira.close({ all: true });
  await amira.command('/escalate ACC100 556699', 'call-floor');
  const form = await amira.waitForModal(({ title }) => title === 'Exception');
  expect(form.fields['Exception code']?.options).toContain('WRONG PART');
  expect(JSON.stringify(form.blocks)).toContain('Came with the wrong part');
});

it('asks one more question, masks what is written there, and shows it on the card', async () => {
  const ben = world.workspace.as('ben');
  await ben.close({ all: true });
  await ben.command('/high-risk ACC100 556611', 'call-floor');
  await ben.waitForModal(({ title }) => title === 'High-risk report');
  await ben.fill({ ...UNSAFE, 'Which weapon was seen': 'A knife, card 4111 1111 1111 1111' });
  const { updated } = await ben.submit();
  expect(updated?.text).toContain('HRR-000001');
  const rosa = world.workspace.as('rosa');
  const card = await rosa.waitForMessage('risk-desk', ({ content }) => content.includes('HRR-000001'));
  expect(card.content).toMatch(/Which weapon was seen: A knife, card [• ]+1111/);
});

it.each([
  ['the words for its owner', "  owner: 'Area Manager',\n", "'owner' is missing"],
  ['the clock of its acknowledgment', 'acknowledge: business(2 * HOUR), ', "'acknowledge' is missing"],
  ['a word on whether an SP must be tried first', '  contactRule: null,\n', "'contactRule' is missing"],
])('does not compile without %s', async (_what, line, said) => {
  const edits = [...LOST_ITEM.edits, { file: 'domain/kinds/lost-item/index.ts', from: line, to: '' }];
  await expect(domainWith('half-a-kind', { ...LOST_ITEM, edits })).rejects.toThrow(said);
});
