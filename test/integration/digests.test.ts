import type { Connection } from 'mongoose';
import type { Actor, MessageReading } from '../../sandbox/workspace';
import type { WarmlineApp } from '../../src/app';
import { connect } from '../../src/db/connection';
import { coverStore } from '../../src/db/covers';
import { letterStore } from '../../src/db/letters';
import type { Letter } from '../../src/domain/letters';
import { slackLane } from '../../src/domain/targets';
import { moveCase } from '../../src/services/move-case';
import type { StoredCase } from '../../src/services/ports/cases';
import type { LetterStore } from '../../src/services/ports/letters';
import { type Given, storedAfter, storedCase } from '../support/cases';
import { fileFeedback } from '../support/feedback';
import { MONDAY_9, startWorld, type World } from '../support/world';
import { openRecords, type Records } from './records';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const MARKER = 'SECRET-NOBODY-MAY-READ';
const DIGEST = 'Good morning';
const REPORT = 'Weekly report';

let world: World;
let records: Records;
let connection: Connection;
let letters: LetterStore;
let second: WarmlineApp;
let [amira, dana, tom, priya, ada]: Actor[] = [];

beforeAll(async () => {
  world = await startWorld();
  records = await openRecords(world);
  connection = await connect(world.databaseUri, world.log);
  letters = letterStore(connection);
  second = await world.another();
  [amira, dana, tom, priya, ada] = ['amira', 'dana', 'tom', 'priya', 'ada'].map((name) => world.workspace.as(name));
});
afterAll(async () => {
  await connection.close();
  await records.close();
  await world.stop();
});

/** The time this many days and hours after Monday at nine in Los Angeles. */
const at = (days: number, hours = 0) => new Date(MONDAY_9 + days * DAY + hours * HOUR);
/** Moves the clock to a time, and runs the jobs on both instances at once, twice. */
async function until(moment: Date): Promise<void> {
  world.clock.advance(+moment - +world.clock.now());
  for (const _round of [1, 2])
    for (const job of ['digest', 'weekly', 'letters']) await Promise.all([world.app.runJobs(job), second.runJobs(job)]);
}
const digestsOf = (actor: Actor | undefined) => (actor?.dm() ?? []).filter(({ text }) => text.startsWith(DIGEST));
const reportsIn = (channel: string) => world.workspace.messages(channel).filter(({ text }) => text.startsWith(REPORT));
const under = ({ channel, ts }: MessageReading) => world.workspace.thread(channel, ts).slice(1);

const fail = (error: unknown) => {
  throw error;
};

let count = 0;
interface Kept {
  readonly filedAt?: Date;
  /** The review's question to its agent. */
  readonly question?: string;
  readonly outbox?: StoredCase['outbox'];
}
/** Stores a case directly. */
async function keep(given: Given, { filedAt = at(0), question = '', outbox = [] }: Kept = {}): Promise<StoredCase> {
  const people = { owner: dana?.id ?? '', reporter: amira?.id ?? '' };
  const filed = storedCase(String(800_000 + count++), filedAt, { ...people, clocks: [], ...given });
  const base = question ? storedAfter(filed, { type: 'return_to_agent', question }, filedAt) : filed;
  const { 'am-west': channel = '', 'warmline-unrouted': fallback = '' } = world.workspace.ids.channels;
  const posts = base.posts.map((post) => ({ ...post, channel, fallback }));
  const stored = { ...base, posts, outbox };
  await records.cases.insert(stored);
  return stored;
}

