import type { Connection } from 'mongoose';
import { rehearsal } from '../../scripts/job/rehearsal';
import { alarmStore } from '../../src/db/alarms';
import { connect } from '../../src/db/connection';
import type { AlarmKind } from '../../src/domain/alarms';
import { auditCases } from '../../src/services/audit-cases';
import { type CaseWork, dmsAbout, HOUR, startCaseWork } from '../support/case-work';
import { type Given, storedCase } from '../support/cases';
import { quotesOf } from './records';

const MINUTE = 60_000;

let work: CaseWork;
let connection: Connection;
let alarms: ReturnType<typeof alarmStore>;
beforeAll(async () => {
  work = await startCaseWork();
  connection = await connect(work.world.databaseUri, work.world.log);
  alarms = alarmStore(connection);
});
afterAll(async () => {
  await connection.close();
  await work.stop();
});

const later = (ms: number) => work.world.workspace.clock.advance(ms);
/** Runs one audit, and delivers its messages. */
async function audit(): Promise<void> {
  await work.world.app.runJobs('audit');
  await work.world.app.runJobs('letters');
  await work.world.settled();
}
const raised = async () => (await alarms.open(100)).map(({ id }) => id);
const dmsOfAda = () =>
  work
    .as('ada')
    .dm()
    .filter(({ text }) => text.startsWith('Warmline raised'));
const errorsAbout = (ref: string) =>
  work.world.logged.map((line) => JSON.parse(line)).filter((line) => line.level === 50 && line.ref === ref);
/** Changes a case as no move does. */
const damage = (ref: string, fields: object) => connection.collection('cases').updateOne({ ref }, { $set: fields });
/** Closes every case so far, as if resolved, so that it affects no other test. */
const closeAll = () =>
  connection
    .collection('cases')
    .updateMany({}, { $set: { state: 'void', isOpen: false, clocks: [], nextNudgeAt: null } });
afterEach(async () => {
  work.world.workspace.faults.clear();
  await closeAll();
  await connection.collection('alarms').deleteMany({});
});

