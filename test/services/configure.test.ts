import type { Connection } from 'mongoose';
import pino from 'pino';
import { caseReports } from '../../src/db/case-reports';
import { caseStore } from '../../src/db/cases';
import { connect } from '../../src/db/connection';
import { directoryStore } from '../../src/db/directory';
import { withOption, withRetired } from '../../src/domain/catalogue-rules';
import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import type { Area } from '../../src/domain/directory';
import { STANDARD_NUMBERS } from '../../src/domain/forms/numbers';
import type { PeopleLookup } from '../../src/domain/workspace';
import { changePolicy, changeSetting } from '../../src/services/change-policy';
import { type ConfigDeps, type ConfigRequest, changesSince, configure, standing } from '../../src/services/configure';
import { importProviders } from '../../src/services/import-providers';
import { revertChange } from '../../src/services/revert-change';
import { MONDAY, storedCase } from '../support/cases';
import { freshDatabase } from '../support/engine';
import { migrated } from '../support/migrated';

const WEST: Area = {
  name: 'West No. 1',
  timeZone: 'America/Los_Angeles',
  channel: 'C1',
  areaManager: 'U1',
  deputy: null,
  manager: null,
  fallbackChannel: null,
};
/** User groups are empty: none is named here. */
const people: PeopleLookup = {
  inGroup: async () => [],
  account: async () => ({ active: true, timeZone: null, isBot: false, isGuest: false }),
  isGuest: async () => false,
  inChannel: async () => [],
};
const ALL = { skip: 0, limit: 100 };

let database: Awaited<ReturnType<typeof freshDatabase>>;
let connection: Connection;
let deps: ConfigDeps & { readonly directory: ReturnType<typeof directoryStore> };
let time: number;
/** The authors of changes that admins were told about. */
const told: (string | null)[] = [];
beforeAll(async () => {
  database = await freshDatabase();
  connection = await connect(database.uri, pino({ level: 'silent' }));
});
beforeEach(async () => {
  await connection.db?.dropDatabase();
  told.length = 0;
  time = Date.UTC(2026, 0, 5);
  const directory = directoryStore(connection, { now: () => new Date(time) });
  await directory.ensureIndexes();
  deps = {
    directory,
    configuration: directory.configuration,
    reports: caseReports(connection),
    people,
    admins: ['U9'],
    now: () => new Date(time),
    onAdminMatter: (by) => void told.push(by),
  };
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});

const area = (change: Partial<ConfigRequest<'area'>> = {}) =>
  configure(deps, { what: 'area', key: WEST.name, by: 'U9', expected: null, change: () => WEST, ...change });
const history = () => deps.configuration.history({}, ALL);

