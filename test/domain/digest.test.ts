import { CalendarRules, calendarFor } from '../../src/domain/business-hours';
import type { Clock } from '../../src/domain/case';
import { adminDigest, areaDigest, type DigestCase, digestDay, reportWeek } from '../../src/domain/digest';
import { slackLane } from '../../src/domain/targets';

const RULES = { daily_at: '09:00', weekly_on: 'mon' as const };
const HOURS = { from: '08:00', to: '18:00' };
const day = [[HOURS.from, HOURS.to]];
const rules = CalendarRules.parse({
  hours: { mon: day, tue: day, wed: day, thu: day, fri: day },
  holidays: { country: 'US' },
  days: { '2026-11-04': [], '2026-11-07': [['10:00', '12:00']] },
});
function calendarIn(zone: string) {
  const made = calendarFor(rules, zone);
  if (!made.ok) throw new Error(made.fault);
  return made.calendar;
}
const denver = calendarIn('America/Denver');
const dayAt = (at: string) => digestDay(denver, RULES, new Date(at))?.date ?? null;

describe('the day whose digest is owed', () => {
  it.each([
    ['a minute before nine', '2026-11-02T15:59:00Z', null],
    ['at nine', '2026-11-02T16:00:00Z', '2026-11-02'],
    ['late in the evening, after a downtime', '2026-11-03T06:59:00Z', '2026-11-02'],
    ['past midnight, the day before is over', '2026-11-03T07:01:00Z', null],
    ['on a Saturday', '2026-10-31T18:00:00Z', null],
    ['on a Saturday that the calendar opens', '2026-11-07T18:00:00Z', '2026-11-07'],
    ['on an own day off', '2026-11-04T18:00:00Z', null],
    ['on Thanksgiving', '2026-11-26T18:00:00Z', null],
    ['at nine in summer time', '2026-10-30T15:00:00Z', '2026-10-30'],
    ['at nine on the Monday after clocks went back', '2026-11-02T15:00:00Z', null],
    ['at nine on the Monday after clocks went forward', '2027-03-15T15:00:00Z', '2027-03-15'],
  ])('%s', (_name, at, date) => {
    expect(dayAt(at)).toBe(date);
  });

  it('is due at nine and ends at local midnight, on a day of 25 hours, too', () => {
    const sunday = CalendarRules.parse({ hours: { sun: day } });
    const made = calendarFor(sunday, 'America/Denver');
    if (!made.ok) throw new Error(made.fault);
    expect(digestDay(made.calendar, RULES, new Date('2026-11-01T20:00:00Z'))).toEqual({
      date: '2026-11-01',
      dueAt: new Date('2026-11-01T16:00:00Z'),
      endsAt: new Date('2026-11-02T06:59:59.999Z'),
    });
  });
});

describe('the week whose report is owed', () => {
  const weekAt = (at: string, zone = 'America/Denver') => reportWeek(calendarIn(zone), RULES, new Date(at));

  it('is the last one, from Monday at nine, with local midnights over a clock change', () => {
    expect(weekAt('2026-11-02T15:59:00Z')).toBeNull();
    expect(weekAt('2026-11-02T16:00:00Z')).toEqual({
      from: new Date('2026-10-26T06:00:00Z'),
      to: new Date('2026-11-02T07:00:00Z'),
      date: '2026-11-02',
    });
  });

  it('stays owed through the week, on working days', () => {
    expect(weekAt('2026-11-05T20:00:00Z')?.date).toBe('2026-11-02');
    expect(weekAt('2026-11-04T20:00:00Z')).toBeNull();
    expect(weekAt('2026-11-08T20:00:00Z')).toBeNull();
    expect(weekAt('2026-11-09T16:00:00Z')?.date).toBe('2026-11-09');
  });

  it('comes the next day after a holiday Monday', () => {
    expect(weekAt('2027-01-18T20:00:00Z')).toBeNull(); // Martin Luther King Jr. Day
    expect(weekAt('2027-01-19T15:59:00Z')).toBeNull();
    expect(weekAt('2027-01-19T16:00:00Z')?.date).toBe('2027-01-18');
  });
});

const NOW = new Date('2026-11-02T16:00:00Z');
const hours = (count: number) => new Date(+NOW + count * 60 * 60_000);
const clock = (name: Clock['name'], dueAt: Date): Clock =>
  ({ name, startedAt: NOW, dueAt, rungs: [], fired: 0, promised: false, time: 'always', spent: 0 }) as Clock;
