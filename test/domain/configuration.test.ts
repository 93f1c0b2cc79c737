import fc from 'fast-check';
import { type ConfigEvent, changesOf, differences, takenBack } from '../../src/domain/configuration';
import { DEFAULT_POLICY } from '../../src/domain/default-policy';

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const values = fc
  .object({ maxDepth: 3, maxKeys: 4, values: [fc.string(), fc.integer(), fc.boolean()] })
  .map((value) => plain(value));

describe('the difference of a configuration change', () => {
  it('is each value by its path; a list counts as one', () => {
    const before = { roles: { risk: ['U1'], admin: [] }, time_zone: 'UTC' };
    const after = { roles: { risk: ['U1', 'U2'], admin: [] }, time_zone: 'UTC', fallback: 'C1' };
    expect(differences(before, after)).toEqual([
      { path: ['roles', 'risk'], before: ['U1'], after: ['U1', 'U2'] },
      { path: ['fallback'], before: undefined, after: 'C1' },
    ]);
    expect(differences(before, before)).toEqual([]);
  });

  it('is relative to the default, the first time', () => {
    const after = { ...DEFAULT_POLICY, time_zone: 'UTC' };
    const event: ConfigEvent = {
      id: 'policy:policy:1',
      at: new Date(),
      by: 'U1',
      what: 'policy',
      key: 'policy',
      version: 1,
      before: null,
      after,
      tally: null,
    };
    expect(changesOf(event)).toEqual([{ path: ['time_zone'], before: 'America/Chicago', after: 'UTC' }]);
  });

  it('undone gives the earlier value, whatever it was', () => {
    fc.assert(
      fc.property(values, values, (before, after) => {
        const back = takenBack(after, differences(before, after));
        expect(back.ok && differences(back.value, before)).toEqual([]);
      }),
    );
  });

  it("is undone without others' later changes, and not at all if they changed the same", () => {
    const changes = differences({ deputy: 'A', channel: 'C1' }, { deputy: 'B', channel: 'C1' });
    expect(takenBack({ deputy: 'B', channel: 'C2' }, changes)).toEqual({
      ok: true,
      value: { deputy: 'A', channel: 'C2' },
    });
    expect(takenBack({ deputy: 'C', channel: 'C1' }, changes)).toMatchObject({ ok: false, changed: { after: 'C' } });
  });
});
