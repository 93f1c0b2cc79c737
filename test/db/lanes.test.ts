import type { Connection } from 'mongoose';
import pino from 'pino';
import { connect } from '../../src/db/connection';
import { laneLeases, laneReports } from '../../src/db/lanes';
import { storedQueue } from '../../src/domain/lane-queue';
import type { LaneState } from '../../src/services/ports/lanes';
import { freshDatabase } from '../support/engine';

const LEASE_MS = 6000;
const CLEAN: LaneState = { orphaned: false, suspects: [], troubles: [], restMs: 0, blocked: null };

let database: Awaited<ReturnType<typeof freshDatabase>>;
const connections: Connection[] = [];

/** A machine with its own clock, whose time of day may be anything. */
async function machine(name: string, timeOfDay = 0) {
  const connection = await connect(database.uri, pino({ level: 'silent' }));
  connections.push(connection);
  const time = { steady: Math.floor(Math.random() * 1e6), wall: timeOfDay };
  const leases = laneLeases(connection, name, LEASE_MS, { steady: () => time.steady, wall: () => time.wall });
  return {
    ...leases,
    claim: (queue: string) => leases.claim(storedQueue(queue)),
    holds: (queue: string) => leases.holds(storedQueue(queue)),
    release: (queue: string, state: LaneState) => leases.release(storedQueue(queue), state),
    passes: (ms: number) => {
      time.steady += ms;
      time.wall += ms;
    },
    /** It was asleep: only its time of day continued. */
    sleeps: (ms: number) => {
      time.wall += ms;
    },
    clockIsSet: (ms: number) => {
      time.wall += ms;
    },
  };
}
type Machine = Awaited<ReturnType<typeof machine>>;
const bothWait = (ms: number, ...machines: Machine[]) => {
  for (const one of machines) one.passes(ms);
};

beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(async () => {
  await Promise.all(connections.splice(0).map((connection) => connection.close()));
  await database.drop();
});

