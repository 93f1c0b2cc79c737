import type { ClockName } from '../../src/domain/allowance';
import { promised, responseDue } from '../../src/domain/clocks';
import { filedCase, later, MONDAY, minutes } from '../support/cases';

const clock = (name: ClockName, inMinutes: number) => ({
  ...promised('update', MONDAY, later(MONDAY, minutes(inMinutes))),
  name,
});
const due = (...clocks: ReturnType<typeof clock>[]) => {
  const found = responseDue({ ...filedCase().facts, clocks });
  return found && [found.what, +found.at - +MONDAY];
};

it('is the response that a case owes, whatever an SP has promised before', () => {
  expect(due(clock('sp_contact', 10), clock('police_number', 20), clock('acknowledge', 60))).toEqual([
    'response',
    minutes(60),
  ]);
  expect(due(clock('sp_contact', 10), clock('update', 90))).toEqual(['next update', minutes(90)]);
  expect(due(clock('sp_contact', 10), clock('snooze', 30))).toBeNull();
});