describe('a change of the configuration', () => {
  it('is an event with who, when, before and after', async () => {
    expect(await area()).toEqual({ ok: true, after: WEST, version: 1 });
    expect(told).toEqual(['U9']);
    time += 60_000;
    const changed = await area({ by: 'U8', expected: 1, change: (old) => old && { ...old, deputy: 'U2' } });
    expect(changed).toMatchObject({ ok: true, version: 2, after: { deputy: 'U2' } });
    expect(await deps.directory.area(WEST.name)).toMatchObject({ deputy: 'U2' });
    expect(await history()).toEqual([
      expect.objectContaining({
        id: 'area:West No. 1:2',
        by: 'U8',
        at: new Date(time),
        before: WEST,
        after: { ...WEST, deputy: 'U2' },
      }),
      expect.objectContaining({ id: 'area:West No. 1:1', by: 'U9', before: null, after: WEST }),
    ]);
  });

  it('shows the second of two people the current value, and overwrites nothing', async () => {
    await area();
    await area({ by: 'U8', expected: 1, change: (old) => old && { ...old, deputy: 'U2' } });
    expect(await area({ by: 'U7', expected: 1, change: (old) => old && { ...old, deputy: 'U3' } })).toEqual({
      ok: false,
      is: 'conflict',
      current: { ...WEST, deputy: 'U2' },
      version: 2,
      changedBy: 'U8',
      changedAt: new Date(time),
    });
    expect((await changesSince(deps, 'area', WEST.name, 1)).map(({ by }) => by)).toEqual(['U8']);
    expect(await area({ by: 'U7' })).toMatchObject({ is: 'conflict', version: 2 });
  });

  it('is one of all that are made at the same moment', async () => {
    const made = await Promise.all(
      Array.from({ length: 10 }, (_, i) => area({ by: `U${i}`, change: () => ({ ...WEST, deputy: `U${i}` }) })),
    );
    const won = made.filter(({ ok }) => ok);
    expect(won).toHaveLength(1);
    expect(await history()).toHaveLength(1);
    const after = won[0]?.ok ? won[0].after : null;
    expect((await standing(deps, 'area', WEST.name)).value).toEqual(after);
  });

  it('that changes nothing writes nothing', async () => {
    await area();
    expect(await area({ expected: 1, change: (old) => old })).toEqual({ ok: true, after: WEST, version: 1 });
    expect(await history()).toHaveLength(1);
    expect(told).toEqual(['U9']);
  });

  it('reaches the history if a crash came between it and its event', async () => {
    await area();
    // As after a crash: the area is written, its event is not.
    await connection.collection('config_events').deleteMany({});
    await connection.collection('areas').updateMany({}, { $set: { unlogged: true } });
    expect((await history()).map(({ id }) => id)).toEqual(['area:West No. 1:1']);

    await connection.collection('config_events').deleteMany({});
    await connection.collection('areas').updateMany({}, { $set: { unlogged: true } });
    await area({ expected: 1, change: (old) => old && { ...old, channel: 'C2' } });
    expect((await history()).map(({ version }) => version).sort()).toEqual([1, 2]);
  });

  it('is refused with the same faults as an import', async () => {
    const faults = (outcome: Awaited<ReturnType<typeof configure>>) =>
      !outcome.ok && outcome.is === 'refused' ? outcome.faults.map(({ field }) => field) : outcome;
    expect(faults(await area({ change: () => ({ ...WEST, timeZone: 'Mars' }) }))).toEqual(['timeZone']);
    await area();
    expect(faults(await area({ key: 'WEST NO. 1', change: () => ({ ...WEST, name: 'WEST NO. 1' }) }))).toEqual([
      'name',
    ]);
    const provider = { account: 'A', name: '', area: 'East', phone: null, email: 'x', status: 'active' as const };
    const made = await configure(deps, {
      what: 'provider',
      key: 'A',
      by: 'U9',
      expected: null,
      change: () => provider,
    });
    expect(faults(made)).toEqual(['account', 'name', 'email', 'area']);
    expect(await history()).toHaveLength(1);
  });

  it('may start from the default policy, and never leaves it without an admin', async () => {
    const { value, version } = await standing(deps, 'policy', 'policy');
    expect([value, version]).toEqual([DEFAULT_POLICY, null]);
    const give = (roles: Record<string, string[]>, expected: number | null) =>
      configure(
        { ...deps, admins: [] },
        {
          what: 'policy',
          key: 'policy',
          by: 'U9',
          expected,
          change: (policy) => policy && { ...policy, roles },
        },
      );
    expect(await give({ admin: ['U5'] }, null)).toMatchObject({ ok: true, version: 1 });
    expect(await give({ boss: [] }, 1)).toMatchObject({ is: 'refused', faults: [{ field: 'roles.boss' }] });
    expect(await give({ admin: [] }, 1)).toMatchObject({ is: 'refused', faults: [{ field: 'roles.admin' }] });
    expect((await deps.directory.policy()).roles).toEqual({ admin: ['U5'] });
  });

  it('removes only an unused area, and brings it back under its name', async () => {
    await area();
    const remove = (expected: number) => area({ expected, change: () => null });
    await deps.directory.saveProviders([
      { account: 'SP-1', name: 'One', area: WEST.name, phone: null, email: null, status: 'active' },
    ]);
    expect(await remove(1)).toMatchObject({ is: 'refused', faults: [{ message: expect.stringContaining('1 SP:') }] });
    await connection.collection('service_providers').deleteMany({});
    const cases = caseStore(connection);
    await cases.insert(storedCase('A', MONDAY, { area: WEST.name }));
    expect(await remove(1)).toMatchObject({ faults: [{ message: expect.stringContaining('open cases') }] });
    await connection.collection('cases').deleteMany({});
    expect(await remove(1)).toEqual({ ok: true, after: null, version: 2 });
    expect(await deps.directory.areas()).toEqual([]);
    expect(await area()).toMatchObject({ ok: true, version: 3 });
    expect((await history()).map(({ before, after }) => [before, after])).toEqual([
      [null, WEST],
      [WEST, null],
      [null, WEST],
    ]);
  });
});

