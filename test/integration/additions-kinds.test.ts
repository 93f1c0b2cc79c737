import { type Addition, type Extended, extended } from '../support/additions';
import { type ChildApp, startChildApp } from '../support/child-app';
import { submitForm } from '../support/filed';
import { UNSAFE } from '../support/reports';
import { startWorld, type World } from '../support/world';

/** A kind of case is a folder of its own, and its line in the registry. */
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
/** A question is its own lines in the form that asks it. */
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

let copy: Extended;
let world: World;
let app: ChildApp;
beforeAll(async () => {
  copy = await extended([KIND, CODE, QUESTION], { 'src/domain/kinds/incomplete.ts': 'kind/incomplete.ts' });
  world = await startWorld({ start: false, manifest: copy.manifest });
  app = await startChildApp(world, { postIntervalMs: 0, homeMs: 50 }, { entry: copy.entry });
}, 120_000);
afterAll(async () => {
  await app?.kill();
  await world?.stop();
  await copy?.remove();
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
  const { told } = await submitForm(amira);
  expect(told?.content).toContain('LST-000001');
  expect(told?.content).toContain('The manager of this area looks for it and will call you.');
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
  const { told } = await submitForm(ben);
  expect(told?.content).toContain('HRR-000001');
  const rosa = world.workspace.as('rosa');
  const card = await rosa.waitForMessage('risk-desk', ({ content }) => content.includes('HRR-000001'));
  expect(card.content).toMatch(/Which weapon was seen: A knife, card [• ]+1111/);
});

it('does not compile without everything that a kind has to say', () => {
  const missing = copy.faults.map((line) => /Property '(\w+)' is missing/.exec(line)?.[1]);
  expect(missing).toEqual([
    ...['prefix', 'label', 'several', 'command', 'usage', 'help', 'summary', 'shortcut', 'form', 'route', 'access'],
    ...['owner', 'hears', 'clocks', 'acknowledge', 'update', 'repeats', 'goesOn', 'offer', 'takes', 'contactRule'],
    ...['recall', 'transfer'],
  ]);
});
