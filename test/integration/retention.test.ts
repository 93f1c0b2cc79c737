import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { Actor } from '../../sandbox/workspace';
import { runByHand } from '../../scripts/job';
import { runPerson } from '../../scripts/person';
import { personQueryFault } from '../../src/domain/person-data';
import { holdSp } from '../../src/services/hold-sp';
import { erasePerson, findPerson } from '../../src/services/person-data';
import { checkRecord } from '../../src/services/proof/check-record';
import { type CaseWork, DAY, dmsAbout, startCaseWork } from '../support/case-work';
import { program } from '../support/programs';
import { until } from '../support/until';

let work: CaseWork;
let [amira, dana, tom, ada]: Actor[] = [];
const actor = (one: Actor | undefined): Actor => {
  if (!one) throw new Error('The world has not started.');
  return one;
};
beforeAll(async () => {
  work = await startCaseWork();
  [amira, dana, tom, ada] = ['amira', 'dana', 'tom', 'ada'].map(work.as);
  const policy = await work.records.directory.policy();
  await work.records.directory.savePolicy(
    {
      ...policy,
      roles: { ...policy.roles, admin: [actor(tom).id] },
      retention: { ...policy.retention, cases: { ...policy.retention.cases, sp_feedback: 10 } },
    },
    'a test',
  );
});
afterAll(() => work.stop());

/** A resolved case, with a reply of Dana's in its thread. */
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
/** The configuration of the world's app, for a tool run next to it. */
function configured() {
  const { botToken, appToken, apiUrl, ids } = work.world.workspace;
  return {
    SLACK_MODE: 'socket',
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: appToken,
    SLACK_API_URL: apiUrl,
    MONGODB_URI: work.world.databaseUri,
    ADMIN_USERS: ids.users.ada ?? '',
  };
}
async function lookedUp(who: Actor, ref: string): Promise<string> {
  const before = new Set(who.ephemerals().map(({ ts }) => ts));
  await who.command(`/case ${ref}`);
  return (await who.waitForEphemeral(({ ts }) => !before.has(ts))).text;
}

