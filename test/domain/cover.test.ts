import { mayAct, mayRead, type Person, readable } from '../../src/domain/access';
import { type Cover, coverFault, coverOf, standsFor } from '../../src/domain/cover';
import { mayMove } from '../../src/domain/may-move';
import { filedCase, later, MONDAY, minutes, WEST } from '../support/cases';

const DAY = minutes(24 * 60);
const day = (count: number) => later(MONDAY, count * DAY);
const cover = (change: Partial<Cover> = {}): Cover => ({
  id: 'V1',
  person: 'U0DANA',
  deputy: 'U0PRIYA',
  from: day(1),
  until: day(3),
  state: 'accepted',
  ...change,
});
const other = (change: Partial<Cover>) => cover({ id: 'V2', ...change });

describe('a cover', () => {
  it('is in force from its start to its end, once accepted', () => {
    const covers = [cover()];
    const now = [day(0), later(day(1), -1), day(1), later(day(3), -1), day(3)];
    expect(now.map((at) => coverOf(covers, 'U0DANA', at)?.deputy ?? null)).toEqual([
      null,
      null,
      'U0PRIYA',
      'U0PRIYA',
      null,
    ]);
    expect(standsFor(covers, 'U0PRIYA', day(2))).toEqual(['U0DANA']);
    for (const state of ['asked', 'declined', 'withdrawn'] as const)
      expect(standsFor([cover({ state })], 'U0PRIYA', day(2))).toEqual([]);
  });

  it.each<[string, Cover, Partial<Cover>, string | null]>([
    ['nothing else is agreed', other({ state: 'declined' }), {}, null],
    ['its days come before those of another', other({ from: day(3), until: day(4) }), {}, null],
    ['it was asked under the same id', cover({ deputy: 'U0TOM' }), {}, null],
    ['somebody else is away and covered by the same person', other({ person: 'U0TOM' }), {}, null],
    ['another one is asked for on one of its days', other({ from: day(2), state: 'asked' }), {}, 'from'],
    ['its deputy is away then', other({ person: 'U0PRIYA', deputy: 'U0TOM' }), {}, 'deputy'],
    ['whoever is away covers for somebody then', other({ person: 'U0TOM', deputy: 'U0DANA' }), {}, 'from'],
    ['it is for themselves', other({ state: 'withdrawn' }), { deputy: 'U0DANA' }, 'deputy'],
    ['its first day is over', other({ state: 'withdrawn' }), { from: later(MONDAY, -1) }, 'from'],
    ['it ends before it begins', other({ state: 'withdrawn' }), { until: day(1) }, 'to'],
  ])('if %s, has its fault at the right field', (_, there, asked, field) => {
    const fault = coverFault(cover({ state: 'asked', ...asked }), [there], MONDAY);
    expect(fault?.question ?? null).toBe(field);
  });
});

describe('a person who covers for an Area Manager', () => {
  const person = (change: Partial<Person> = {}): Person => ({
    id: 'U0PRIYA',
    isAdmin: false,
    isManager: true,
    roles: [],
    standsFor: ['U0DANA'],
    grants: [],
    ...change,
  });
  const { facts } = filedCase();
  const handed = { ...facts, owner: 'U0MAX', area: 'East' };

  it("may act on and read that person's cases and area, and no one else gains anything", () => {
    expect(mayAct(facts, person(), null)).toBe(true);
    expect(mayMove('resolve', { ...facts, owner: 'U0MAX' }, person(), WEST)).toBe(true);
    expect(mayRead(facts, person(), WEST)).toBe(true);
    expect(mayAct(facts, person({ standsFor: [] }), WEST)).toBe(false);
    expect(mayAct(handed, person(), null)).toBe(false);
    const searched = readable(person(), [WEST]);
    expect(searched).toContainEqual(expect.objectContaining({ owner: 'U0DANA' }));
    expect(searched).toContainEqual(expect.objectContaining({ areas: ['West'] }));
  });

  it('gains no access to need-to-know text, no right to approve, and never acts on a report about themselves', () => {
    const risk = { ...facts, kind: 'high_risk' as const };
    expect([mayAct(risk, person(), WEST), mayRead(risk, person(), WEST)]).toEqual([true, false]);
    const led = { ...facts, kind: 'leadership' as const };
    expect([mayAct(led, person(), WEST), mayRead(led, person(), WEST)]).toEqual([true, false]);
    const asked = { ...facts, approval: { outcome: 'sp_suspended' as const, text: '', by: 'U0TOM', at: MONDAY } };
    expect(mayMove('approve', asked, person({ isManager: false }), WEST)).toBe(false);
    expect(mayAct({ ...facts, subjects: ['U0PRIYA'] }, person(), WEST)).toBe(false);
  });
});
