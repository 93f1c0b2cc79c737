import type { Actor } from '../../sandbox/workspace';
import { SYSTEM } from '../../src/domain/actor';
import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import type { CaseRecord } from '../../src/services/ports/cases';
import { type CaseWork, HOUR, startCaseWork } from '../support/case-work';
import { storedCase } from '../support/cases';
import { fileReport, openReport, UNSAFE } from '../support/reports';

const MARKER = 'SECRET-NOBODY-MAY-READ';
let work: CaseWork;
let amira: Actor;
let ben: Actor;
let dana: Actor;

beforeAll(async () => {
  work = await startCaseWork({ policy: { repeat_rules: DEFAULT_POLICY.repeat_rules } });
  [amira, ben, dana] = [work.as('amira'), work.as('ben'), work.as('dana')];
});
afterAll(() => work.stop());

/** The cases that the repeat rules have raised about an SP, oldest first. */
const raised = async (account: string): Promise<readonly CaseRecord[]> =>
  (await work.records.cases.bySp(account, 100)).filter(({ reporter }) => reporter === SYSTEM).reverse();
/** Once the listeners that filed are done. */
const settle = async () => {
  await work.world.app.runJobs();
  await work.world.app.runJobs();
  await work.world.settled();
};

describe('the repeat rule', () => {
  it('asks the Area Manager for coaching at the third negative within 30 days, linking its causes', async () => {
    const first = await work.file(amira);
    await work.file(ben);
    await settle();
    expect(await raised('ACC100')).toEqual([]);
    await work.file(amira);
    await settle();

    const [coaching, ...more] = await raised('ACC100');
    if (!coaching) throw new Error('Nothing was raised.');
    expect(more).toEqual([]);
    expect(coaching).toMatchObject({
      kind: 'exception',
      state: 'open',
      codes: ['COACH'],
      owner: dana.id,
      area: 'West',
    });
    expect(String(coaching.answers.details ?? JSON.stringify(coaching.answers))).toContain(
      'Proposed next step: coaching. No step was taken in the last year. You decide.',
    );
    expect(coaching.links.map(({ relation }) => relation)).toEqual(['cause', 'cause', 'cause']);
    expect(coaching.clocks.map(({ name }) => name)).toEqual(['acknowledge']);
    const { card } = await work.now(coaching.ref);
    expect(card.content).toContain('Coaching: 3 negative SP feedback reports within 30 days');
    expect(card.content).toContain(`because of ${first.stored.ref}`);
    expect(card.content).toContain('filed by Warmline');
  });

  it('is worked on like any other case, and no one is told who filed it', async () => {
    const [coaching] = await raised('ACC100');
    if (!coaching) throw new Error('Nothing was raised.');
    const { card } = await work.now(coaching.ref);
    await work.make(dana, 'Acknowledge', card);
    await work.make(dana, 'Resolve', (await work.now(coaching.ref)).card, {
      Outcome: 'Coaching given',
      'What the agent can tell the customer': 'Thank you.',
    });
    const { stored } = await work.now(coaching.ref);
    expect(stored.state).toBe('resolved');
    expect(stored.outbox).toEqual([]);
    expect(work.world.logged.filter((line) => line.includes(coaching.ref) && line.includes('"level":50'))).toEqual([]);
    expect(JSON.stringify(work.world.workspace.messages('am-west'))).not.toContain('<@system>');
  });

  it('raises nothing else within the same window', async () => {
    for (const agent of [amira, ben, amira]) await work.file(agent);
    await settle();
    expect(await raised('ACC100')).toHaveLength(1);
  });

  it('raises one case if two reports come at the same time', async () => {
    await work.file(amira, { account: 'ACC200' });
    await work.fill(amira, { account: 'ACC200' });
    await work.fill(ben, { account: 'ACC200' });
    await Promise.all([amira.submit(), ben.submit()]);
    const other = await work.world.another();
    await Promise.all([other.runJobs(), settle()]);
    expect(await raised('ACC200')).toHaveLength(1);
  });

  it('runs later if the instance died right after it stored the report, and its reporter is told then', async () => {
    const now = work.world.clock.now();
    const sp = { account: 'ACC777', name: null };
    // For two, the reporter was not told; the third was filed this very moment, and its process may be about to.
    const told = (sj: string) => amira.dm().filter(({ text }) => text.includes(`is filed (SJ ${sj})`));
    for (const id of ['910', '911', '912'])
      await work.records.cases.insert(
        { ...storedCase(id, now, { sp, sj: `777${id}`, reporter: amira.id }), outbox: [] },
        id === '910' ? undefined : { masked: ['card'] },
      );
    await work.world.app.runJobs('watch');
    expect([told('777911'), told('777912')]).toEqual([[], []]);
    await work.world.pass(HOUR);
    expect(await raised('ACC777')).toHaveLength(1);
    await work.world.pass(HOUR);
    expect(await raised('ACC777')).toHaveLength(1);
    expect([told('777910').length, told('777911').length, told('777912').length]).toEqual([0, 1, 1]);
    expect(told('777911')[0]?.content).toContain('card number');
  });

  it('for high-risk reports shows which and how severe, and none of their text', async () => {
    for (const sj of ['720001', '720002']) {
      await openReport(amira, '/high-risk', `ACC100 ${sj}`);
      await amira.fill({ ...UNSAFE, 'What happened': MARKER });
      await fileReport(work.world, work.records, amira);
    }
    await settle();
    const [, coaching] = await raised('ACC100');
    if (!coaching) throw new Error('Nothing was raised.');
    const { stored, card } = await work.now(coaching.ref);
    expect(card.content).toMatch(/2 high-risk reports within 365 days: HRR-\d{6} \(high\), HRR-\d{6} \(high\)\./);
    expect(JSON.stringify([stored, card])).not.toContain(MARKER);
  });
});
