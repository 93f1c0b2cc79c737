import type { Connection } from 'mongoose';
import pino from 'pino';
import { connect } from '../../src/db/connection';
import { directoryStore } from '../../src/db/directory';
import type { Person } from '../../src/domain/access';
import { STARTER_CATALOGUE } from '../../src/domain/catalogue';
import { type ConfigEvent, POLICY_KEPT } from '../../src/domain/configuration';
import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import type { Area, ServiceProvider } from '../../src/domain/directory';
import type { ServiceDeps } from '../../src/services/deps';
import { keepPolicy } from '../../src/services/set-up';
import { freshDatabase } from '../support/engine';

const west: Area = {
  name: 'West No. 1',
  timeZone: 'America/Los_Angeles',
  channel: 'C1',
  areaManager: 'U1',
  deputy: null,
  manager: null,
  fallbackChannel: null,
};
const sp = (account: string, change: Partial<ServiceProvider> = {}): ServiceProvider => ({
  account,
  name: `SP ${account}`,
  area: west.name,
  phone: null,
  email: null,
  status: 'active',
  ...change,
});

let database: Awaited<ReturnType<typeof freshDatabase>>;
let connection: Connection;
let time: number;
const open = () => directoryStore(connection, { now: () => new Date(time) });

beforeEach(async () => {
  database = await freshDatabase();
  connection = await connect(database.uri, pino({ level: 'silent' }));
  time = Date.UTC(2026, 0, 5);
});
afterEach(async () => {
  await connection.close();
  await database.drop();
});