describe('the auditor', () => {
  it('clears what is well again, behind any number of alarms that stay', async () => {
    const since = new Date(+work.world.clock.now() - HOUR);
    const alarm = (kind: AlarmKind, i: number) => {
      const ref = `SPF-9${i}`;
      return { _id: `${kind}:${ref}` as never, kind, ref, about: 'Look.', since: new Date(+since + i), told: true };
    };
    const many = Array.from({ length: 2_500 }, (_, i) => alarm('broken_record', i));
    await connection.collection('alarms').insertMany([...many, alarm('overdue', 2_500)]);
    await audit();
    expect(await connection.collection('alarms').distinct('kind')).toEqual(['broken_record']);
    expect(await alarms.count()).toBe(2_000);
  });

  it('fires what is late beyond the grace period, tells the admins once, and clears the alarm when all is well', async () => {
    const { stored, card } = await work.file(work.as('amira'));
    const { ref } = stored;
    const nudges = () =>
      work
        .as('dana')
        .thread('am-west', card.ts)
        .filter(({ text }) => text.includes('waits for'));
    later(4 * HOUR + 10 * MINUTE);
    await audit();
    expect([nudges(), await raised()]).toEqual([[], []]);

    later(6 * MINUTE);
    await audit();
    expect(nudges()).toHaveLength(1);
    expect(await raised()).toEqual(['overdue']);
    expect(errorsAbout(ref)).toHaveLength(1);
    expect(dmsOfAda()).toHaveLength(1);
    expect(dmsOfAda()[0]?.blocks).toEqual([
      expect.objectContaining({ text: expect.objectContaining({ text: expect.stringContaining(ref) }) }),
    ]);

    await audit();
    expect([nudges().length, dmsOfAda().length]).toEqual([1, 1]);
    later(10 * MINUTE);
    await audit();
    expect(await raised()).toEqual([]);
    expect(work.world.logged.some((line) => line.includes('the cause of this alarm is gone'))).toBe(true);
  });

  it('is not stopped by a case that cannot be moved, and names it', async () => {
    const broken = (await work.file(work.as('amira'))).stored.ref;
    const { stored } = await work.file(work.as('amira'));
    await damage(broken, { posts: null });
    later(4 * HOUR + 16 * MINUTE);
    await audit();
    expect(await raised()).toEqual(expect.arrayContaining(['overdue', `overdue:${broken}`]));
    expect((await work.records.of(stored.ref)).events.at(-1)?.type).toBe('nudged');
  });

  it('starts the clock of an open case that has none, once even if two instances look at the same moment', async () => {
    const { stored, card } = await work.file(work.as('amira'));
    const { ref } = stored;
    await damage(ref, { clocks: [], nextNudgeAt: null });
    const second = await work.world.another();
    const before = dmsOfAda().length;
    await Promise.all([work.world.app, second].map((app) => app.runJobs('audit')));
    await Promise.all([work.world.app, second].map((app) => app.runJobs('letters')));
    await work.world.settled();
    await work.world.halt(second);

    const mended = await work.records.of(ref);
    expect(mended.events.filter(({ type }) => type === 'clock_started')).toHaveLength(1);
    expect(mended.clocks).toMatchObject([{ name: 'acknowledge', fired: 0 }]);
    const said = (reply: { text: string }) => reply.text.includes('a clock was started');
    await work.as('dana').waitForReply('am-west', card.ts, said);
    const lines = work.as('dana').thread('am-west', card.ts).filter(said);
    expect(lines).toHaveLength(1);
    expect(await raised()).toEqual([`no_next_step:${ref}`]);
    expect(errorsAbout(ref)).toHaveLength(1);
    expect(dmsOfAda()).toHaveLength(before + 1);

    const [ada, dana] = [work.as('ada'), work.as('dana')];
    await ada.openHome();
    expect((await ada.waitForHome(({ text }) => text.includes('Alarms (1)'))).text).toContain(ref);
    await dana.openHome();
    expect((await dana.waitForHome(({ text }) => text.length > 0)).text).not.toContain('Alarms');
  });

  it('reports a case whose ladder ended without an answer, until someone answers', async () => {
    const { stored, card } = await work.file(work.as('amira'));
    later(10 * 24 * HOUR);
    await work.world.app.runJobs('nudge');
    await work.world.settled();
    later(16 * MINUTE);
    await audit();
    expect(await raised()).toEqual([`unanswered:${stored.ref}`]);
    expect(await work.make(work.as('dana'), 'Acknowledge', card)).toEqual({ closed: true });
    later(10 * MINUTE);
    await audit();
    expect(await raised()).toEqual([]);
  });

  it('reports where messages do not get out, and when they do', async () => {
    const { card } = await work.file(work.as('amira'));
    const { faults } = work.world.workspace;
    faults.set({ rateLimit: { remaining: 1000, retryAfterSec: 1, method: 'chat.postMessage' } });
    await work.make(work.as('dana'), 'Add note', card, { Note: 'Called them.' });
    later(16 * MINUTE);
    await audit();
    expect(await raised()).toEqual([`undelivered:${card.channel}`]);
    faults.clear();
    await work.as('dana').waitForReply('am-west', card.ts, ({ text }) => text.includes('new note'));
    await work.world.settled();
  });

  it('sends an alarm whose finder died before it could, once', async () => {
    const { stored } = await work.file(work.as('amira'));
    later(4 * HOUR + 16 * MINUTE);
    const alarm = { id: 'overdue', kind: 'overdue' as const, ref: stored.ref, about: `${stored.ref} is late.` };
    expect(await alarms.raise({ ...alarm, since: work.world.clock.now() })).toBe(true);
    const before = dmsOfAda().length;
    await audit();
    await audit();
    expect(dmsOfAda()).toHaveLength(before + 1);
    expect(JSON.stringify(dmsOfAda().at(-1)?.blocks)).toContain(`${stored.ref} is late.`);
  });

  it('gives an unowned case to the person who answers for its area', async () => {
    const { ref } = (await work.file(work.as('amira'))).stored;
    await damage(ref, { owner: null, desks: ['all:open', 'ownerless:yes', 'area:West'] });
    await audit();
    expect(await work.records.of(ref)).toMatchObject({ owner: work.world.workspace.ids.users.dana, area: 'West' });
    expect(await raised()).toEqual([`no_owner:${ref}`]);
  });

  const MANY = 205;
  let inserted = 0;
  /** More cases than an audit reads at a time, all sent. */
  async function insertMany(at: Date, given: Given) {
    for (const last = inserted + MANY; inserted < last; inserted++) {
      const one = storedCase(String(inserted), at, { ...given, ref: `MANY-${inserted}` });
      await work.records.cases.insert({ ...one, outbox: [] });
    }
  }

  it('hands on what comes due after hundreds of cases that wait for the Admin team', async () => {
    const { workspace } = work.world;
    const owner = workspace.ids.users.priya ?? '';
    await insertMany(work.world.clock.now(), { kind: 'exception', state: 'in_review', owner });
    const { ref } = (await work.file(work.as('amira'))).stored;
    await damage(ref, { owner, desks: ['all:open', `owner:${owner}`, 'area:West'] });
    workspace.deactivate('priya');
    later(2 * MINUTE);
    await audit();
    expect((await work.records.of(ref)).owner).toBe(workspace.ids.users.dana);
  });

  it('shows in a dry run what it would hand on, and ends', async () => {
    const owner = work.world.workspace.ids.users.priya ?? '';
    await insertMany(work.world.clock.now(), { owner });
    const would = new Set<string | null>();
    const deps = rehearsal(work.world.app.jobDeps, ({ ref }) => would.add(ref));
    await auditCases(deps, { raised: () => undefined, cleared: () => undefined, fault: () => undefined });
    expect([...would].filter((ref) => ref?.startsWith('MANY'))).toHaveLength(200);
  });

  it('hands on the cases of a deactivated account, once', async () => {
    const { workspace } = work.world;
    const refs = [(await work.file(work.as('amira'))).stored.ref, (await work.file(work.as('amira'))).stored.ref];
    // One without an area stays in its channel, whoever owns it.
    const desk = workspace.ids.channels['leadership-desk'] ?? '';
    const given = { kind: 'leadership', owner: workspace.ids.users.dana ?? '' } as const;
    const base = storedCase('000777', work.world.clock.now(), given);
    const posts = base.posts.map((post) => ({
      ...post,
      channel: desk,
      fallback: desk,
      sent: { channel: desk, ts: '1.2' },
    }));
    const leadership = { ...base, posts, outbox: [] };
    await work.records.cases.insert(leadership);
    workspace.deactivate('dana');
    later(2 * MINUTE);
    const second = await work.world.another();
    await Promise.all([work.world.app, second].map((app) => app.runJobs('audit')));
    await work.world.settled();
    await work.world.halt(second);
    for (const ref of refs) {
      const { owner, events } = await work.records.of(ref);
      expect(owner).toBe(workspace.ids.users.tom);
      expect(events.filter(({ type }) => type === 'reassigned')).toHaveLength(1);
      const [told] = dmsAbout(work.as('tom'), ref);
      expect(told?.content).toContain('Warmline handed you this case:');
      expect(quotesOf(told?.blocks)).toEqual([
        'Its owner no longer uses their account. The new owner is next in line: they are the deputy of West.',
      ]);
    }
    const { owner, posts: kept } = await work.records.of(leadership.ref);
    expect([workspace.ids.users.sam, workspace.ids.users.rita]).toContain(owner);
    expect(kept.map(({ channel }) => channel)).toEqual([desk]);
    expect(await raised()).toEqual([`no_owner:${workspace.ids.users.dana}`]);
  });

  it('sets the clocks of hundreds of cases right that a machine dated in the future', async () => {
    await insertMany(new Date(+work.world.clock.now() + 2 * HOUR), {
      owner: work.world.workspace.ids.users.tom ?? '',
    });
    await audit();
    const ahead = { 'clocks.startedAt': { $gt: work.world.clock.now() } };
    expect(await connection.collection('cases').countDocuments(ahead)).toBe(0);
    expect((await alarms.open(1))[0]?.about).toContain(`${MANY} cases are dated`);
  });
});
