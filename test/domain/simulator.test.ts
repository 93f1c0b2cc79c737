import { nextNudgeAt } from '../../src/domain/case';
import { decide } from '../../src/domain/decide';
import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import type { CaseEvent } from '../../src/domain/event';
import { CASE_KINDS } from '../../src/domain/kinds';
import { allowedMoves } from '../../src/domain/move';
import type { MoveType } from '../../src/domain/moves/declared';
import { Policy } from '../../src/domain/policy';
import type { Knowledge } from '../../src/domain/reach';
import { replayed } from '../../src/domain/replay';
import { SEVERITIES } from '../../src/domain/severity';
import { hourCounts, type Scenario, sameStep, type Timeline, timeline } from '../../src/domain/simulator';
import { slackLane } from '../../src/domain/targets';
import { WEST } from '../support/cases';
import { contextOf, MOVES, openedCase } from '../support/ladder-cases';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Friday, November 6, 2026, 4:50 PM in Los Angeles. */
const FRIDAY = new Date('2026-11-07T00:50:00Z');
const MANAGED = { ...WEST, manager: 'U0MAX' };

const known =
  (change: Partial<Knowledge> = {}) =>
  (now: Date): Knowledge => ({
    now,
    area: MANAGED,
    leadership: 'C0LEAD',
    roleHolders: [],
    admins: ['U0ADA'],
    approvers: [],
    groups: new Map(),
    covers: [],
    gone: new Set(),
    habits: new Map(),
    bypass: ['critical', 'high'],
    ...change,
  });
