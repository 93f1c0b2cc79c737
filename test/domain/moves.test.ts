import fc from 'fast-check';
import { apply, replay } from '../../src/domain/apply';
import { type CaseFacts, nextNudgeAt } from '../../src/domain/case';
import { decide } from '../../src/domain/decide';
import type { CaseEvent } from '../../src/domain/event';
import { allowedMoves } from '../../src/domain/move';
import type { Move } from '../../src/domain/moves/declared';
import { clockOf, contextAt, filedCase, later, MONDAY, minutes, moved } from '../support/cases';

const inAnHour = (now: Date): Move => ({ type: 'acknowledge', nextUpdateBy: later(now, minutes(60)) });
const note: Move = { type: 'add_note', id: null, text: 'called the customer' };
const resolve: Move = { type: 'resolve', outcome: 'coaching_given', text: 'Coached.' };

describe('the lifecycle of a case', () => {
  it("opens with the policy's acknowledge clock running", () => {
    const { facts, events } = filedCase();
    expect(facts).toMatchObject({ state: 'open', owner: 'U0DANA', seq: 2 });
    expect(facts.clocks[0]).toMatchObject({ name: 'acknowledge', dueAt: later(MONDAY, minutes(240)) });
    expect(events.map((event) => event.type)).toEqual(['filed', 'routed']);
  });

  it('acknowledging stops the acknowledge clock and promises the next update', () => {
    const { facts } = moved(filedCase().facts, inAnHour(MONDAY), MONDAY);
    expect(facts.state).toBe('acknowledged');
    expect(facts.clocks.map((clock) => clock.name)).toEqual(['update']);
    expect(facts.acknowledged).toMatchObject({ by: 'U0DANA', nextUpdateBy: later(MONDAY, minutes(60)) });
  });

  it('refuses a promise for the past', () => {
    const decision = decide(filedCase().facts, { type: 'acknowledge', nextUpdateBy: MONDAY }, contextAt(MONDAY));
    expect(decision).toMatchObject({ ok: false, reason: expect.stringContaining('future') });
  });

  it('tells the second of two people who acknowledged first, and what is possible now', () => {
    const { facts } = moved(filedCase().facts, inAnHour(MONDAY), MONDAY);
    const second = decide(facts, inAnHour(MONDAY), contextAt(MONDAY, { actor: 'U0TOM' }));
    expect(second).toMatchObject({ ok: false, reason: expect.stringContaining('<@U0DANA> already acknowledged') });
    expect(second.ok === false && second.allowed).toContain('resolve');
  });

  it('a note by someone responsible moves an acknowledged case forward and renews its promise', () => {
    const { facts } = moved(filedCase().facts, inAnHour(MONDAY), MONDAY);
    const now = later(MONDAY, minutes(30));
    const next = moved(facts, note, now).facts;
    expect(next.state).toBe('in_progress');
    expect(next.acknowledged?.nextUpdateBy).toEqual(clockOf('update', now)?.dueAt);
  });

  it("a bystander's note answers no promise", () => {
    const { facts } = moved(filedCase().facts, inAnHour(MONDAY), MONDAY);
    const next = moved(facts, note, MONDAY, { mayAct: false, actor: 'U0AMIRA' }).facts;
    expect(next.state).toBe('acknowledged');
    expect(next.acknowledged?.nextUpdateBy).toEqual(later(MONDAY, minutes(60)));
  });

  it('a missed promise takes the acknowledgment back and the ladder resumes', () => {
    const { facts } = moved(filedCase().facts, inAnHour(MONDAY), MONDAY);
    const late = later(MONDAY, minutes(61));
    const missed = moved(facts, { type: 'tick' }, late);
    expect(missed.facts).toMatchObject({ state: 'open', acknowledged: null });
    expect(missed.facts.clocks[0]).toMatchObject({ name: 'acknowledge', dueAt: later(MONDAY, minutes(60)), fired: 1 });
    expect(missed.events.map((event) => event.type)).toEqual(['promise_missed', 'nudged']);
    expect(moved(missed.facts, { type: 'tick' }, late).events).toEqual([]);
  });

  it('fires each rung once, and all that are due after downtime', () => {
    const { facts } = filedCase();
    const due = facts.clocks[0]?.dueAt as Date;
    const first = moved(facts, { type: 'tick' }, due);
    expect(first.events).toMatchObject([{ type: 'nudged', data: { rung: 0, to: 'thread' } }]);
    expect(moved(first.facts, { type: 'tick' }, due).events).toEqual([]);
    const second = moved(first.facts, { type: 'tick' }, later(due, minutes(45)));
    expect(second.events).toMatchObject([{ data: { rung: 1, to: 'owner' } }]);
    const whole = moved(facts, { type: 'tick' }, later(due, minutes(60 * 24 * 3)));
    expect(whole.events.map((event) => event.type === 'nudged' && event.data.rung)).toEqual([0, 1, 2, 3, 4]);
    expect(nextNudgeAt(whole.facts)).toBeNull();
  });

  it('a snooze stops the clocks, and they continue where they stopped', () => {
    const { facts } = filedCase();
    const until = later(MONDAY, minutes(100));
    const asleep = moved(facts, { type: 'snooze', until, reason: 'part on order' }, MONDAY).facts;
    expect(nextNudgeAt(asleep)).toEqual(until);
    const awake = moved(asleep, { type: 'tick' }, until).facts;
    expect(awake.state).toBe('open');
    expect(awake.clocks[0]?.dueAt).toEqual(later(MONDAY, minutes(340)));
  });

  it('a promise that a snooze moved can be put back to the time that was promised first', () => {
    const promise = later(MONDAY, minutes(48 * 60));
    const { facts } = moved(filedCase().facts, { type: 'acknowledge', nextUpdateBy: promise }, MONDAY);
    const until = later(MONDAY, minutes(120));
    const asleep = moved(facts, { type: 'snooze', until, reason: 'A part is on order.' }, later(MONDAY, minutes(60)));
    const woken = moved(asleep.facts, { type: 'tick' }, until).facts;
    expect(woken.clocks).toMatchObject([{ name: 'update', dueAt: later(promise, minutes(60)) }]);
    expect(woken.acknowledged?.nextUpdateBy).toEqual(later(promise, minutes(60)));
    const back = moved(woken, { type: 'change_promise', nextUpdateBy: promise }, until);
    expect(back.facts.clocks).toMatchObject([{ name: 'update', dueAt: promise }]);
    expect(back.facts.acknowledged?.nextUpdateBy).toEqual(promise);
    expect(moved(back.facts, { type: 'change_promise', nextUpdateBy: promise }, until).events).toEqual([]);
  });

  it('a snooze that ended during downtime ended on time', () => {
    const { facts } = filedCase();
    const until = later(MONDAY, minutes(100));
    const asleep = moved(facts, { type: 'snooze', until, reason: 'part on order' }, MONDAY).facts;
    const late = moved(asleep, { type: 'tick' }, later(MONDAY, minutes(60 * 24)));
    expect(late.events.map(({ type }) => type)).toEqual(['woken', ...Array(5).fill('nudged')]);
    expect(late.facts.clocks[0]?.dueAt).toEqual(later(MONDAY, minutes(340)));
  });

  it('a snooze overnight takes as much of the next morning as of the evening', () => {
    const evening = later(MONDAY, minutes(8 * 60)); // 17:00, an hour before closing
    const { facts } = filedCase(evening);
    const asleep = moved(
      facts,
      { type: 'snooze', until: later(evening, minutes(15 * 60)), reason: 'r' },
      evening,
    ).facts;
    const awake = moved(asleep, { type: 'wake' }, later(evening, minutes(15 * 60))).facts;
    expect(awake.clocks[0]?.dueAt).toEqual(later(evening, minutes(19 * 60))); // 8:00 and its four hours
  });

  it('what answers a paused clock answers it for good', () => {
    const { facts } = filedCase(MONDAY, clockOf('sp_contact', MONDAY, later(MONDAY, minutes(60))));
    const until = later(MONDAY, minutes(100));
    const asleep = moved(facts, { type: 'snooze', until, reason: 'part on order' }, MONDAY).facts;
    const reached = moved(asleep, { type: 'log_sp_contact', reached: true, text: 'they come' }, MONDAY).facts;
    expect(moved(reached, { type: 'tick' }, until).facts.clocks).toEqual([]);
  });

  it('no snooze outlasts a callback that the customer was promised', () => {
    const { facts } = filedCase(MONDAY, clockOf('callback', MONDAY, later(MONDAY, minutes(60))));
    const snooze = (ahead: number): Move => ({ type: 'snooze', until: later(MONDAY, minutes(ahead)), reason: 'r' });
    expect(decide(facts, snooze(61), contextAt(MONDAY))).toMatchObject({
      ok: false,
      reason: expect.stringContaining('promised a callback before then'),
    });
    const asleep = moved(facts, snooze(30), MONDAY).facts;
    expect(decide(asleep, snooze(61), contextAt(MONDAY)).ok).toBe(false);
    const awake = moved(asleep, { type: 'tick' }, later(MONDAY, minutes(45))).facts;
    expect(awake.clocks).toMatchObject([{ name: 'callback', dueAt: later(MONDAY, minutes(60)) }]);
  });

  it('a callback can be made while one is promised', () => {
    const made: Move = { type: 'callback_made', text: 'She stays.' };
    const { facts } = filedCase(MONDAY, clockOf('callback', MONDAY, later(MONDAY, minutes(60))));
    const { facts: next } = moved(facts, made, MONDAY);
    expect(next).toMatchObject({ clocks: [], notes: [{ text: 'She stays.' }] });
    expect(decide(next, made, contextAt(MONDAY))).toMatchObject({
      ok: false,
      reason: expect.stringContaining('No callback is promised'),
    });
  });

  it('a promise to the customer survives a new owner, and a mistaken closing', () => {
    const { facts } = filedCase(MONDAY, clockOf('callback', MONDAY, later(MONDAY, minutes(60))));
    const handed = moved(facts, { type: 'reassign', area: null, owner: 'U0TOM', summary: 's' }, MONDAY).facts;
    expect(handed.clocks.map(({ name }) => name)).toEqual(['callback', 'acknowledge']);
    const closed = moved(handed, { type: 'void', reason: 'wrong SJ' }, MONDAY).facts;
    const again = (at: Date) =>
      moved(closed, { type: 'reopen', reason: 'right' }, at).facts.clocks.map(({ name }) => name);
    expect(again(later(MONDAY, minutes(59)))).toEqual(['acknowledge', 'callback']);
    expect(again(later(MONDAY, minutes(61)))).toEqual(['acknowledge']);
  });

  it('reassigning restarts the clock for the new owner', () => {
    const { facts } = moved(filedCase().facts, inAnHour(MONDAY), MONDAY);
    const now = later(MONDAY, minutes(10));
    const move: Move = { type: 'reassign', area: null, owner: 'U0TOM', summary: 'On the road today.' };
    const handed = moved(facts, move, now).facts;
    expect(handed).toMatchObject({ state: 'open', owner: 'U0TOM', area: 'West', acknowledged: null });
    expect(handed.clocks[0]).toMatchObject({ name: 'acknowledge', startedAt: now });
    expect(decide(handed, move, contextAt(now))).toMatchObject({
      ok: false,
      reason: expect.stringContaining('already'),
    });
  });

  it('resolving ends every clock; reopening restarts the acknowledge clock and is counted', () => {
    const { facts } = moved(filedCase().facts, resolve, MONDAY);
    expect(facts).toMatchObject({ state: 'resolved', clocks: [], resolution: { outcome: 'coaching_given' } });
    const again = moved(facts, { type: 'reopen', reason: 'it broke again' }, MONDAY).facts;
    expect(again).toMatchObject({ state: 'open', reopened: 1, resolution: null });
    expect(again.clocks).toHaveLength(1);
  });

  it('notes follow their message: added once, edited, deleted', () => {
    const added = moved(filedCase().facts, { type: 'add_note', id: '1.2', text: 'one' }, MONDAY).facts;
    expect(moved(added, { type: 'add_note', id: '1.2', text: 'one' }, MONDAY).events).toEqual([]);
    const edited = moved(added, { type: 'edit_note', id: '1.2', text: 'two' }, MONDAY).facts;
    expect(edited.notes).toMatchObject([{ text: 'two', edited: true }]);
    expect(moved(edited, { type: 'delete_note', id: '1.2' }, MONDAY).facts.notes).toEqual([]);
  });

  it('a void case can only be reopened', () => {
    const { facts } = moved(filedCase().facts, { type: 'void', reason: 'wrong SP' }, MONDAY);
    expect(decide(facts, resolve, contextAt(MONDAY))).toMatchObject({ ok: false, allowed: ['reopen'] });
  });
});