const SECRET = 'KEEP-THIS-SECRET';
let refs = 0;
const aCase = (given: Partial<DigestCase> = {}): DigestCase => ({
  ref: `SPF-${String(++refs).padStart(6, '0')}`,
  kind: 'sp_feedback',
  state: 'open',
  title: 'Negative feedback from a customer',
  sp: { account: 'ACC100', name: 'Ace Plumbing' },
  severity: 'normal',
  tone: 'negative',
  area: 'West',
  owner: 'U0DANA',
  filedAt: hours(-30),
  handedAt: null,
  clocks: [],
  subjects: [],
  unrouted: null,
  posts: [
    {
      id: 'main',
      channel: 'C0WEST',
      fallback: 'C0FALL',
      show: 'full',
      sent: { channel: 'C0WEST', ts: '1.2' },
      redirected: null,
    },
  ],
  ...given,
});
const DAY = { since: hours(-24), now: NOW, endsAt: hours(14) };

describe("an area's digest", () => {
  it('counts what is open, overdue and promised today, and names the oldest', () => {
    const overdue = aCase({ clocks: [clock('acknowledge', hours(-1))] });
    const promised = aCase({ state: 'acknowledged', clocks: [clock('update', hours(3))], filedAt: hours(-90) });
    const tomorrow = aCase({ state: 'acknowledged', clocks: [clock('update', hours(15))] });
    const asleep = aCase({ state: 'snoozed', clocks: [clock('snooze', hours(-1))] });
    const praise = aCase({ tone: 'positive', severity: 'low' });
    const digest = areaDigest('West', { open: [overdue, promised, tomorrow, asleep], praise: [praise] }, 'U0DANA', DAY);
    expect(digest.open).toBe(4);
    expect(digest.overdue.shown.map(({ ref }) => ref)).toEqual([overdue.ref]);
    expect(digest.promised.shown.map(({ ref }) => ref)).toEqual([promised.ref]);
    expect(digest.oldest?.ref).toBe(promised.ref);
    expect(digest.recognition.shown.map(({ ref }) => ref)).toEqual([praise.ref]);
    expect(digest.oldest?.card).toEqual({ channel: 'C0WEST', ts: '1.2' });
  });

  it('shows no more of a need-to-know case than its redacted card', () => {
    const risk = aCase({
      kind: 'high_risk',
      title: SECRET,
      severity: 'critical',
      clocks: [clock('update', hours(-1))],
    });
    const digest = areaDigest('West', { open: [risk], praise: [] }, 'U0DANA', DAY);
    expect(digest.overdue.shown).toEqual([expect.objectContaining({ ref: risk.ref, title: 'High-risk report' })]);
    expect(JSON.stringify(digest)).not.toContain(SECRET);
  });

  it('leaves out what is with the admins, what belongs to no area, and what is about its reader', () => {
    const open = [
      aCase({ kind: 'exception', state: 'in_review' }),
      aCase({ kind: 'exception', state: 'returned' }),
      aCase({ kind: 'provider_report' }),
      aCase({ kind: 'leadership' }),
      aCase({ subjects: ['U0DANA'] }),
    ];
    expect(areaDigest('West', { open, praise: [] }, 'U0DANA', DAY)).toMatchObject({ open: 0, oldest: null });
  });

  it('lists the five most urgent, and says how many there are', () => {
    const open = Array.from({ length: 8 }, (_, i) => aCase({ clocks: [clock('acknowledge', hours(-1 - i))] }));
    const { overdue } = areaDigest('West', { open, praise: [] }, 'U0DANA', DAY);
    expect(overdue.of).toBe(8);
    expect(overdue.shown.map(({ ref }) => ref)).toEqual(
      open
        .slice(3)
        .map(({ ref }) => ref)
        .reverse(),
    );
  });
});

describe("the admins' digest", () => {
  it('lists the oldest first, and nothing that is about its reader', () => {
    const [younger, older, about] = [
      aCase({ state: 'in_review', filedAt: hours(-2) }),
      aCase({ state: 'in_review', filedAt: hours(-5) }),
      aCase({ state: 'in_review', subjects: ['U0ADA'] }),
    ];
    const failed = [{ about: 'SPF-000001', to: slackLane('C0GONE'), fault: 'is_archived' }];
    const cases = { unrouted: [], inReview: [younger, older, about], returned: [] };
    const digest = adminDigest(cases, failed, 'U0ADA', 200);
    expect(digest.inReview.shown.map(({ ref }) => ref)).toEqual([older.ref, younger.ref]);
    expect(digest.failed).toEqual({ of: 1, isMore: false, shown: failed });
    expect(adminDigest(cases, failed, 'U0ADA', 1).failed.isMore).toBe(true);
  });
});
