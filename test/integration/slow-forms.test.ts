import { CASE_KINDS, KINDS } from '../../src/domain/kinds';
import { type Door, door } from '../support/door';
import { DETAILS, half, opened, values } from '../support/drafts';
import { freshDatabase } from '../support/engine';
import { until } from '../support/until';
import { startWorld, type World } from '../support/world';

describe('if the database is slow', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let way: Door;
  let world: World;
  beforeAll(async () => {
    database = await freshDatabase();
    way = await door(database.uri);
    way.open();
    world = await startWorld({ databaseUri: way.uri, agents: CASE_KINDS.length + 1 });
  });
  afterEach(() => way.slow(0));
  afterAll(async () => {
    await world.stop();
    await way.close();
    await database.drop();
  });

  it('every form still opens within 3 seconds of its command', async () => {
    // What the app has cached is too old now.
    world.workspace.clock.advance(2 * 60_000);
    way.slow(2000);
    const opens = CASE_KINDS.map(async (kind, index) => {
      const amira = world.workspace.as(`agent${index + 1}`);
      const begun = performance.now();
      await amira.command(`${KINDS[kind].command} ACC100 73000${index}`, 'call-floor');
      const form = await amira.waitForModal();
      const ms = performance.now() - begun;
      await amira.close();
      return { kind, inTime: ms < 3000, sj: form.fields['SJ Number']?.value };
    });
    expect(await Promise.all(opens)).toEqual(
      CASE_KINDS.map((kind, index) => ({ kind, inTime: true, sj: `73000${index}` })),
    );
  });

  it('a draft found late is offered, and neither it nor what was typed meanwhile is lost', async () => {
    const amira = world.workspace.as(`agent${CASE_KINDS.length + 1}`);
    await opened(amira);
    await half(amira, 'From this morning.');
    await amira.close();

    world.workspace.clock.advance(2 * 60_000);
    way.slow(2000);
    const shell = await opened(amira);
    expect(shell.text).not.toContain('draft');
    const offer = await amira.waitForModal(({ buttons }) => buttons.includes('Restore'));
    expect(offer.text).toContain('You have a draft from');
    // Drawn without the store, the form still offers it.
    await amira.fill({ 'SJ Number': '720099', 'Reason For Feedback': 'SP Feedback from Customer: Negative' });
    await amira.waitForModal(({ labels }) => labels.includes(DETAILS));
    expect(amira.modal().buttons).toContain('Restore');
    way.slow(0);
    await amira.press('Restore');
    const restored = await amira.waitForModal(({ buttons }) => buttons.includes('Discard'));
    expect(values(restored)).toMatchObject({
      'SP Account Number': 'ACC100',
      'SJ Number': '720099',
      [DETAILS]: 'From this morning.',
    });
  });
});

describe('if Slack no longer waits for a window', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let way: Door;
  let world: World;
  beforeAll(async () => {
    database = await freshDatabase();
    way = await door(database.uri);
    way.open();
    // Here, Slack waits less than the form waits for its store.
    world = await startWorld({ databaseUri: way.uri, timing: { triggerMs: 1000 } });
  });
  afterAll(async () => {
    way.slow(0);
    await world.stop();
    await way.close();
    await database.drop();
  });

  it('loses nothing that was entered: a DM says so, and the command continues from there', async () => {
    const amira = world.workspace.as('amira');
    await opened(amira, 'ACC200', 'leadership');
    await amira.fill({ 'Summary for the hand-over': 'Wants a refund.' });
    await amira.close();

    world.workspace.clock.advance(2 * 60_000);
    way.slow(1500);
    await amira.command('/leadership ACC100 730077', 'call-floor');
    const dm = await amira.waitForDm(({ text }) => text.includes('Nothing is lost'));
    expect(dm.text).toContain('Type `/leadership` again');
    expect(amira.modalCount).toBe(0);

    way.slow(0);
    // The person is told within a second, and what was typed is stored a moment later.
    const { drafts } = world.app.jobDeps;
    await until(async () => (await drafts.find(amira.id, 'leadership'))?.answers.sj === '730077', 'the draft');
    await opened(amira, '', 'leadership');
    expect(values(await amira.waitForModal(({ buttons }) => buttons.includes('Discard')))).toMatchObject({
      'SP Account Number': 'ACC100',
      'SJ Number': '730077',
      'Summary for the hand-over': 'Wants a refund.',
    });
  });
});
