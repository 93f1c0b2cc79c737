import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import { clockAllowance, ladderFor, Policy } from '../../src/domain/policy';
import { calendarRulesFor, dueAt, timeAfter } from '../../src/domain/policy-time';

const west = { name: 'West', timeZone: 'America/Los_Angeles' };

describe('clocks', () => {
  it("use the policy's most specific entry", () => {
    const minutes = (n: number) => ({ minutes: n, time: 'always' as const });
    const policy: Policy = {
      ...DEFAULT_POLICY,
      clocks: {
        sp_feedback: { normal: { acknowledge: minutes(1) }, default: { acknowledge: minutes(2), update: minutes(3) } },
        default: {
          normal: { update: minutes(4), review: minutes(5) },
          default: { review: minutes(6), snooze: minutes(7) },
        },
      },
    };
    const of = (clock: Parameters<typeof clockAllowance>[3]) =>
      clockAllowance(policy, 'sp_feedback', 'normal', clock)?.minutes;
    expect(of('acknowledge')).toBe(1);
    expect(of('update')).toBe(3);
    expect(of('review')).toBe(5);
    expect(of('snooze')).toBe(7);
    expect(of('police_number')).toBeUndefined();
    expect(clockAllowance(policy, 'exception', 'critical', 'review')?.minutes).toBe(6);
  });

  it("of a high-risk report never stop; those of feedback use opening hours in the area's zone", () => {
    const saturday = new Date('2026-01-10T20:00:00Z');
    expect(dueAt(DEFAULT_POLICY, west, 'high_risk', 'critical', 'acknowledge', saturday)).toEqual(
      new Date('2026-01-10T20:15:00Z'),
    );
    expect(dueAt(DEFAULT_POLICY, west, 'sp_feedback', 'normal', 'acknowledge', saturday)).toEqual(
      new Date('2026-01-12T20:00:00Z'),
    );
    expect(dueAt(DEFAULT_POLICY, west, 'sp_feedback', 'low', 'acknowledge', saturday)).toEqual(
      new Date('2026-01-14T02:00:00Z'),
    );
    expect(dueAt(DEFAULT_POLICY, west, 'sp_feedback', 'normal', 'police_number', saturday)).toBeNull();
  });

  it('of a critical or high case are wall-clock time, whatever the policy says', () => {
    const saturday = new Date('2026-01-10T20:00:00Z');
    const due = (severity: 'critical' | 'high' | 'elevated') =>
      dueAt(DEFAULT_POLICY, west, 'exception', severity, 'review', saturday)?.toISOString();
    expect([due('critical'), due('high')]).toEqual(['2026-01-11T00:00:00.000Z', '2026-01-11T00:00:00.000Z']);
    expect(due('elevated')).toBe('2026-01-12T20:00:00.000Z');
  });

  it("of a case without an area use the policy's zone", () => {
    const monday = new Date('2026-01-12T06:00:00Z');
    expect(dueAt(DEFAULT_POLICY, null, 'sp_feedback', 'normal', 'acknowledge', monday)).toEqual(
      new Date('2026-01-12T18:00:00Z'),
    );
  });

  it("fail if an area's zone does not exist", () => {
    const nowhere = { name: 'North', timeZone: 'America/Nowhere' };
    expect(() => timeAfter(DEFAULT_POLICY, nowhere, new Date(0), { minutes: 1, time: 'business' })).toThrow(
      'Area North: America/Nowhere',
    );
  });
});

describe('ladders', () => {
  it('climb from the thread to leadership', () => {
    expect(ladderFor(DEFAULT_POLICY, 'acknowledge').map(({ after, to }) => `${after} ${to}`)).toEqual([
      '0 thread',
      '30 owner',
      '60 deputy',
      '60 manager',
      '120 leadership',
    ]);
  });

  it('repeat rungs, among the others', () => {
    const policy = Policy.parse({
      ...DEFAULT_POLICY,
      ladders: {
        review: [
          { after: 10, to: 'owner', repeat: { every: 30, times: 2 } },
          { after: 45, to: 'leadership' },
        ],
      },
    });
    expect(ladderFor(policy, 'review').map(({ after, to }) => `${after} ${to}`)).toEqual([
      '10 owner',
      '40 owner',
      '45 leadership',
      '70 owner',
    ]);
  });

  it('may be specific to kind and severity: leadership is called again about a critical report', () => {
    const ladder = (severity: 'critical' | 'elevated') =>
      ladderFor(
        DEFAULT_POLICY,
        'acknowledge',
        clockAllowance(DEFAULT_POLICY, 'high_risk', severity, 'acknowledge'),
      ).filter(({ to }) => to === 'leadership').length;
    expect([ladder('critical'), ladder('elevated')]).toEqual([8, 1]);
  });

  it.each([
    [{ every: 4, times: 1 }, 'every 5 minutes at most'],
    [{ every: 60, times: 0 }, 'expected number to be >=1'],
    [{ every: 60, times: 60 }, '61 rungs with their repeats: 60 is the limit'],
  ])('refuse an excessive repeat: %j', (repeat, words) => {
    const read = Policy.safeParse({ ...DEFAULT_POLICY, ladders: { review: [{ after: 0, to: 'owner', repeat }] } });
    expect(read.error?.issues.map(({ message }) => message).join()).toContain(words);
  });

  it('are sorted, and fall back to the default one', () => {
    const policy: Policy = {
      ...DEFAULT_POLICY,
      ladders: {
        default: [
          { after: 9, to: 'owner' },
          { after: 0, to: 'thread' },
        ],
      },
    };
    expect(ladderFor(policy, 'review').map(({ after }) => after)).toEqual([0, 9]);
    expect(ladderFor({ ...policy, ladders: {} }, 'review')).toEqual([]);
  });
});

describe('calendars', () => {
  it("are the area's own, else the default", () => {
    const own = { ...DEFAULT_POLICY.calendars.default, holidays: null };
    const policy: Policy = { ...DEFAULT_POLICY, calendars: { ...DEFAULT_POLICY.calendars, West: own } };
    expect(calendarRulesFor(policy, 'West')).toBe(own);
    expect(calendarRulesFor(policy, 'East')).toBe(policy.calendars.default);
    expect(calendarRulesFor(policy, 'toString')).toBe(policy.calendars.default);
    expect(calendarRulesFor(policy, null)).toBe(policy.calendars.default);
  });

  it('need a default', () => {
    expect(Policy.safeParse({ ...DEFAULT_POLICY, calendars: {} }).error?.issues[0]?.path).toEqual([
      'calendars',
      'default',
    ]);
  });
});
