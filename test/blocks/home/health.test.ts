import { type HealthPart, healthBlocks } from '../../../src/blocks/home/health';
import type { Connection } from '../../../src/domain/health';
import { JOBS } from '../../../src/jobs/schedule';
import { MONDAY } from '../../support/cases';

const MINUTE = 60_000;
const run = (name: string, minutesAgo: number, fault: string | null = null) => ({
  name,
  everyMinutes: name === 'audit' ? 10 : 1,
  at: new Date(+MONDAY - minutesAgo * MINUTE),
  ms: 12,
  did: fault ? null : { moved: 3, other: 0 },
  fault,
});
const WELL: HealthPart = {
  engine: { name: 'MongoDB', version: '7.0.2', replicaSet: 'rs0' },
  backlog: { deliveries: 4, oldest: new Date(+MONDAY - MINUTE) },
  runs: [run('audit', 20), run('nudge', 1)],
  instance: { version: '1.2.3', node: '20.1.0', mode: 'http', startedAt: MONDAY },
  connection: null,
  indexes: { ready: true, since: MONDAY, fault: null },
  unset: [],
  calendars: [],
  now: MONDAY,
};
const UP: Connection = { up: true, since: MONDAY, downMs: 0, why: null, reconnects: 1, lastOutage: null };
/** The page as text, one line per block. */
const lines = (change: Partial<HealthPart> = {}): string[] =>
  healthBlocks({ ...WELL, ...change }).map((block) => JSON.stringify(block));
/** The lines with a problem. */
const wrong = (change: Partial<HealthPart>): string[] => lines(change).filter((line) => line.includes(':warning:'));

describe('the health page', () => {
  it('says what there is, and that all is well', () => {
    const shown = lines();
    expect(shown[0]).toContain('Health: all is well');
    expect(shown.join()).toContain('MongoDB 7.0.2, replica set rs0');
    expect(shown.join()).toContain('*Messages*: 4 waiting to be sent');
    expect(shown.join()).toMatch(/Last tick.*3 moved/);
    expect(shown.join()).not.toContain('0 other');
    expect(shown.join()).toContain('Warmline 1.2.3  ·  Node 20.1.0  ·  Slack over HTTP');
    expect(wrong({})).toEqual([]);
  });

  it('says what each job is for and what it did, in words', () => {
    const shown = lines({ runs: JOBS.map(({ name }) => ({ ...run(name, 0), did: { held_by_sp: 2 } })) }).join();
    expect(shown).toContain('2 held by sp');
    for (const { name } of JOBS) expect(shown).not.toContain(`*Job ${name}* (every`);
  });

  it('shows problems first, and what to do about them', () => {
    const shown = lines({ runs: [run('audit', 22, 'No answer.'), run('nudge', 4)] });
    expect(shown[0]).toContain('Health: 2 to check');
    expect(shown[1]).toContain('It has missed its runs');
    expect(shown[2]).toContain('It failed: No answer.');
  });

  it.each<[string, Partial<HealthPart>]>([
    ['Reports are refused, not lost', { engine: null }],
    ['update the server', { engine: { name: 'MongoDB', version: '5.0.0', replicaSet: null } }],
    ['Good for a demo', { engine: { name: 'stand-in', version: '5.0.0', replicaSet: null } }],
    ['Email is not set up', { unset: ['Email is not set up: set SMTP_HOST.'] }],
    ['not counted in time', { backlog: null }],
    ['They should be gone within a minute', { backlog: { deliveries: 1, oldest: new Date(+MONDAY - 6 * MINUTE) } }],
    ['none yet', { runs: [] }],
    ['not known', { runs: null }],
    ['It has missed its runs', { runs: [run('nudge', 1), run('audit', 22)] }],
    [
      'It reconnects automatically',
      { connection: { ...UP, up: false, downMs: 90_000, why: 'it answered with HTTP 503' } },
    ],
    ['lists and searches are slow', { indexes: { ready: false, since: MONDAY, fault: null } }],
    ['The last try failed: a conflict', { indexes: { ready: false, since: MONDAY, fault: 'a conflict' } }],
  ])('says so: %s', (words, change) => {
    expect(wrong(change)).toEqual([expect.stringContaining(words)]);
  });

  it('shows since when the connection with Slack is open, and how long it was down before', () => {
    expect(lines({ connection: UP }).join()).toMatch(/Connection with Slack\*: open since <!date/);
    const outage = { from: new Date(+MONDAY - 5 * MINUTE), to: MONDAY, why: 'it answered with HTTP 503' };
    expect(lines({ connection: { ...UP, lastOutage: outage } }).join()).toContain(
      'down for 5 min: it answered with HTTP 503',
    );
    expect(lines().join()).not.toContain('Connection with Slack');
  });

  it('does not count messages that wait for the end of quiet hours as a problem', () => {
    const later = { deliveries: 1, oldest: new Date(+MONDAY + 300 * MINUTE) };
    expect(wrong({ backlog: later, engine: { name: 'FerretDB', version: '2.1', replicaSet: null } })).toEqual([]);
  });
});
