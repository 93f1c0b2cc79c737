import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import { STANDARD_NUMBERS } from '../../src/domain/forms/numbers';
import { configure } from '../../src/services/configure';
import { importProviders } from '../../src/services/import-providers';
import { migrated } from '../support/migrated';
import { ALL, configuring, WEST } from './configuring';

const { area, connection, deps, history, pass } = configuring();

describe('SPs', () => {
  const found = async (text: string, skip = 0, limit = 10) => {
    const { rows, ...rest } = await deps().configuration.findProviders(text, { skip, limit, atMost: 25 });
    return { ...rest, accounts: rows.map(({ account }) => account) };
  };
  const sp = (account: string, name: string) =>
    ({ account, name, area: WEST.name, phone: null, email: null, status: 'active' }) as const;

  it('are found by the beginning of their account, or of words of their current name', async () => {
    await area();
    await deps().directory.saveProviders([
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
    await configure(deps(), {
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
    await deps().directory.saveProviders(many);
    await connection()
      .collection('service_providers')
      .updateMany({}, { $unset: { words: '' } });
    expect((await found('tow')).total).toBe(0);
    await migrated(connection());
    expect(await found('tow', 20)).toMatchObject({ total: 25, isMore: true, accounts: { length: 5 } });
    expect(await found('', 20)).toMatchObject({ total: 25, isMore: true, accounts: { length: 10 } });
    expect(await found('SP11')).toMatchObject({ total: 10, isMore: false });
  });
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
      directory: deps().directory,
      standings: { all: async () => new Map() },
      areas: new Set([WEST.name]),
      timeZone: 'UTC',
      numbers: STANDARD_NUMBERS,
      dryRun: false,
      by: 'U9',
      now: deps().now,
    };
    await importProviders(source('One'), options);
    await importProviders(source('One'), options);
    pass(1000);
    await importProviders(source('Two'), options);
    const events = await deps().configuration.history({ what: 'provider' }, ALL);
    expect(events.map(({ key, by, tally }) => [key, by, tally])).toEqual([
      ['sps.csv', 'U9', { inserted: 0, updated: 2500, unchanged: 0 }],
      ['sps.csv', 'U9', { inserted: 2500, updated: 0, unchanged: 0 }],
    ]);
    expect(await deps().configuration.configured('provider', 'sp-7')).toMatchObject({
      version: 2,
      value: { name: 'Two' },
    });
    expect(await deps().configuration.countProviders(WEST.name, 1000)).toBe(1000);
    expect(await deps().configuration.countProviders(null, 10_000)).toBe(2500);
  });

  it('of areas and of a policy replaces what is there, and the history has both', async () => {
    await area();
    await deps().directory.saveAreas([{ ...WEST, channel: 'C2' }], { by: 'import' });
    await deps().directory.saveAreas([{ ...WEST, channel: 'C2' }], { by: 'import' });
    await deps().directory.savePolicy({ ...DEFAULT_POLICY, time_zone: 'UTC' }, 'import');
    expect((await history()).map(({ id, by }) => [id, by])).toEqual(
      expect.arrayContaining([
        ['area:West No. 1:1', 'U9'],
        ['area:West No. 1:2', 'import'],
        ['policy:policy:1', 'import'],
      ]),
    );
    expect(await deps().configuration.countHistory({ by: 'import' }, 1000)).toBe(2);
    expect(await deps().configuration.countHistory({ by: 'import', what: 'area' }, 1000)).toBe(1);
    expect([...(await deps().configuration.authors())].sort()).toEqual(['U9', 'import']);
  });
});
