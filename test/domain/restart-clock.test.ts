import type { CaseFacts } from '../../src/domain/case';
import { decide } from '../../src/domain/decide';
import type { Move } from '../../src/domain/moves/declared';
import { contextAt, filedCase, later, MONDAY, minutes, moved } from '../support/cases';

const RESTART: Move = { type: 'restart_clock' };
const stopped = (facts: CaseFacts): CaseFacts => ({ ...facts, clocks: [] });

describe('starting a clock that should run but does not', () => {
  const { facts } = filedCase();
  const acknowledged = moved(facts, { type: 'acknowledge', nextUpdateBy: later(MONDAY, minutes(60)) }, MONDAY).facts;

  it('gives an open case its acknowledge clock, from now', () => {
    const { facts: restarted, events } = moved(stopped(facts), RESTART, later(MONDAY, minutes(30)));
    expect(events.map(({ type }) => type)).toEqual(['clock_started']);
    expect(restarted.clocks).toMatchObject([{ name: 'acknowledge', dueAt: later(MONDAY, minutes(270)), fired: 0 }]);
  });

  it('gives an acknowledged case the promise that was made', () => {
    const { facts: restarted } = moved(stopped(acknowledged), RESTART, MONDAY);
    expect(restarted.clocks).toMatchObject([{ name: 'update', dueAt: later(MONDAY, minutes(60)) }]);
  });

  it('wakes a case with an overdue snooze, and no other', () => {
    const asleep = moved(facts, { type: 'snooze', until: later(MONDAY, minutes(60)), reason: 'parts' }, MONDAY).facts;
    expect(moved(stopped(asleep), RESTART, later(MONDAY, minutes(59))).events).toEqual([]);
    const { facts: woken } = moved(stopped(asleep), RESTART, later(MONDAY, minutes(61)));
    expect(woken).toMatchObject({ state: 'open', clocks: [{ name: 'acknowledge' }] });
  });

  it('leaves running clocks alone, even at the end of their ladder', () => {
    expect(moved(facts, RESTART, MONDAY).events).toEqual([]);
    const ended = moved(facts, { type: 'tick' }, later(MONDAY, minutes(60 * 24 * 30))).facts;
    expect(moved(ended, RESTART, later(MONDAY, minutes(60 * 24 * 30))).events).toEqual([]);
  });

  it('refuses in words if the policy has no such clock, and is not offered for a closed case', () => {
    const without = decide(stopped(facts), RESTART, contextAt(MONDAY, { clock: () => null }));
    expect(without).toMatchObject({ ok: false, reason: expect.stringContaining('"acknowledge" clock') });
    const closed = moved(facts, { type: 'resolve', outcome: 'coaching_given', text: 'Coached.' }, MONDAY).facts;
    expect(decide(closed, RESTART, contextAt(MONDAY)).ok).toBe(false);
  });
});
