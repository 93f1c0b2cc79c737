import { planCovers } from '../../src/domain/calendar';
import type { Cover } from '../../src/domain/cover';
import { later, MONDAY, minutes } from '../support/cases';

const day = (count: number) => later(MONDAY, minutes(count * 24 * 60));
const people = { person: 'U0DANA', deputy: 'U0TOM' };
const cover = (id: string, from: number, until: number, state: Cover['state'] = 'accepted'): Cover => ({
  id,
  ...people,
  from: day(from),
  until: day(until),
  state,
  calendar: 'U0DANA',
});
const plan = (from: number, until: number, covers: readonly Cover[], now = -1) => {
  const { ask, shorten, drop, uncovered } = planCovers(
    people,
    [{ from: day(from), until: day(until) }],
    covers,
    day(now),
  );
  const days = ({ from, until }: Pick<Cover, 'from' | 'until'>) => [from, until];
  return { ask: ask.map(days), shorten: shorten.map(({ to }) => days(to)), drop: drop.map(({ id }) => id), uncovered };
};
const nothing = { ask: [], shorten: [], drop: [], uncovered: [] };

it('an absence that gets longer stays covered, and the deputy is asked for the days that were added', () => {
  const week = cover('a', 0, 5);
  expect(plan(0, 7, [week])).toEqual({ ...nothing, ask: [[day(5), day(7)]] });
  const asked = cover('b', 5, 7, 'asked');
  expect(plan(0, 7, [week, asked])).toEqual(nothing);
  // Longer once more, before and after they accepted.
  expect(plan(0, 9, [week, asked])).toEqual({ ...nothing, ask: [[day(5), day(9)]], drop: ['b'] });
  expect(plan(0, 9, [week, cover('b', 5, 7)])).toEqual({ ...nothing, ask: [[day(7), day(9)]] });
  expect(plan(0, 7, [week, cover('b', 5, 7, 'declined')])).toEqual(nothing);
});

it('one that then gets shorter, or is removed, ends what is left over', () => {
  const both = [cover('a', 0, 5), cover('b', 5, 7)];
  expect(plan(0, 6, both)).toEqual({ ...nothing, shorten: [[day(5), day(6)]] });
  expect(plan(0, 5, both)).toEqual({ ...nothing, drop: ['b'] });
  expect(plan(0, 3, both)).toEqual({ ...nothing, shorten: [[day(0), day(3)]], drop: ['b'] });
  expect(planCovers(people, [], both, day(0)).drop).toEqual(both);
});

it('a question that is not answered yet is asked anew for all of it', () => {
  expect(plan(0, 7, [cover('a', 0, 5, 'asked')])).toEqual({ ...nothing, ask: [[day(0), day(7)]], drop: ['a'] });
});

it('once the first cover is over, the one for the added days stays', () => {
  const added = cover('b', 5, 7);
  expect(plan(0, 7, [added], 6)).toEqual(nothing);
  expect(plan(0, 7, [cover('b', 5, 7, 'declined')], 6)).toEqual(nothing);
  expect(plan(0, 9, [added], 6)).toEqual({ ...nothing, ask: [[day(7), day(9)]] });
  expect(plan(0, 6.5, [added], 6)).toEqual({ ...nothing, shorten: [[day(5), day(6.5)]] });
});