describe('a change of one section of the policy', () => {
  const roles = (by: string, role: string, members: string[], expected: number | null) =>
    changePolicy(deps, {
      by,
      expected,
      section: ['roles', role],
      change: (policy) => ({ ...policy, roles: { ...policy.roles, [role]: members } }),
    });

  it("is kept along with others' changes elsewhere, and conflicts with theirs in the same section", async () => {
    expect(await roles('U1', 'risk', ['U5'], null)).toMatchObject({ ok: true, version: 1 });
    // Both were shown the value before the first change.
    expect(await roles('U2', 'leadership', ['U6'], null)).toMatchObject({ ok: true, version: 2 });
    expect((await deps.directory.policy()).roles).toEqual({ risk: ['U5'], leadership: ['U6'] });
    expect(await roles('U3', 'risk', ['U7'], null)).toMatchObject({ is: 'conflict', changedBy: 'U2', version: 2 });
    expect(await roles('U3', 'risk', ['U7'], 1)).toMatchObject({ ok: true, version: 3 });
  });
});

describe('a change of the answer options', () => {
  const gate = { label: 'Gate left open', exceptionCode: null, highRisk: false };
  it('of one list does not conflict with one of another, and no revert removes an option', async () => {
    const added = await changeSetting(deps, {
      what: 'catalogue',
      by: 'U8',
      expected: null,
      section: ['process'],
      change: (catalogue) => withOption(catalogue, 'process', gate),
    });
    expect(added).toMatchObject({ ok: true, version: 1 });
    const [event] = await history();
    const retired = await changeSetting(deps, {
      what: 'catalogue',
      by: 'U9',
      expected: null,
      section: ['high_cost'],
      change: (catalogue) => withRetired(catalogue, 'high_cost', 'duplicate_invoice', true),
    });
    expect(retired).toMatchObject({ ok: true, version: 2 });
    const { process, high_cost: highCost } = await deps.directory.catalogue();
    expect(process?.at(-1)?.code).toBe('gate_left_open');
    expect(highCost?.find(({ retired: is }) => is)?.code).toBe('duplicate_invoice');
    if (!event) throw new Error('The change is not in the history.');
    expect(await revertChange(deps, { event, by: 'U9', expected: 2 })).toMatchObject({
      is: 'refused',
      faults: [{ message: expect.stringContaining('renamed or retired') }],
    });
  });
});

describe('answer options and closing texts stored by another version', () => {
  const set = <K extends 'catalogue' | 'texts'>(what: K, json: string) =>
    configure(deps, { what, key: what, by: 'U9', expected: null, change: () => JSON.parse(json) });

  it('are refused by field, and not stored', async () => {
    const option = { code: 'a', label: 7, color: 'red' };
    expect(await set('catalogue', JSON.stringify({ process: [option], high_cost: {} }))).toMatchObject({
      is: 'refused',
      faults: [
        { field: 'process.0.label', message: expect.stringContaining('process.0.label does not fit') },
        { field: 'process.0' },
        { field: 'high_cost' },
      ],
    });
    expect(await set('texts', '{"sp_feedback.closing": 3}')).toMatchObject({
      is: 'refused',
      faults: [{ field: 'sp_feedback.closing' }],
    });
    expect(await set('texts', '["Thank you."]')).toMatchObject({
      is: 'refused',
      faults: [{ field: '', message: expect.stringContaining('This does not fit') }],
    });
    expect(await history()).toEqual([]);
  });
});

describe('SPs', () => {
  const found = async (text: string, skip = 0, limit = 10) => {
    const { rows, ...rest } = await deps.configuration.findProviders(text, { skip, limit, atMost: 25 });
    return { ...rest, accounts: rows.map(({ account }) => account) };
  };
  const sp = (account: string, name: string) =>
    ({ account, name, area: WEST.name, phone: null, email: null, status: 'active' }) as const;

  it('are found by the beginning of their account, or of words of their current name', async () => {
    await area();
    await deps.directory.saveProviders([
      sp('ACC100', 'Ace Plumbing'),
      sp('ACC200', 'Café Bolt'),
      sp('PLU1', 'Zoë & Sons'),
    ]);
    expect((await found('')).accounts).toEqual(['ACC100', 'ACC200', 'PLU1']);
    expect((await found(' acc ')).accounts).toEqual(['ACC100', 'ACC200']);
    expect((await found('plu')).accounts).toEqual(['PLU1', 'ACC100']);
    expect((await found('plumb AC')).accounts).toEqual(['ACC100']);
    expect((await found('cafe')).accounts).toEqual(['ACC200']);
    expect(await found('.*')).toEqual({ accounts: [], total: 0, isMore: false });
    await configure(deps, {
      what: 'provider',
      key: 'ACC100',
      by: 'U9',
      expected: 1,
      change: () => sp('ACC100', 'Best Drains'),
    });
    expect((await found('plumb')).accounts).toEqual([]);
    expect((await found('drains')).accounts).toEqual(['ACC100']);
  });

  it('are counted and paged up to a limit, and found if they were stored without their words', async () => {
    const many = Array.from({ length: 30 }, (_, i) => sp(`SP${100 + i}`, `Tow ${i}`));
    await deps.directory.saveProviders(many);
    await connection.collection('service_providers').updateMany({}, { $unset: { words: '' } });
    expect((await found('tow')).total).toBe(0);
    await migrated(connection);
    expect(await found('tow', 20)).toMatchObject({ total: 25, isMore: true, accounts: { length: 5 } });
    expect(await found('', 20)).toMatchObject({ total: 25, isMore: true, accounts: { length: 10 } });
    expect(await found('SP11')).toMatchObject({ total: 10, isMore: false });
  });
});

