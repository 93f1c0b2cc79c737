import type { Actor } from '../../sandbox/workspace';
import { runByHand } from '../../scripts/job';
import { type CaseWork, DAY, startCaseWork } from '../support/case-work';

let work: CaseWork;
let [amira, dana, tom]: Actor[] = [];
const actor = (one: Actor | undefined): Actor => {
  if (!one) throw new Error('The world has not started.');
  return one;
};
beforeAll(async () => {
  work = await startCaseWork();
  [amira, dana, tom] = ['amira', 'dana', 'tom'].map(work.as);
  const policy = await work.records.directory.policy();
  await work.records.directory.savePolicy(
    { ...policy, retention: { ...policy.retention, cases: { ...policy.retention.cases, sp_feedback: 10 } } },
    'a test',
  );
});
afterAll(() => work.stop());

/** A resolved case, in whose thread Dana has said something too. */
async function closed() {
  const { stored, card } = await work.file(actor(amira));
  await actor(dana).say('They came late again.', 'am-west', card.ts);
  await work.make(actor(dana), 'Resolve', card, { Outcome: 'Coaching given' });
  return { ref: stored.ref, ...(await work.now(stored.ref)) };
}
async function daysLater(days: number): Promise<void> {
  work.world.workspace.clock.advance(days * DAY);
  await work.world.app.runJobs('purge');
}
async function lookedUp(who: Actor, ref: string): Promise<string> {
  const before = new Set(who.ephemerals().map(({ ts }) => ts));
  await who.command(`/case ${ref}`);
  return (await who.waitForEphemeral(({ ts }) => !before.has(ts))).text;
}

it('a case that was kept long enough goes from the database and from Slack; its reference still answers', async () => {
  const { ref, card } = await closed();
  expect(work.world.workspace.thread(card.channel, card.ts).some(({ text }) => text.includes('resolved'))).toBe(true);
  const ours = () => work.world.workspace.messages('am-west').filter(({ text }) => text.includes(ref));
  expect(ours()).toHaveLength(1);
  await daysLater(9);
  expect(ours()).toHaveLength(1);

  const said: string[] = [];
  const screen = { write: (line: string) => said.push(line) } as unknown as NodeJS.WritableStream;
  const { botToken, appToken, apiUrl, ids } = work.world.workspace;
  const env = {
    SLACK_MODE: 'socket',
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: appToken,
    SLACK_API_URL: apiUrl,
    MONGODB_URI: work.world.databaseUri,
    ADMIN_USERS: ids.users.ada,
  };
  const at = new Date(+work.world.clock.now() + 2 * DAY).toISOString();
  expect(await runByHand(['purge', '--dry-run', '--now', at], env, { out: screen, err: screen })).toBe(0);
  expect(said.join('')).toMatch(/Dry run of purge: 1 cases, 0 held, .* Nothing was changed\./);
  expect(ours()).toHaveLength(1);

  await daysLater(2);
  expect(ours()).toEqual([]);
  const thread = work.world.workspace.thread(card.channel, card.ts).map(({ text }) => text);
  expect(thread.filter((text) => text !== 'They came late again.' && /resolved|Coaching|ACC100/.test(text))).toEqual(
    [],
  );
  expect(await work.records.cases.byRef(ref)).toBeNull();
  expect(await lookedUp(actor(dana), ref)).toMatch(
    new RegExp(`${ref}.* was closed .* its record was deleted .* as the retention policy says`),
  );
  expect(await lookedUp(actor(dana), 'SPF-999999')).not.toContain('deleted');
  const [run] = (await work.records.runs()).filter(({ name }) => name === 'purge');
  expect(run?.did).toMatchObject({ cases: 1, cards: 1, held: 0 });
});

it('a legal hold keeps it until two people lift it', async () => {
  const { ref, card } = await closed();
  expect(await work.make(actor(dana), 'Legal hold', card, { Reason: 'The customer wrote to a lawyer.' })).toEqual({
    closed: true,
  });
  expect((await work.now(ref)).card.content).toContain('Legal hold: The customer wrote to a lawyer.');
  await daysLater(30);
  expect((await work.now(ref)).stored.legalHold).toMatchObject({ by: actor(dana).id, lifting: null });

  const now = async () => (await work.now(ref)).card;
  expect(await work.make(actor(dana), 'Lift legal hold', await now(), { Reason: 'Settled.' })).toEqual({
    closed: true,
  });
  expect((await now()).content).toContain('asks to lift it: Settled.');
  await actor(dana).choose('Lift legal hold', { in: await now() });
  await actor(dana).waitForEphemeral(({ text }) => text.includes('You asked for this yourself'));
  await actor(amira).choose('Lift legal hold', { in: await now() });
  await actor(amira).waitForEphemeral(({ text }) => text.includes('those who answer for the case and may read it'));
  expect((await work.now(ref)).stored.legalHold).not.toBeNull();
  expect(await work.make(actor(tom), 'Lift legal hold', await now())).toEqual({ closed: true });
  expect((await now()).content).not.toContain('Legal hold:');
  await daysLater(1);
  expect(await work.records.cases.byRef(ref)).toBeNull();
});