describe('the daily digest', () => {
  it('tells an Area Manager once what is open, late, promised and praised, with links to the cards', async () => {
    await fileFeedback(world.workspace.as('amira'), '700001');
    await world.settled();
    const card = world.workspace.messages('am-west').find(({ text }) => text.includes('700001'));
    const risk = await keep({
      ref: 'HRR-000901',
      kind: 'high_risk',
      title: MARKER,
      severity: 'critical',
      answers: { what: MARKER },
      severityReason: MARKER,
    });
    const praise = await keep({ tone: 'positive', severity: 'low', title: 'Positive feedback from a customer' });
    await keep({ kind: 'provider_report', title: MARKER, ref: 'PRV-000901' });
    await until(at(1));

    const [digest, ...more] = digestsOf(dana);
    expect(more).toEqual([]);
    expect(digest?.text).toBe('Good morning: 3 open, 1 overdue');
    expect(digest?.content).toContain('*3* open  ·  *1* overdue  ·  *0* promised today  ·  *1* new praise');
    expect(digest?.content).toMatch(/Overdue\n.*SPF-\d{6}/);
    const links = JSON.stringify(digest?.blocks).match(/"type":"link","url":"https?:[^"]+","text":"SPF-\d{6}"/g) ?? [];
    expect(links.join()).toContain(card?.ts.replace('.', '') ?? 'no card');
    expect(digest?.content).toContain(praise.ref);
    expect(digest?.content).not.toContain('PRV-');
    expect(JSON.stringify([digest, digestsOf(ada)])).not.toContain(MARKER);
    expect(digestsOf(priya).map(({ content }) => content)).toEqual(['☀️ *East*: nothing is open. Have a good day!']);
    expect(risk.ref).toBe('HRR-000901');
  });

  it('comes late after downtime, and praise is reported only once', async () => {
    world.clock.advance(+at(2, 6) - +world.clock.now());
    expect(digestsOf(dana)).toHaveLength(1);
    await until(at(2, 6));
    expect(digestsOf(dana)).toHaveLength(2);
    expect(digestsOf(dana).at(-1)?.content).not.toContain('new praise');
  });

  it('tells each admin what waits for the team', async () => {
    await keep(
      { kind: 'exception', state: 'in_review', ref: 'EXC-000901', title: 'Exception: NCNS' },
      { filedAt: at(1) },
    );
    await keep({ kind: 'exception', state: 'in_review', ref: 'EXC-000902', title: 'Exception: NCNS' });
    await keep(
      { kind: 'exception', state: 'in_review', ref: 'EXC-000903', title: 'Exception: NCNS' },
      { question: 'Who?' },
    );
    await keep({ area: null, owner: null, unrouted: 'SP account X is not in the directory.', ref: 'SPF-000904' });
    const dead = storedCase('dead').outbox.map((delivery) => ({
      ...delivery,
      lane: slackLane('C0GONE'),
      dead: 'is_archived',
    }));
    await keep({ ref: 'SPF-000905' }, { outbox: dead });
    await until(at(3));
    const [digest] = digestsOf(ada).slice(-1);
    expect(digest?.text).toBe('Good morning: 1 unrouted, 2 in review, 1 returned, 1 not delivered');
    expect(digest?.content).toMatch(/EXC-000902[\s\S]*EXC-000901[\s\S]*EXC-000903[\s\S]*SPF-000905 to #C0GONE/);
    expect(digestsOf(dana).at(-1)?.content).not.toContain('EXC-00090');
  });

  it('does not come on a Saturday, on a Sunday or on a holiday', async () => {
    await until(at(4));
    const before = digestsOf(dana).length;
    await until(at(5, 2));
    await until(at(6, 2));
    expect(digestsOf(dana)).toHaveLength(before);
    await until(at(7));
    expect(digestsOf(dana)).toHaveLength(before + 1);
    await until(at(9, 2)); // Veterans Day
    expect(digestsOf(dana)).toHaveLength(before + 1);
  });
});

describe('a digest shortly before midnight', () => {
  const daily = async (daily_at: string) => {
    const policy = await records.directory.policy();
    await records.directory.savePolicy({ ...policy, digests: { ...policy.digests, daily_at } }, 'test');
    world.clock.advance(6000); // directory data may be five seconds old
  };
  afterAll(() => daily('09:00'));

  it('comes once, even if no one looks until the day is over, and its area is in another zone by then', async () => {
    await daily('23:56');
    const before = digestsOf(dana).length;
    await until(at(8, 14.9)); // Tuesday 23:54 in Los Angeles
    expect(digestsOf(dana)).toHaveLength(before);
    await until(at(8, 15.2)); // 00:12
    expect(digestsOf(dana)).toHaveLength(before + 1);

    const [west] = (await records.directory.areas()).filter(({ name }) => name === 'West');
    if (!west) throw new Error('There is no area West.');
    await records.directory.saveAreas([{ ...west, timeZone: 'US/Pacific' }]);
    await until(at(8, 15.3));
    await records.directory.saveAreas([{ ...west, timeZone: 'America/Denver' }]);
    await until(at(8, 15.4));
    expect(digestsOf(dana)).toHaveLength(before + 1);
    await records.directory.saveAreas([west]);
  });
});

describe('while an Area Manager is away', () => {
  it('the cover gets the digest', async () => {
    const covers = coverStore(connection, () => world.clock.now(), fail);
    const [person, deputy] = [dana?.id ?? '', tom?.id ?? ''];
    await covers.ask({ id: 'cover:1', person, deputy, from: at(9), until: at(11), state: 'accepted' });
    const before = digestsOf(dana).length;
    await until(at(10));
    expect(digestsOf(dana)).toHaveLength(before);
    expect(digestsOf(tom).map(({ content }) => content)).toEqual([expect.stringContaining('*West*')]);
  });
});

describe('the weekly report', () => {
  it('came on Monday at nine to each area and to leadership once, with its charts in the thread', async () => {
    const [west, ...more] = reportsIn('am-west');
    expect(more).toEqual([]);
    expect(west?.text).toMatch(/^Weekly report, West, Nov 2 – Nov 8: \d+ filed$/);
    expect(west?.content).toContain('Weekly report: West, Nov 2 – Nov 8');
    if (!west) throw new Error('No report came.');
    const [charts, ...others] = under(west);
    expect(others).toEqual([]);
    expect(charts?.files.length).toBeGreaterThanOrEqual(2);
    expect(reportsIn('am-east')).toEqual([]); // nothing was filed there
    const [leadership, ...again] = reportsIn('leadership-desk');
    expect(again).toEqual([]);
    expect(leadership?.content).toContain('1 × Provider report');
    expect(west.content).not.toContain('Provider report');
    expect(JSON.stringify([west, charts, leadership, leadership && under(leadership)])).not.toContain(MARKER);
  });

  const aReport = (id: string, to: string): Omit<Letter, 'claims'> => ({
    id,
    to,
    about: null,
    at: world.clock.now(),
    content: {
      type: 'weekly_report',
      area: 'East',
      from: at(0),
      to: at(7),
      timeZone: 'America/New_York',
      kinds: [['SP feedback', 2]],
      acknowledge: { of: 2, median: 90, ninetieth: 200 },
      resolve: null,
      reasons: [['NCNS', 2]],
      negatives: [],
      praise: [],
      trend: [],
    },
  });

  it('that arrived before its instance died is sent once, and so are its charts', async () => {
    const letter = aReport('weekly:area:East:once', world.workspace.ids.channels['am-east'] ?? '');
    await letters.put(letter);
    await until(at(10, 3));
    await connection
      .collection<{ _id: string }>('letters')
      .updateOne({ _id: letter.id }, { $set: { dueAt: letter.at, content: letter.content } });
    await until(at(10, 4));
    const [report, ...more] = reportsIn('am-east');
    expect(more).toEqual([]);
    expect(report && under(report)).toHaveLength(1);
    expect(report?.content).toContain('half of them within *1 h 30 min*, nine in ten within *3 h 20 min*');
  });

  it('that cannot be delivered goes to the admins, in words, and is kept as failed', async () => {
    await letters.put(aReport('weekly:area:East:lost', 'C0NOWHERE'));
    await until(at(10, 5));
    const told = ada?.dm().filter(({ text }) => text.startsWith('The weekly report could not be delivered'));
    expect(told).toHaveLength(1);
    expect(told?.[0]?.content).toContain('channel_not_found');
    expect(await letters.failed(5)).toEqual([
      expect.objectContaining({ id: 'weekly:area:East:lost', fault: 'channel_not_found', what: 'The weekly report' }),
    ]);
  });

  it('is not written again because little is kept of what was sent', async () => {
    const policy = await records.directory.policy();
    await records.directory.savePolicy({ ...policy, retention: { ...policy.retention, letters: 1 } }, 'test');
    const before = reportsIn('am-west').length;
    await until(at(11));
    await world.app.runJobs('purge');
    await until(at(11, 1));
    expect(reportsIn('am-west')).toHaveLength(before);
    await records.directory.savePolicy(policy, 'test');
  });
});

it('praise that the Admin team reviews is in the digest after its Area Manager has it, once', async () => {
  await until(at(28));
  const praise = await keep(
    { kind: 'exception', ref: 'EXC-000950', state: 'in_review', tone: 'positive', title: 'Exception: GREAT SVC' },
    { filedAt: at(28, 1) },
  );
  await until(at(29));
  expect(digestsOf(dana).at(-1)?.content).not.toContain('new praise');
  world.clock.advance(HOUR);
  const sent = { code: 'GREAT SVC', severity: 'low', note: '', area: 'West', owner: dana?.id ?? '' } as const;
  await moveCase(world.app.jobDeps, {
    find: { ref: praise.ref },
    move: { type: 'send_to_manager', ...sent },
    by: ada?.id ?? '',
    key: null,
  });
  await until(at(30));
  expect(digestsOf(dana).at(-1)?.content).toContain('*1* new praise');
  await until(at(31));
  expect(digestsOf(dana).at(-1)?.content).not.toContain('new praise');
});