describe('the history', () => {
  it.each([{}, { what: 'area' }, { what: 'area', key: 'West' }, { by: 'U1' }, { by: 'U1', what: 'area' }] as const)(
    'has an index for %j, newest first',
    async (filter) => {
      const indexes = (await connection.collection('config_events').indexes()).map(({ key }) => Object.keys(key));
      const asked: string[][] = [];
      connection.set('debug', (collection: string, method: string, given: object, options: { sort?: object } = {}) => {
        if (collection === 'config_events' && method === 'find')
          asked.push([...Object.keys(given).sort(), ...Object.keys(options.sort ?? {})]);
      });
      await deps.configuration.history(filter, ALL);
      connection.set('debug', false);
      const sorted = indexes.map((keys) => [...keys.slice(0, -1).sort(), ...keys.slice(-1)].join());
      expect(asked).toHaveLength(1);
      expect(sorted).toContain(asked[0]?.join());
    },
  );
});

describe('an import', () => {
  it('of SPs is one event with its counts, and each SP keeps its version', async () => {
    await area();
    const lines = (name: string) => Array.from({ length: 2500 }, (_, i) => `SP-${i},${name},${WEST.name},,,`);
    const source = (name: string) => ({
      name: '/somewhere/sps.csv',
      async *open() {
        yield Buffer.from(['sp_account,name,area,phone,email,status', ...lines(name)].join('\n'));
      },
    });
    const options = {
      directory: deps.directory,
      standings: { all: async () => new Map() },
      areas: new Set([WEST.name]),
      timeZone: 'UTC',
      numbers: STANDARD_NUMBERS,
      dryRun: false,
      by: 'U9',
      now: deps.now,
    };
    await importProviders(source('One'), options);
    await importProviders(source('One'), options);
    time += 1000;
    await importProviders(source('Two'), options);
    const events = await deps.configuration.history({ what: 'provider' }, ALL);
    expect(events.map(({ key, by, tally }) => [key, by, tally])).toEqual([
      ['sps.csv', 'U9', { inserted: 0, updated: 2500, unchanged: 0 }],
      ['sps.csv', 'U9', { inserted: 2500, updated: 0, unchanged: 0 }],
    ]);
    expect(await deps.configuration.configured('provider', 'sp-7')).toMatchObject({
      version: 2,
      value: { name: 'Two' },
    });
    expect(await deps.configuration.countProviders(WEST.name, 1000)).toBe(1000);
    expect(await deps.configuration.countProviders(null, 10_000)).toBe(2500);
  });

  it('of areas and of a policy replaces what is there, and the history has both', async () => {
    await area();
    await deps.directory.saveAreas([{ ...WEST, channel: 'C2' }], { by: 'import' });
    await deps.directory.saveAreas([{ ...WEST, channel: 'C2' }], { by: 'import' });
    await deps.directory.savePolicy({ ...DEFAULT_POLICY, time_zone: 'UTC' }, 'import');
    expect((await history()).map(({ id, by }) => [id, by])).toEqual(
      expect.arrayContaining([
        ['area:West No. 1:1', 'U9'],
        ['area:West No. 1:2', 'import'],
        ['policy:policy:1', 'import'],
      ]),
    );
    expect(await deps.configuration.countHistory({ by: 'import' }, 1000)).toBe(2);
    expect(await deps.configuration.countHistory({ by: 'import', what: 'area' }, 1000)).toBe(1);
    expect([...(await deps.configuration.authors())].sort()).toEqual(['U9', 'import']);
  });
});