describe('the directory', () => {
  it('returns areas as saved, by name', async () => {
    const store = open();
    const east = { ...west, name: 'East', timeZone: 'America/New_York', deputy: 'U2', fallbackChannel: 'C9' };
    expect(await store.saveAreas([west, east])).toEqual({ inserted: 2, updated: 0, unchanged: 0 });
    expect(await store.areas()).toEqual([east, west]);
    expect(await store.area('East')).toEqual(east);
    expect(await store.area('North')).toBeNull();
  });

  it('counts what a repeated save changes', async () => {
    const store = open();
    await store.saveProviders([sp('SP1'), sp('SP2')]);
    expect(await store.saveProviders([sp('SP1'), sp('SP2', { phone: '555' }), sp('SP3')])).toEqual({
      inserted: 1,
      updated: 1,
      unchanged: 1,
    });
    expect(await store.provider('SP2')).toEqual(sp('SP2', { phone: '555' }));
  });

  it('counts without writing in a dry run', async () => {
    const store = open();
    expect(await store.saveProviders([sp('SP1')], { dryRun: true })).toEqual({ inserted: 1, updated: 0, unchanged: 0 });
    expect(await store.saveAreas([west], { dryRun: true })).toEqual({ inserted: 1, updated: 0, unchanged: 0 });
    expect(await store.savePolicy({ ...DEFAULT_POLICY, time_zone: 'UTC' }, 'U1', true)).toMatchObject({ inserted: 1 });
    expect(await store.provider('SP1')).toBeNull();
    expect(await store.areas()).toEqual([]);
    expect(await store.policy()).toEqual(DEFAULT_POLICY);
  });

  it('finds an SP however its account number is typed', async () => {
    const store = open();
    await store.saveProviders([sp('sp-77')]);
    expect(await store.provider(' Sp-77 ')).toEqual(sp('SP-77', { name: 'SP sp-77' }));
  });

  it("sees another instance's change: areas after 5 s, an SP after 60 s, a new SP at once", async () => {
    const [mine, other] = [open(), open()];
    await mine.saveAreas([west]);
    await mine.saveProviders([sp('SP1')]);
    await mine.area(west.name);
    await mine.provider('SP1');
    expect(await mine.provider('SP2')).toBeNull();

    await other.saveAreas([{ ...west, channel: 'C2' }]);
    await other.saveProviders([sp('SP1', { status: 'inactive' }), sp('SP2')]);
    expect(await mine.provider('SP2')).toEqual(sp('SP2'));
    time += 4_999;
    expect(await mine.area(west.name)).toMatchObject({ channel: 'C1' });
    time += 1;
    expect(await mine.area(west.name)).toMatchObject({ channel: 'C2' });
    time += 54_999;
    expect(await mine.provider('SP1')).toMatchObject({ status: 'active' });
    time += 1;
    expect(await mine.provider('SP1')).toMatchObject({ status: 'inactive' });
  });

  it('starts with the default policy and catalogue', async () => {
    expect(await open().policy()).toEqual(DEFAULT_POLICY);
    expect(await open().catalogue()).toEqual(STARTER_CATALOGUE);
  });

  it('keeps a policy and a catalogue with awkward names, versioned, with who changed them', async () => {
    const store = open();
    const policy = {
      ...DEFAULT_POLICY,
      calendars: { ...DEFAULT_POLICY.calendars, 'St. $Louis': DEFAULT_POLICY.calendars.default },
    };
    const catalogue = { ...STARTER_CATALOGUE, 'own.list': [{ code: 'x', label: 'X', retired: true }] };
    expect(await store.savePolicy(policy, 'U1')).toMatchObject({ inserted: 1 });
    expect(await store.savePolicy(policy, 'U1')).toMatchObject({ unchanged: 1 });
    expect(await store.savePolicy({ ...policy, time_zone: 'UTC' }, 'U2')).toMatchObject({ updated: 1 });
    await store.saveCatalogue(catalogue, 'U1');
    expect(await store.policy()).toEqual({ ...policy, time_zone: 'UTC' });
    expect(await open().catalogue()).toEqual(catalogue);
    expect(await connection.model('Setting').findById('policy').lean()).toMatchObject({
      version: 2,
      updatedBy: 'U2',
      updatedAt: new Date(time),
    });
  });

  it('returns the same policy object while nothing changed, so that its computed calendars stay', async () => {
    const store = open();
    await store.savePolicy({ ...DEFAULT_POLICY, time_zone: 'UTC' }, 'U1');
    const first = await store.policy();
    time += 10_000;
    expect(await store.policy()).toBe(first);
  });

  it('says what to do about a stored policy that no longer fits, and accepts a new one', async () => {
    const store = open();
    await connection
      .model('Setting')
      .create({ _id: 'policy', version: 7, value: '{"clocks":1}', updatedAt: new Date(), updatedBy: 'U1' });
    await expect(store.policy()).rejects.toThrow('import it again');
    await store.savePolicy(DEFAULT_POLICY, 'U1');
    expect(await store.policy()).toEqual(DEFAULT_POLICY);
  });

  it('reads settings that a newer release wrote, without what it does not know: one can go back from it', async () => {
    const store = open();
    await store.savePolicy({ ...DEFAULT_POLICY, time_zone: 'UTC' }, 'U1');
    await store.saveCatalogue({ own: [{ code: 'x', label: 'X' }] }, 'U1');
    const write = (_id: string, value: object) =>
      connection.model('Setting').updateOne({ _id }, { value: JSON.stringify(value), version: 2 });
    const { clocks, digests, channels } = DEFAULT_POLICY;
    await write('policy', {
      ...DEFAULT_POLICY,
      time_zone: 'UTC',
      clocks: { ...clocks, found_item: { default: { acknowledge: { minutes: 5, time: 'always' } } } },
      channels: { ...channels, found_items: 'C1' },
      digests: { ...digests, monthly_on: 1 },
      surveys: { on: true },
    });
    await write('catalogue', { own: [{ code: 'x', label: 'X', icon: 'star' }] });
    const other = open();
    expect(await other.policy()).toEqual({ ...DEFAULT_POLICY, time_zone: 'UTC' });
    expect(await other.catalogue()).toEqual({ own: [{ code: 'x', label: 'X' }] });
    expect(await other.configuration.configured('policy', 'policy')).toMatchObject({ version: 2 });
  });

  it('uses the last setting that fits if a newer release wrote one that does not', async () => {
    const store = open();
    await store.savePolicy({ ...DEFAULT_POLICY, time_zone: 'America/Denver' }, 'U1');
    time += 1_000;
    await store.savePolicy({ ...DEFAULT_POLICY, time_zone: 'UTC' }, 'U1');
    const ladders = { default: [{ after: 5, to: 'pager:oncall' }] };
    await connection
      .model('Setting')
      .updateOne({ _id: 'policy' }, { value: JSON.stringify({ ...DEFAULT_POLICY, ladders }), version: 3 });
    const other = open();
    expect((await other.policy()).time_zone).toBe('UTC');
    time += 10_000;
    expect((await other.policy()).time_zone).toBe('UTC');
    await expect(other.configuration.configured('policy', 'policy')).rejects.toThrow('import it again');
  });

  it('keeps who reviewed the policy first, whoever does it again from an older page', async () => {
    const { configuration } = open();
    const deps = { configuration, now: () => new Date(time), onAdminMatter: () => undefined } as unknown as ServiceDeps;
    const reviewed = async (by: string) => {
      await keepPolicy(deps, { id: by } as Person);
      return (await configuration.event(POLICY_KEPT)) as ConfigEvent;
    };
    const first = await reviewed('U0ADA');
    time += 60_000;
    expect(await reviewed('U0TOM')).toEqual(first);
    expect(first.by).toBe('U0ADA');
    await configuration.record({ ...first, tally: { inserted: 1, updated: 0, unchanged: 0 } });
    expect((await configuration.event(POLICY_KEPT))?.tally).toMatchObject({ inserted: 1 });
  });

  it('reads again after a failed read', async () => {
    const store = open();
    await connection.close();
    await expect(store.areas()).rejects.toThrow();
    connection = await connect(database.uri, pino({ level: 'silent' }));
    await expect(open().areas()).resolves.toEqual([]);
  });

  it('declares its indexes', async () => {
    await open().ensureIndexes();
    const indexes = await connection.collection('service_providers').indexes();
    expect(indexes.map(({ key }) => key)).toContainEqual({ area: 1 });
  });
});
