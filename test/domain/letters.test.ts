import { isGivenUp } from '../../src/domain/letters';
import { later, MONDAY, minutes } from '../support/cases';

const DAY = minutes(24 * 60);

describe('a letter is given up', () => {
  it.each([
    ['that is new, though a day late', 0, DAY, false],
    ['whose first try met a clock that jumped by a month', 1, 30 * DAY, false],
    ['that was tried for some hours', 20, DAY / 2, false],
    ['that was tried again and again for a day', 10, DAY, true],
  ])('%s', (_what, claims, late, isOver) => {
    expect(isGivenUp({ at: MONDAY, claims }, later(MONDAY, late))).toBe(isOver);
  });
});