describe('the lease of a lane', () => {
  it('is held by one instance at a time, and released with what the next one has to know', async () => {
    const [one, two] = [await machine('one'), await machine('two')];
    expect(await one.claim('C1')).toEqual({ orphaned: false, suspects: [], troubles: [], restMs: 0 });
    expect(one.holds('C1')).toBe(true);
    expect(await two.claim('C1')).toBeNull();
    const troubles = [{ id: 'SPF-000002:card:main', tries: 4, blamed: 2 }];
    await one.release('C1', { ...CLEAN, suspects: ['SPF-000001:card:main'], troubles, restMs: 700 });
    expect(one.holds('C1')).toBe(false);
    expect(await two.claim('C1')).toEqual({
      orphaned: false,
      suspects: ['SPF-000001:card:main'],
      troubles,
      restMs: 700,
    });
  });

  it('does not rest for the instance that sent last in it, which knows its own rate', async () => {
    const one = await machine('one');
    await one.claim('C1');
    await one.release('C1', { ...CLEAN, restMs: 700 });
    expect(await one.claim('C1')).toMatchObject({ restMs: 0 });
  });

  it('of a dead instance goes to another once that has seen it unchanged, which learns that its holder died', async () => {
    const [dead, next] = [await machine('dead'), await machine('next')];
    await dead.claim('C1');
    expect(await next.claim('C1')).toBeNull();
    next.passes(LEASE_MS - 1);
    expect(await next.claim('C1')).toBeNull();
    next.passes(1);
    expect(await next.claim('C1')).toMatchObject({ orphaned: true });
    expect(next.holds('C1')).toBe(true);
  });

  it('stays in doubt if the one who took it over could not look either', async () => {
    const [dead, next, third] = [await machine('dead'), await machine('next'), await machine('third')];
    await dead.claim('C1');
    await next.claim('C1');
    next.passes(LEASE_MS);
    await next.claim('C1');
    await next.release('C1', { ...CLEAN, orphaned: true });
    expect(await third.claim('C1')).toMatchObject({ orphaned: true });
  });

  it.each([
    ['minutes ahead', 17 * 60_000],
    ['minutes behind', -17 * 60_000],
  ])('of a live instance is never taken by one whose clock is %s', async (_, ahead) => {
    const [one, two] = [await machine('one'), await machine('two', ahead)];
    await one.claim('C1');
    for (let beats = 0; beats < 20; beats++) {
      expect(await two.claim('C1')).toBeNull();
      bothWait(LEASE_MS / 3, one, two);
      await one.renew();
      expect([one.holds('C1'), two.holds('C1')]).toEqual([true, false]);
    }
  });

  it('ends for its holder before anyone else may have it, however late it is renewed', async () => {
    const [slow, next] = [await machine('slow'), await machine('next')];
    await slow.claim('C1');
    await next.claim('C1');
    let taken = false;
    for (let waited = 0; waited < 2 * LEASE_MS && !taken; waited += 500) {
      bothWait(500, slow, next);
      taken = (await next.claim('C1')) !== null;
      expect(slow.holds('C1') && taken).toBe(false);
    }
    expect(taken).toBe(true);
    await slow.renew();
    expect(slow.holds('C1')).toBe(false);
    await slow.release('C1', CLEAN);
    expect(next.holds('C1')).toBe(true);
    expect(await slow.claim('C1')).toBeNull();
  });

  it('of many lanes claimed at once by two instances goes to one of them each, with what its last holder left', async () => {
    const [one, two] = [await machine('one'), await machine('two')];
    const lanes = Array.from({ length: 12 }, (_, i) => `C${i}`);
    // A third of them was never used, one is held, and one has something to hand on.
    for (const lane of lanes.slice(4)) await one.claim(lane);
    for (const lane of lanes.slice(5, 11)) await one.release(lane, CLEAN);
    await one.release('C11', { ...CLEAN, suspects: ['SPF-000001:card:main'], restMs: 700 });
    const [ones, twos] = await Promise.all(
      [one, two].map((its) => Promise.all(lanes.map(async (lane) => (await its.claim(lane)) ?? 'not'))),
    );
    const holders = lanes.map((lane, i) => [
      ones?.[i] !== 'not',
      twos?.[i] !== 'not',
      one.holds(lane),
      two.holds(lane),
    ]);
    for (const [won, alsoWon, holds, alsoHolds] of holders) {
      expect(won).not.toBe(alsoWon);
      expect([holds, alsoHolds]).toEqual([won, alsoWon]);
    }
    expect(ones?.[4]).toEqual({ orphaned: false, suspects: [], troubles: [], restMs: 0 });
    expect([ones?.[11], twos?.[11]]).toContainEqual(expect.objectContaining({ suspects: ['SPF-000001:card:main'] }));
    // Released together, they are free.
    await Promise.all(lanes.flatMap((lane) => [one, two].map((its) => its.release(lane, CLEAN))));
    const third = await machine('third');
    expect(await Promise.all(lanes.map((lane) => third.claim(lane)))).toEqual(
      lanes.map(() => ({ orphaned: false, suspects: [], troubles: [], restMs: 0 })),
    );
  });

  it('is not trusted by a machine that was asleep, nor after its clock was set forward, until the store confirms it', async () => {
    const one = await machine('one');
    await one.claim('C1');
    one.sleeps(20 * 60_000);
    expect(one.holds('C1')).toBe(false);
    await one.renew();
    expect(one.holds('C1')).toBe(true);
    one.clockIsSet(-60 * 60_000);
    expect(one.holds('C1')).toBe(true);
  });
});

it('a lane in which Slack refuses everything is reported with its reason, until something gets through', async () => {
  const one = await machine('one');
  const [connection] = connections;
  if (!connection) throw new Error('no connection');
  const reports = laneReports(connection);
  await one.claim('C1');
  await one.release('C1', { ...CLEAN, blocked: 'ekm_access_denied' });
  expect(await reports.blocked()).toEqual(new Map([['C1', 'ekm_access_denied']]));
  await one.claim('C1');
  await one.release('C1', CLEAN);
  expect(await reports.blocked()).toEqual(new Map());
});
