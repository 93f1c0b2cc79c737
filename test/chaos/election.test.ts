import type { Actor } from '../../sandbox/workspace';
import { openRecords, type Records } from '../integration/records';
import { type Electing, electing } from '../support/electing';
import { freshDatabase } from '../support/engine';
import { cardOf, cardsOf, fileFeedback, fillFeedback } from '../support/feedback';
import { type FormSubmission, submitForm } from '../support/filed';
import { until } from '../support/until';
import { startWorld, type World } from '../support/world';

const AGENTS = 6;
const NOT_STORED = /could not save your report yet.*press Submit again/;

let database: Awaited<ReturnType<typeof freshDatabase>>;
let primary: Electing;
let world: World;
let records: Records;
beforeEach(async () => {
  database = await freshDatabase();
  primary = await electing(database.uri);
  world = await startWorld({ databaseUri: primary.uri, agents: AGENTS });
  records = await openRecords({ ...world, databaseUri: database.uri });
});
afterEach(async () => {
  primary.become('up');
  await records.close();
  await world.stop();
  await primary.close();
  await database.drop();
});

const agents = (): Actor[] => Array.from({ length: AGENTS }, (_, i) => world.workspace.as(`agent${i + 1}`));

/** Submits until it succeeds; until then, the form says that nothing was stored. */
async function submitUntilFiled(agent: Actor): Promise<FormSubmission> {
  for (let presses = 0; presses < 20; presses++) {
    const submission = await submitForm(agent);
    if (submission.closed) return submission;
    expect(Object.values(submission.errors ?? {})).toEqual([expect.stringMatching(NOT_STORED)]);
  }
  throw new Error('The submission was never taken.');
}

describe.each(['stepped_down', 'isolated'] as const)('a primary that is %s for a while', (during) => {
  /** The election, which ends once this many writes were not made. */
  async function elected(writes: number): Promise<void> {
    const before = primary.unmade.length;
    primary.become(during);
    await until(() => primary.unmade.length >= before + writes, 'writes during the election');
    primary.cut();
    primary.become('up');
  }

  it('loses none of the reports filed meanwhile, and files none twice', async () => {
    const all = agents();
    await Promise.all(all.map((agent, i) => fillFeedback(agent, String(860_001 + i))));
    const [filed] = await Promise.all([Promise.all(all.map(submitUntilFiled)), elected(AGENTS)]);
    expect(filed.map(({ told }) => told?.content)).toEqual(
      all.map(() => expect.stringMatching(/SPF-\d{6}\s+is filed/)),
    );
    for (const i of all.keys()) await cardOf(world, String(860_001 + i));
    await world.settled();
    expect(await records.count()).toBe(AGENTS);
    for (const i of all.keys()) expect(cardsOf(world, String(860_001 + i))).toHaveLength(1);
    expect(primary.alone).toEqual([]);
  });

  it('loses no reply and no move that was confirmed, and repeats none', async () => {
    const [amira, dana] = [world.workspace.as('amira'), world.workspace.as('dana')];
    await fileFeedback(amira, '860101');
    const card = await cardOf(world, '860101');
    const ref = /SPF-\d{6}/.exec(card.content)?.[0] ?? '';
    await world.settled();

    const election = elected(2);
    const said = dana.say('Written during the election.', 'am-west', card);
    await dana.press('Add note', { in: card });
    await dana.waitForModal(({ title }) => title === 'Add note');
    await dana.fill({ Note: 'Pressed during the election.' });
    const { errors } = await dana.submit();
    if (errors) expect(Object.values(errors)).toEqual([expect.stringContaining('could not save')]);
    await Promise.all([election, said]);
    for (let presses = 0; dana.modalCount && presses < 20; presses++) await dana.submit();

    const notes = async () => (await records.of(ref)).notes.map(({ text }) => text).sort();
    const both = ['Pressed during the election.', 'Written during the election.'];
    await until(async () => (await notes()).length >= both.length, 'both notes');
    await world.settled();
    expect(await notes()).toEqual(both);
  });
});
