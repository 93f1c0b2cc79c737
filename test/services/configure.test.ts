import { caseStore } from '../../src/db/cases';
import { withOption, withRetired } from '../../src/domain/catalogue-rules';
import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import { changePolicy, changeSetting } from '../../src/services/change-policy';
import { changesSince, configure, standing } from '../../src/services/configure';
import { revertChange } from '../../src/services/revert-change';
import { MONDAY, storedCase } from '../support/cases';
import { ALL, configuring, WEST } from './configuring';

const { area, connection, deps, history, now, pass, told } = configuring();

describe('a change of the configuration', () => {
  it('is an event with who, when, before and after', async () => {
    expect(await area()).toEqual({ ok: true, after: WEST, version: 1 });
    expect(told).toEqual(['U9']);
    pass(60_000);
    const changed = await area({ by: 'U8', expected: 1, change: (old) => old && { ...old, deputy: 'U2' } });
    expect(changed).toMatchObject({ ok: true, version: 2, after: { deputy: 'U2' } });
    expect(await deps().directory.area(WEST.name)).toMatchObject({ deputy: 'U2' });
    expect(await history()).toEqual([
      expect.objectContaining({
        id: 'area:West No. 1:2',
        by: 'U8',
        at: now(),
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
      changedAt: now(),
    });
    expect((await changesSince(deps(), 'area', WEST.name, 1)).map(({ by }) => by)).toEqual(['U8']);
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
    expect((await standing(deps(), 'area', WEST.name)).value).toEqual(after);
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
    await connection().collection('config_events').deleteMany({});
    await connection()
      .collection('areas')
      .updateMany({}, { $set: { unlogged: true } });
    expect((await history()).map(({ id }) => id)).toEqual(['area:West No. 1:1']);

    await connection().collection('config_events').deleteMany({});
    await connection()
      .collection('areas')
      .updateMany({}, { $set: { unlogged: true } });
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
    const made = await configure(deps(), {
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
    const { value, version } = await standing(deps(), 'policy', 'policy');
    expect([value, version]).toEqual([DEFAULT_POLICY, null]);
    const give = (roles: Record<string, string[]>, expected: number | null) =>
      configure(
        { ...deps(), admins: [] },
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
    expect((await deps().directory.policy()).roles).toEqual({ admin: ['U5'] });
  });

  it('removes only an unused area, and brings it back under its name', async () => {
    await area();
    const remove = (expected: number) => area({ expected, change: () => null });
    await deps().directory.saveProviders([
      { account: 'SP-1', name: 'One', area: WEST.name, phone: null, email: null, status: 'active' },
    ]);
    expect(await remove(1)).toMatchObject({ is: 'refused', faults: [{ message: expect.stringContaining('1 SP:') }] });
    await connection().collection('service_providers').deleteMany({});
    const cases = caseStore(connection());
    await cases.insert(storedCase('A', MONDAY, { area: WEST.name }));
    expect(await remove(1)).toMatchObject({ faults: [{ message: expect.stringContaining('open cases') }] });
    await connection().collection('cases').deleteMany({});
    expect(await remove(1)).toEqual({ ok: true, after: null, version: 2 });
    expect(await deps().directory.areas()).toEqual([]);
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
    changePolicy(deps(), {
      by,
      expected,
      section: ['roles', role],
      change: (policy) => ({ ...policy, roles: { ...policy.roles, [role]: members } }),
    });

  it("is kept along with others' changes elsewhere, and conflicts with theirs in the same section", async () => {
    expect(await roles('U1', 'risk', ['U5'], null)).toMatchObject({ ok: true, version: 1 });
    // Both were shown the value before the first change.
    expect(await roles('U2', 'leadership', ['U6'], null)).toMatchObject({ ok: true, version: 2 });
    expect((await deps().directory.policy()).roles).toEqual({ risk: ['U5'], leadership: ['U6'] });
    expect(await roles('U3', 'risk', ['U7'], null)).toMatchObject({ is: 'conflict', changedBy: 'U2', version: 2 });
    expect(await roles('U3', 'risk', ['U7'], 1)).toMatchObject({ ok: true, version: 3 });
  });
});

describe('a change of the answer options', () => {
  const gate = { label: 'Gate left open', exceptionCode: null, highRisk: false };
  it('of one list does not conflict with one of another, and no revert removes an option', async () => {
    const added = await changeSetting(deps(), {
      what: 'catalogue',
      by: 'U8',
      expected: null,
      section: ['process'],
      change: (catalogue) => withOption(catalogue, 'process', gate),
    });
    expect(added).toMatchObject({ ok: true, version: 1 });
    const [event] = await history();
    const retired = await changeSetting(deps(), {
      what: 'catalogue',
      by: 'U9',
      expected: null,
      section: ['high_cost'],
      change: (catalogue) => withRetired(catalogue, 'high_cost', 'duplicate_invoice', true),
    });
    expect(retired).toMatchObject({ ok: true, version: 2 });
    const { process, high_cost: highCost } = await deps().directory.catalogue();
    expect(process?.at(-1)?.code).toBe('gate_left_open');
    expect(highCost?.find(({ retired: is }) => is)?.code).toBe('duplicate_invoice');
    if (!event) throw new Error('The change is not in the history.');
    expect(await revertChange(deps(), { event, by: 'U9', expected: 2 })).toMatchObject({
      is: 'refused',
      faults: [{ message: expect.stringContaining('renamed or retired') }],
    });
  });
});

describe('answer options and closing texts stored by another version', () => {
  const set = <K extends 'catalogue' | 'texts'>(what: K, json: string) =>
    configure(deps(), { what, key: what, by: 'U9', expected: null, change: () => JSON.parse(json) });

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

describe('the history', () => {
  it.each([{}, { what: 'area' }, { what: 'area', key: 'West' }, { by: 'U1' }, { by: 'U1', what: 'area' }] as const)(
    'has an index for %j, newest first',
    async (filter) => {
      const indexes = (await connection().collection('config_events').indexes()).map(({ key }) => Object.keys(key));
      const asked: string[][] = [];
      connection().set(
        'debug',
        (collection: string, method: string, given: object, options: { sort?: object } = {}) => {
          if (collection === 'config_events' && method === 'find')
            asked.push([...Object.keys(given).sort(), ...Object.keys(options.sort ?? {})]);
        },
      );
      await deps().configuration.history(filter, ALL);
      connection().set('debug', false);
      const sorted = indexes.map((keys) => [...keys.slice(0, -1).sort(), ...keys.slice(-1)].join());
      expect(asked).toHaveLength(1);
      expect(sorted).toContain(asked[0]?.join());
    },
  );
});
