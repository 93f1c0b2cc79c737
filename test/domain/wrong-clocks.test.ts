import { CLOCKS_DIFFER_MS } from '../../src/domain/clocks';
import { aheadBy } from '../../src/domain/health';
import { type Delivery, firstMailbox, inTime } from '../../src/domain/mailbox';
import { slackLane } from '../../src/domain/targets';
import { filedCase, later, MONDAY, minutes, moved } from '../support/cases';

const AHEAD = minutes(120);

describe('a record begun by a clock that was ahead', () => {
  const { facts } = filedCase(later(MONDAY, AHEAD));

  it('continues in the order of its dates, and its clocks start from the real time', () => {
    const noted = moved(facts, { type: 'add_note', id: null, text: 'Called.' }, later(MONDAY, minutes(5)));
    expect(noted.events.map(({ at }) => at)).toEqual([later(MONDAY, AHEAD)]);
    const until = later(MONDAY, minutes(60));
    const asleep = moved(noted.facts, { type: 'snooze', until, reason: 'parts' }, later(MONDAY, minutes(6)));
    expect(asleep.facts.clocks).toMatchObject([{ name: 'snooze', dueAt: until, startedAt: later(MONDAY, minutes(6)) }]);
    expect(asleep.facts.changedAt).toEqual(later(MONDAY, AHEAD));
    const after = moved(asleep.facts, { type: 'wake' }, later(MONDAY, AHEAD + minutes(1)));
    expect(after.events.map(({ at }) => at)).toEqual([later(MONDAY, AHEAD + minutes(1))]);
  });

  it('has its reminders counted from now once the clock is right, once', () => {
    const now = later(MONDAY, minutes(1));
    const mended = moved(facts, { type: 'tick' }, now);
    expect(mended.events.map(({ type }) => type)).toEqual(['clocks_corrected']);
    expect(mended.facts.clocks).toMatchObject([
      { name: 'acknowledge', startedAt: now, dueAt: later(now, minutes(240)), fired: 0 },
    ]);
    expect(moved(mended.facts, { type: 'tick' }, later(now, minutes(1))).events).toEqual([]);
    const due = moved(mended.facts, { type: 'tick' }, later(now, minutes(240)));
    expect(due.events.map(({ type }) => type)).toEqual(['nudged']);
  });

  it('is not touched if a clock is behind within normal differences', () => {
    const slightly = filedCase(later(MONDAY, CLOCKS_DIFFER_MS)).facts;
    expect(moved(slightly, { type: 'tick' }, MONDAY).events).toEqual([]);
  });

  it('keeps a time that someone chose', () => {
    const nextUpdateBy = later(MONDAY, AHEAD + minutes(30));
    const promised = moved(facts, { type: 'acknowledge', nextUpdateBy }, later(MONDAY, AHEAD)).facts;
    const mended = moved(promised, { type: 'tick' }, MONDAY);
    expect(mended.facts.clocks.find(({ name }) => name === 'update')?.dueAt).toEqual(nextUpdateBy);
  });
});

describe('what waits to be sent', () => {
  const place = { id: 'main', channel: 'C0WEST', fallback: 'C0FALL', show: 'full' as const };
  const mailbox = firstMailbox('SPF-000001', [place], later(MONDAY, AHEAD), ['F1']);
  const quiet: Delivery = {
    id: 'SPF-000001:nudge:3:U0DANA',
    to: { user: 'U0DANA' },
    content: { type: 'nudge', seq: 3, acts: true },
    lane: slackLane('U0DANA'),
    at: later(MONDAY, minutes(600)),
    waits: true,
    dead: null,
  };

  it('does not wait for a time that only a wrong clock set, and keeps its order', () => {
    const mended = inTime(mailbox, MONDAY);
    expect(mended.outbox.map(({ id }) => id)).toEqual(mailbox.outbox.map(({ id }) => id));
    expect(mended.outbox.map(({ at }) => at)).toEqual([MONDAY, MONDAY]);
    expect(inTime(mended, MONDAY)).toBe(mended);
  });

  it('leaves people alone until their quiet hours end, and failed messages as they are', () => {
    const dead = { ...quiet, id: 'dead', waits: undefined, dead: 'is_archived' };
    const { waits: _, ...given } = dead;
    const owed = { ...mailbox, outbox: [quiet, given] };
    expect(inTime(owed, MONDAY)).toBe(owed);
  });
});

it('a job run dated in the future, beyond normal differences, comes from a wrong clock', () => {
  const run = { name: 'nudge', everyMinutes: 1, ms: 5, did: {}, fault: null };
  expect(aheadBy({ ...run, at: MONDAY }, MONDAY)).toBe(0);
  expect(aheadBy({ ...run, at: later(MONDAY, CLOCKS_DIFFER_MS) }, MONDAY)).toBe(0);
  expect(aheadBy({ ...run, at: later(MONDAY, AHEAD) }, MONDAY)).toBe(AHEAD);
});