it('a case whose time is over is deleted in the database and in Slack; its reference still answers', async () => {
  const { ref, card } = await closed();
  expect(work.world.workspace.thread(card.channel, card.ts).some(({ text }) => text.includes('resolved'))).toBe(true);
  const ours = () => work.world.workspace.messages('am-west').filter(({ text }) => text.includes(ref));
  expect(ours()).toHaveLength(1);
  const told = () => [actor(amira), actor(dana)].flatMap((one) => dmsAbout(one, ref));
  const messages = told().length;
  expect(messages).toBeGreaterThan(0);
  await daysLater(9);
  expect([ours().length, told().length]).toEqual([1, messages]);

  const said: string[] = [];
  const screen = { write: (line: string) => said.push(line) } as unknown as NodeJS.WritableStream;
  const env = configured();
  const at = new Date(+work.world.clock.now() + 2 * DAY).toISOString();
  expect(await runByHand(['purge', '--dry-run', '--now', at], env, { out: screen, err: screen })).toBe(0);
  expect(said.join('')).toMatch(/Dry run of purge: 1 cases, 0 held, .* Nothing was changed\./);
  expect(said.join('')).toContain('  SP feedback reports: 1 normal');
  expect(ours()).toHaveLength(1);

  await daysLater(2);
  expect(ours()).toEqual([]);
  expect(told()).toEqual([]);
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
  expect(run?.did).toMatchObject({ cases: 1, posts: 1 + messages, held: 0 });
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

describe('a legal hold on an SP', () => {
  beforeAll(() => work.world.workspace.addMember('am-west', 'ada'));
  const window = async (who: Actor, on: Parameters<typeof who.press>[1]) => {
    await who.press('Legal hold', on);
    return who.waitForModal(({ title }) => title === 'Legal hold on an SP');
  };
  const scorecard = async (who: Actor) => {
    const before = new Set(who.ephemerals().map(({ ts }) => ts));
    await who.command('/sp ACC100', 'am-west');
    return who.waitForEphemeral(({ ts, text }) => !before.has(ts) && text.includes('ACC100'));
  };
  let ref = '';
  /** The cards are redrawn once the window is closed. */
  const isHeld = async () => (await work.now(ref)).card.content.includes('Legal hold on the SP');
  const purged = async () => (await work.records.runs()).find(({ name }) => name === 'purge')?.did;

  it('is placed by an admin with a reason, which only admins read; cards and the scorecard show it; nothing is deleted', async () => {
    ({ ref } = await closed());
    expect((await scorecard(actor(dana))).buttons).not.toContain('Legal hold');
    await window(actor(ada), { in: await scorecard(actor(ada)) });
    expect(Object.keys((await actor(ada).submit()).errors ?? {})).toEqual(['Reason']);
    await actor(ada).fill({ Reason: 'A class <action> is announced about card 4111 1111 1111 1111.' });
    expect(await actor(ada).submit()).toEqual({ closed: true });
    const kept = await work.world.app.jobDeps.holds.of('ACC100');
    expect(kept?.reason).toBe('A class <action> is announced about card •••• •••• •••• 1111.');
    await until(isHeld, 'the card to show the hold');
    expect((await work.now(ref)).card.content).not.toContain('class <action>');
    expect((await scorecard(actor(dana))).content).toContain('Legal hold on all cases of this SP');
    expect((await scorecard(actor(dana))).content).not.toContain('class <action>');
    expect((await scorecard(actor(ada))).content).toContain('class <action>');
    await daysLater(30);
    expect((await work.now(ref)).stored.state).toBe('resolved');
    expect(await purged()).toMatchObject({ cases: 0, held_by_sp: 1 });
  });

  it("is in the admins' directory and history, where it cannot be reverted", async () => {
    await actor(ada).openHome();
    await actor(ada).waitForHome(({ buttons }) => buttons.includes('Admin'));
    await actor(ada).press('Admin', { in: 'home' });
    await actor(ada).waitForHome(({ text }) => text.includes('Waiting for an admin'));
    await actor(ada).choose('SPs', { in: 'home', from: 'Choose what to see' });
    await actor(ada).waitForHome(({ text }) => text.includes('Ace Plumbing') && text.includes('class <action>'));
    await actor(ada).choose('Admin history', { in: 'home', from: 'Choose what to see' });
    const home = await actor(ada).waitForHome(({ text }) => text.includes('Legal hold on SP ACC100'));
    expect(home.text).toContain('placed: “A class &lt;action&gt; is announced about card');
  });

  it('ends when another admin agrees, who is asked by DM; the person who asked cannot', async () => {
    await window(actor(ada), { in: await scorecard(actor(ada)) });
    await actor(ada).fill({ Reason: 'The court dismissed it.' });
    expect(await actor(ada).submit()).toEqual({ closed: true });
    await work.world.app.runJobs('letters');
    const dm = await actor(tom).waitForDm(({ text }) => text.includes('someone asks to lift its legal hold'));
    expect(dm.content).toContain('The court dismissed it.');
    const own = await window(actor(ada), { in: await scorecard(actor(ada)) });
    expect(own.text).toContain('You asked for this yourself');
    await actor(ada).close();
    await window(actor(tom), { in: dm });
    // Two at once: the second one is told that it was answered.
    await window(actor(ada), { in: await scorecard(actor(ada)) });
    await actor(tom).fill({ 'Your answer': 'Lift the hold' });
    expect(await actor(tom).submit()).toEqual({ closed: true });
    expect(Object.values((await actor(ada).submit()).errors ?? {}).join()).toContain('Someone else changed this');
    await actor(ada).close();
    await until(async () => !(await isHeld()), 'the card to show the hold no more');
    await work.world.settled();
    await daysLater(1);
    expect(await purged()).toMatchObject({ cases: 1, held_by_sp: 0 });
  });
});

describe('data about a person', () => {
  /** Output of `npm run person`. */
  async function person(...args: string[]) {
    const said: string[] = [];
    const code = await runPerson(
      args,
      configured(),
      (line) => said.push(line),
      (line) => said.push(line),
    );
    return { out: said.join('\n'), code };
  }
  /** The same, in a separate process. */
  async function personApart(...args: string[]) {
    const child = spawn(process.execPath, [program('scripts/person.ts'), ...args], {
      env: { ...process.env, ...configured() },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return { out, err, code };
  }
  const WHO = ['--name', 'Zoë Quimby', '--phone', '+1 (555) 010-4477', '--email', 'zoe.quimby@mail.example'];
  /** A case that names her in its report and in its thread. */
  async function named() {
    const { stored, card } = await work.file(actor(amira), {
      details: 'Call Zoë Quimby, 555.010.4477, or write to Zoe.Quimby@mail.example. Quimby Road is closed.',
    });
    await actor(dana).say('Quimby, Zoë was called at (555) 010 4477; 555010447 is another number.', 'am-west', card.ts);
    await work.world.settled();
    return { ref: stored.ref, card };
  }
  const texts = async (ref: string) => JSON.stringify(await work.records.of(ref));
  let [open, done, held, edited] = ['', '', '', ''];

  it('is found and exported, however it was written, with why erasing would leave some of it', async () => {
    open = (await named()).ref;
    const first = await named();
    done = first.ref;
    await work.make(actor(dana), 'Resolve', (await work.now(done)).card, { Outcome: 'Coaching given' });
    held = (await named()).ref;
    await work.make(actor(dana), 'Legal hold', (await work.now(held)).card, { Reason: 'A claim.' });
    const only = await work.file(actor(amira));
    const said = await actor(dana).say('Zoë Quimby called.', 'am-west', only.card.ts);
    await work.world.settled();
    await actor(dana).edit(said, 'The customer called.');
    await until(async () => (await texts(only.stored.ref)).includes('The customer called.'), 'the edit');
    edited = only.stored.ref;
    await work.make(actor(dana), 'Resolve', (await work.now(edited)).card, { Outcome: 'Coaching given' });
    await actor(ada).openHome();
    await actor(ada).waitForHome(({ buttons }) => buttons.includes('Admin'));
    await actor(ada).press('Admin', { in: 'home' });
    await actor(ada).waitForHome(({ text }) => text.includes('Waiting for an admin'));
    await actor(ada).choose('SPs', { in: 'home', from: 'Choose what to see' });
    await actor(ada).waitForHome(({ text }) => text.includes('SPs ('));
    await actor(ada).choose('Zoë Quimby', { in: 'home', from: 'home_arg:find' });
    await actor(ada).waitForHome(({ text }) => text.includes('SPs found (0)'));
    const { jobDeps } = work.world.app;
    const answer = { is: 'put', reason: 'For Zoë Quimby.' } as const;
    expect(await holdSp(jobDeps, { account: 'ACC900', by: actor(ada).id, expected: null, answer })).toBeNull();
    expect((await person('find', '--quick', ...WHO)).out).not.toContain(edited);
    const { out, code } = await personApart('find', ...WHO);
    expect(code).toBe(0);
    expect(out).toContain(`${edited}: 1 text, may be erased`);
    expect(out).toContain(`${open}: 2 texts, KEPT: it is open`);
    expect(out).toContain(`${done}: 2 texts, may be erased`);
    expect(out).toContain(`${held}: 2 texts, KEPT: it is on legal hold: A claim.`);
    expect(out).toContain('a search that someone typed: 1 text, may be erased');
    expect(out).toContain('Admin history, legal hold of SP ACC900: KEPT: it is never edited');
    const exported = JSON.parse((await person('export', ...WHO)).out);
    expect(exported.cases.map(({ ref }: { ref: string }) => ref).sort()).toEqual([open, done, held, edited].sort());
    expect(JSON.stringify(exported)).toContain('Zoe.Quimby@mail.example');
    expect(personQueryFault({ name: 'Quimby' })).toContain('Give the first and the last name');
    expect(await findPerson(work.world.app.jobDeps, { phone: '555-010-9999' })).toMatchObject({ cases: [] });
  });

  it('is erased only with --yes, if nothing keeps it: from facts, history and search, and the chain holds', async () => {
    expect((await person('erase', ...WHO)).out).toContain('Nothing was changed');
    expect(await texts(done)).toContain('555.010.4477');
    const { out, code } = await person('erase', ...WHO, '--yes');
    expect(code).toBe(0);
    expect(out).toContain('Erased in 2 of 4 cases, and in 1 other place.');
    expect(out).toContain('delete those there');
    const left = await texts(done);
    for (const words of ['Zoë', '555.010.4477', '010 4477', 'mail.example', 'salt":null'])
      expect(left).not.toContain(words);
    expect(left).toContain('Quimby Road is closed.');
    expect(left).toContain('555010447 is another number');
    expect(await texts(edited)).not.toContain('Zoë');
    for (const ref of [open, held]) expect(await texts(ref)).toContain('555.010.4477');
    const { jobDeps } = work.world.app;
    expect(await checkRecord(jobDeps.history, await work.records.of(done))).toBeNull();
    await work.world.app.runJobs('deliver');
    const { stored, card } = await work.now(done);
    expect(stored.events.at(-1)).toMatchObject({ type: 'words_erased' });
    expect(card.content).toContain('Call [erased], [erased], or write to [erased]. Quimby Road is closed.');
    // The case continues like any other, and a second run finds nothing to do in it.
    expect(await work.make(actor(dana), 'Reopen', card, { Reason: 'There is more.' })).toEqual({ closed: true });
    expect(await checkRecord(jobDeps.history, await work.records.of(done))).toBeNull();
    const terms = { name: 'Zoë Quimby', phone: '5550104477', email: 'zoe.quimby@mail.example' };
    expect((await erasePerson(jobDeps, terms)).cases).toEqual([]);
  });
});
