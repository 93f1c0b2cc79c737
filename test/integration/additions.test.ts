import { type Addition, type Extended, extended } from '../support/additions';
import { type ChildApp, startChildApp } from '../support/child-app';
import { cardOf, fileFeedback } from '../support/feedback';
import { submitForm } from '../support/filed';
import { UNSAFE } from '../support/reports';
import { startWorld, type World } from '../support/world';
import { openRecords, quotesOf, type Records } from './records';

/** A move is one file, and one line in the registry. */
const MOVE: Addition = {
  files: { 'src/domain/moves/put-on-watch.ts': 'move/put-on-watch.ts' },
  lines: [{ in: 'src/domain/moves/index.ts', line: "export { putOnWatch as put_on_watch } from './put-on-watch';" }],
};

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
let records: Records;
beforeAll(async () => {
  // One copy has all of them: what takes long is to compile it.
  copy = await extended([MOVE, KIND, CODE, QUESTION], {
    'src/domain/moves/incomplete.ts': 'move/incomplete.ts',
    'src/domain/kinds/incomplete.ts': 'kind/incomplete.ts',
  });
  world = await startWorld({ start: false, timing: { settleMs: 50 }, manifest: copy.manifest });
  app = await startChildApp(world, { postIntervalMs: 0, homeMs: 50 }, { entry: copy.entry });
  records = await openRecords(world);
}, 120_000);
afterAll(async () => {
  await records.close();
  await app.kill();
  await world.stop();
  await copy.remove();
});

/** What the compiler misses in the file of this name that is meant to lack something. */
const missingIn = (path: string) =>
  copy.faults.filter((line) => line.includes(path)).map((line) => /Property '(\w+)' is missing/.exec(line)?.[1]);

describe('a new move', () => {
  it('is made from the menu of the card, and told in its thread and to whoever filed the case', async () => {
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
    expect(JSON.stringify(stored)).not.toContain('4111');
  });

  it('is named where another one is refused, and refused itself where its states do not allow it', async () => {
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

  it('does not compile without everything that a move has to say', () => {
    expect(missingIn('moves/incomplete.ts')).toEqual([
      ...['label', 'named', 'who', 'states', 'hindrance', 'dialog', 'texts', 'reason', 'decide', 'put_on_watch'],
      ...['apply', 'clocks', 'line', 'dm'],
    ]);
  });
});

describe('a new kind', () => {
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

  it('does not compile without everything that a kind has to say', () => {
    expect(missingIn('kinds/incomplete.ts')).toEqual([
      ...['prefix', 'label', 'several', 'command', 'usage', 'help', 'summary', 'shortcut', 'form', 'route', 'access'],
      ...['owner', 'hears', 'clocks', 'acknowledge', 'update', 'repeats', 'raised', 'goesOn', 'offer', 'takes'],
      ...['contactRule', 'recall', 'transfer'],
    ]);
  });
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
