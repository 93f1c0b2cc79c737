import type { Connection } from 'mongoose';
import pino from 'pino';
import { connect } from '../../src/db/connection';
import { laneLeases } from '../../src/db/lanes';
import { freshDatabase } from '../support/engine';

const LONG_MS = 60_000;
/** A lease that has run out by the time it is given. */
const OVER_MS = -1;

let database: Awaited<ReturnType<typeof freshDatabase>>;
const connections: Connection[] = [];
async function instance(name: string, leaseMs: number) {
  const connection = await connect(database.uri, pino({ level: 'silent' }));
  connections.push(connection);
  return laneLeases(connection, name, leaseMs);
}

beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(async () => {
  await Promise.all(connections.splice(0).map((connection) => connection.close()));
  await database.drop();
});

describe('the lease of a lane', () => {
  it('is held by one instance at a time, and given back clean with what is in doubt', async () => {
    const [one, two] = [await instance('one', LONG_MS), await instance('two', LONG_MS)];
    expect(await one.claim('C1')).toMatchObject({ orphaned: false, suspects: [] });
    expect(one.holds('C1')).toBe(true);
    expect(await two.claim('C1')).toBeNull();
    const nextAt = new Date('2026-11-02T17:00:01Z');
    await one.release('C1', nextAt, ['SPF-000001:card:main']);
    expect(one.holds('C1')).toBe(false);
    expect(await two.claim('C1')).toEqual({ orphaned: false, suspects: ['SPF-000001:card:main'], nextAt });
  });

  it('of a dead instance goes to another, which learns that its holder died', async () => {
    const [dead, next] = [await instance('dead', OVER_MS), await instance('next', LONG_MS)];
    await dead.claim('C1');
    expect(await next.claim('C1')).toMatchObject({ orphaned: true });
  });

  it('that ran out is not taken back by a renewal: whoever was frozen sends nothing more there', async () => {
    const [frozen, next] = [await instance('frozen', OVER_MS), await instance('next', LONG_MS)];
    await frozen.claim('C1');
    await next.claim('C1');
    await frozen.renew();
    expect(frozen.holds('C1')).toBe(false);
    await frozen.release('C1', new Date(), []);
    expect(next.holds('C1')).toBe(true);
    expect(await (await instance('third', LONG_MS)).claim('C1')).toBeNull();
  });
});
