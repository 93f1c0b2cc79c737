import { type Addition, type Extended, extended } from '../support/additions';
import { type ChildApp, startChildApp } from '../support/child-app';
import { cardOf, fileFeedback } from '../support/feedback';
import { startWorld, type World } from '../support/world';
import { openRecords, quotesOf, type Records } from './records';

/** A move is one file, and one line in the registry. */
const MOVE: Addition = {
  files: { 'src/domain/moves/put-on-watch.ts': 'move/put-on-watch.ts' },
  lines: [{ in: 'src/domain/moves/index.ts', line: "export { putOnWatch as put_on_watch } from './put-on-watch';" }],
};

let copy: Extended;
let world: World;
let app: ChildApp;
let records: Records;
beforeAll(async () => {
  copy = await extended([MOVE], { 'src/domain/moves/incomplete.ts': 'move/incomplete.ts' });
  world = await startWorld({ start: false, timing: { settleMs: 50 } });
  app = await startChildApp(world, { postIntervalMs: 0, homeMs: 50 }, { entry: copy.entry });
  records = await openRecords(world);
}, 120_000);
afterAll(async () => {
  await records.close();
  await app.kill();
  await world.stop();
  await copy.remove();
});

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
    const missing = copy.faults.map((line) => /Property '(\w+)' is missing/.exec(line)?.[1]);
    expect(missing).toEqual([
      ...['label', 'named', 'who', 'states', 'hindrance', 'dialog', 'texts', 'reason', 'decide', 'put_on_watch'],
      ...['apply', 'clocks', 'line', 'dm'],
    ]);
  });
});