const scenario = (change: Partial<Scenario> = {}): Scenario => ({
  kind: 'high_risk',
  severity: 'high',
  area: MANAGED,
  owner: 'U0DANA',
  reporter: 'U0AMIRA',
  state: 'open',
  at: FRIDAY,
  ...change,
});
/** Each step as the area's local time, and who is told. */
const told = ({ steps }: Timeline) =>
  steps.map(({ at, told: { line, dms, places } }) => {
    const local = at.toLocaleString('en-US', {
      timeZone: 'America/Los_Angeles',
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    const held = (from: Date) => (from > at ? ` at ${from.toISOString()}` : '');
    return [local, line && `line ${line}`, ...dms.map((dm) => `dm ${dm.to}${held(dm.at)}`), ...places]
      .filter(Boolean)
      .join(' ');
  });

describe('a case that no one answers', () => {
  it('in West on Friday 16:50: a high-risk report does not wait for opening hours', () => {
    const quiet = {
      preferences: { by: 'both', quiet: { from: 17 * 60, to: 8 * 60 } },
      timeZone: 'America/Los_Angeles',
    } as const;
    const line = timeline(DEFAULT_POLICY, scenario(), known({ habits: new Map([['U0DANA', quiet]]) }));
    expect(line.clock).toEqual({ name: 'acknowledge', dueAt: new Date(+FRIDAY + 60 * MINUTE) });
    expect(line.stoppedBy).toEqual([
      'acknowledges it',
      'resolves it',
      'reassigns it',
      'marks it a duplicate',
      'voids it',
    ]);
    expect(told(line).slice(0, 6)).toEqual([
      'Fri 17:50 line U0DANA',
      'Fri 17:55 dm U0DANA',
      'Fri 18:05 dm U0TOM',
      'Fri 18:05 dm U0MAX',
      'Fri 18:20 C0LEAD',
      'Fri 18:50 C0LEAD',
    ]);
    expect(line.steps).toHaveLength(12);
  });

  it('everyday feedback continues at the next opening, and waits for the end of quiet hours', () => {
    const quiet = {
      preferences: { by: 'both', quiet: { from: 6 * 60, to: 13 * 60 } },
      timeZone: 'America/Los_Angeles',
    } as const;
    const everyday = scenario({ kind: 'sp_feedback', severity: 'normal' });
    const line = timeline(DEFAULT_POLICY, everyday, known({ habits: new Map([['U0DANA', quiet]]) }));
    // 70 minutes of Friday, the rest of the 4 hours from Monday 8:00 on; Wednesday is Veterans Day.
    expect(told(line)).toEqual([
      'Mon 10:50 line  dm U0DANA at 2026-11-09T21:00:00.000Z',
      'Mon 11:20 dm U0DANA at 2026-11-09T21:00:00.000Z',
      'Mon 11:50 dm U0TOM',
      'Mon 11:50 dm U0MAX',
      'Mon 12:50 C0LEAD',
    ]);
    const closed = Policy.parse({
      ...DEFAULT_POLICY,
      calendars: {
        ...DEFAULT_POLICY.calendars,
        West: { ...DEFAULT_POLICY.calendars.default, days: { '2026-11-09': [] } },
      },
    });
    expect(told(timeline(closed, everyday, known()))[0]).toBe('Tue 10:50 line U0DANA');
  });

  it('a cover in force then is told instead', () => {
    const cover = {
      id: 'c',
      person: 'U0DANA',
      deputy: 'U0SAM',
      from: FRIDAY,
      until: new Date(+FRIDAY + 10 * DAY),
      state: 'accepted',
    } as const;
    const [first] = told(timeline(DEFAULT_POLICY, scenario(), known({ covers: [cover] })));
    expect(first).toBe('Fri 17:50 line U0SAM dm U0SAM');
  });

  it('differs under another policy in the steps that the policy changed', () => {
    const edited = Policy.parse({
      ...DEFAULT_POLICY,
      clocks: {
        ...DEFAULT_POLICY.clocks,
        high_risk: {
          ...DEFAULT_POLICY.clocks.high_risk,
          high: {
            acknowledge: {
              minutes: 60,
              time: 'always',
              ladder: [
                { after: 0, to: 'thread' },
                { after: 10, to: 'owner' },
              ],
            },
          },
        },
      },
    });
    const [before, later] = [DEFAULT_POLICY, edited].map((policy) => timeline(policy, scenario(), known()).steps);
    expect(later?.map((step) => before?.some((other) => sameStep(step, other)))).toEqual([true, false]);
  });
});

/** Numbers from 0 to 1, the same ones in every run (mulberry32). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
const NOT_THEIRS: readonly MoveType[] = ['tick', 'apply_policy', 'restart_clock'];

/** The history of a case over a month, with a tick at each due time. */
function lived(n: number): { events: CaseEvent[]; until: Date } {
  const roll = dice(n + 1);
  const at = new Date(+FRIDAY + Math.floor(roll() * 30 * DAY));
  const until = new Date(+at + 30 * DAY);
  const kind = CASE_KINDS[n % CASE_KINDS.length] ?? 'sp_feedback';
  const severity = SEVERITIES[Math.floor(roll() * SEVERITIES.length)] ?? 'normal';
  const opening = {
    kind,
    severity,
    at,
    callbackAt: kind === 'leadership' ? new Date(+at + DAY) : null,
    policeMissing: n % 7 === 0,
  };
  let { facts } = openedCase(`C-${n}`, DEFAULT_POLICY, opening);
  const events = [...openedCase(`C-${n}`, DEFAULT_POLICY, opening).events];
  let attention = +at + Math.floor(roll() * 20 * 60) * MINUTE;
  for (;;) {
    const due = nextNudgeAt(facts);
    const now = new Date(Math.min(attention, due ? +due : Number.POSITIVE_INFINITY));
    if (now > until) return { events, until };
    const choices = allowedMoves(facts).filter((type) => !NOT_THEIRS.includes(type));
    const type = choices[Math.floor(roll() * choices.length)] ?? 'tick';
    const isTick = due !== null && +due <= attention;
    const move = isTick
      ? MOVES.tick(now, 0, 0)
      : MOVES[type](now, 30 * MINUTE + Math.floor(roll() * 3 * DAY), events.length);
    const decision = decide(facts, move, contextOf(DEFAULT_POLICY, facts, now, move));
    if (decision.ok) {
      facts = decision.facts;
      events.push(...decision.events);
    }
    if (!isTick) attention = +now + MINUTE + Math.floor(roll() * 30 * 60) * MINUTE;
  }
}

describe('a case replayed', () => {
  const rules = { policy: DEFAULT_POLICY, area: (name: string | null) => (name === 'West' ? WEST : null) };

  it('sends the same as before under the policy that was in force', () => {
    let said = 0;
    for (let n = 0; n < 300; n++) {
      const { events, until } = lived(n);
      const really = events.flatMap((event) =>
        event.type === 'nudged' ? [[event.at, event.data.clock, event.data.dueAt, event.data.to]] : [],
      );
      said += really.length;
      expect(replayed(events, rules, until).map(({ at, clock, dueAt, to }) => [at, clock, dueAt, to])).toEqual(really);
    }
    expect(said).toBeGreaterThan(1000);
  });

  it('sends what another policy would have sent, and stops where someone answered', () => {
    const at = FRIDAY;
    const { facts, events } = openedCase('C-1', DEFAULT_POLICY, {
      kind: 'high_risk',
      severity: 'high',
      at,
      callbackAt: null,
      policeMissing: false,
    });
    const answeredAt = new Date(+at + 20 * MINUTE);
    const move = { type: 'acknowledge', nextUpdateBy: new Date(+at + 90 * MINUTE) } as const;
    const answered = decide(facts, move, contextOf(DEFAULT_POLICY, facts, answeredAt, move));
    if (!answered.ok) throw new Error(answered.reason);
    const all = [...events, ...answered.events];
    const until = new Date(+at + 80 * MINUTE);
    const strict = Policy.parse({
      ...DEFAULT_POLICY,
      clocks: { ...DEFAULT_POLICY.clocks, high_risk: { default: { acknowledge: { minutes: 10, time: 'always' } } } },
    });
    expect(replayed(all, rules, until)).toEqual([]);
    const would = replayed(all, { ...rules, policy: strict }, until);
    expect(would.map(({ at: moment, to }) => [+moment - +at, to])).toEqual([[10 * MINUTE, 'thread']]);
  });
});

it('counts one message for rungs to someone at one time, in the hour of their own day', () => {
  const counts = hourCounts((who, at) => (at.getUTCHours() + (who === 'U0TOM' ? 1 : 0)) % 24);
  const at = new Date('2026-11-07T10:30:00Z');
  const quietEnd = new Date('2026-11-07T15:00:00Z');
  counts.add([
    {
      at,
      told: {
        line: ['U0DANA'],
        dms: [
          { to: 'U0DANA', at, acts: true },
          { to: 'U0TOM', at: quietEnd, acts: true },
        ],
        places: [],
      },
    },
    { at, told: { line: null, dms: [], places: [slackLane('C0LEAD')] } },
  ]);
  counts.add([{ at, told: { line: ['U0DANA'], dms: [], places: [] } }]);
  const hours = counts
    .result()
    .map(({ who, hours: each }) => [who, each.flatMap((count, hour) => (count ? [[hour, count]] : []))]);
  expect(hours).toEqual([
    ['U0DANA', [[10, 2]]],
    ['U0TOM', [[16, 1]]],
    ['C0LEAD', [[10, 1]]],
  ]);
});