describe('any history of moves', () => {
  const step = fc.record({
    wait: fc.integer({ min: 0, max: 60 * 24 * 3 }),
    move: fc.constantFrom<(now: Date) => Move>(
      inAnHour,
      () => note,
      () => resolve,
      () => ({ type: 'log_sp_contact', reached: false, text: 'voicemail' }),
      (now) => ({ type: 'snooze', until: later(now, minutes(90)), reason: 'later' }),
      () => ({ type: 'reassign', area: null, owner: 'U0TOM', summary: 'yours' }),
      () => ({ type: 'reassign', area: null, owner: 'U0DANA', summary: 'mine' }),
      () => ({ type: 'reopen', reason: 'again' }),
      () => ({ type: 'void', reason: 'mistake' }),
      () => ({ type: 'tick' }),
    ),
  });

  it('gives facts that follow from its events, allows only what the state allows, and fires no rung twice', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let { facts, events } = filedCase() as { facts: CaseFacts; events: readonly CaseEvent[] };
        let now = MONDAY;
        for (const { wait, move } of steps) {
          now = later(now, minutes(wait));
          const made = move(now);
          const decision = decide(facts, made, contextAt(now));
          if (!allowedMoves(facts).includes(made.type)) expect(decision.ok).toBe(false);
          if (!decision.ok) continue;
          facts = decision.facts;
          events = [...events, ...decision.events];
        }
        expect(replay(events)).toEqual(facts);
        expect(events.map((event) => event.seq)).toEqual(events.map((_, i) => i + 1));
        const rungs = events.flatMap((event) =>
          event.type === 'nudged' ? [`${event.data.clock}:${+event.data.dueAt}:${event.data.rung}`] : [],
        );
        expect(rungs.length).toBe(new Set(rungs).size);
      }),
    );
  });

  it('needs a beginning', () => {
    const { events } = filedCase();
    expect(() => apply(null, events[1] as CaseEvent)).toThrow('begins with "filed"');
  });
});
