import { CLOCK_NAMES } from '../../src/domain/allowance';
import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import { holidayPlaces } from '../../src/domain/holiday-places';
import { keptSpans, Policy } from '../../src/domain/policy';
import { type Entries, entriesOf, withEntries } from '../../src/domain/policy-entries';
import { clocksOf, type PolicyItem, packItem, readItem } from '../../src/domain/policy-items';
import { durationText, readDuration } from '../../src/domain/policy-text';

const own = (value: unknown) => ({ ...DEFAULT_POLICY.calendars.default, ...(value as object) });
const POLICY = Policy.parse({
  ...DEFAULT_POLICY,
  calendars: {
    default: DEFAULT_POLICY.calendars.default,
    'West: hills': own({
      hours: {
        mon: [
          ['08:00', '12:00'],
          ['13:00', '18:00'],
        ],
      },
      holidays: { country: 'US', state: 'CA' },
      days: { '2026-12-24': [['08:00', '12:00']], '2026-12-26': [] },
    }),
  },
});
it('offers the holidays of a calendar as they are, however the file wrote the country', () => {
  const typed = own({ holidays: { country: 'us', state: 'ca' } });
  const policy = Policy.parse({ ...DEFAULT_POLICY, calendars: { default: typed } });
  const { holidays } = entriesOf(policy, { is: 'calendar', area: 'default' });
  expect(holidayPlaces().map(({ value }) => value)).toContain(holidays);
});

const ITEMS: readonly PolicyItem[] = [
  ...clocksOf(POLICY).map(({ item }) => item),
  ...[...CLOCK_NAMES, 'default' as const].map((clock): PolicyItem => ({ is: 'ladder', clock })),
  { is: 'calendar', area: 'default' },
  { is: 'calendar', area: 'West: hills' },
  { is: 'time_zone' },
  { is: 'quiet_hours' },
  { is: 'audit' },
  { is: 'digests' },
  { is: 'repeat_rules' },
  { is: 'retention' },
];
const with_ = (item: PolicyItem, change: Entries) =>
  withEntries(POLICY, item, { ...entriesOf(POLICY, item), ...change });
const edited = (item: PolicyItem, change: Entries): Policy => {
  const made = with_(item, change);
  if (!made.ok) throw new Error(JSON.stringify(made.faults));
  return made.policy;
};
const faults = (item: PolicyItem, change: Entries) => {
  const made = with_(item, change);
  return made.ok ? [] : made.faults;
};
const CLOCK: PolicyItem = { is: 'clock', kind: 'high_risk', severity: 'high', clock: 'acknowledge' };
const WEST: PolicyItem = { is: 'calendar', area: 'West: hills' };

describe('an item of the policy', () => {
  it.each(ITEMS.map((item) => [packItem(item), item] as const))(
    '%s reads what it writes, and nothing changes',
    (packed, item) => {
      expect(readItem(packed)).toEqual(item);
      expect(edited(item, {})).toEqual(POLICY);
    },
  );

  it('is one of the existing ones', () => {
    for (const text of [
      '',
      'clock:high_risk:high',
      'clock:high_risk:huge:acknowledge',
      'ladder:lunch',
      'calendar',
      'roles',
    ])
      expect(readItem(text)).toBeNull();
  });

  it('changes alone: the rest of the policy stays', () => {
    const { clocks, ...rest } = edited(CLOCK, {
      length: '1 h 30 min',
      time: 'always',
      ladder: '30 min: owner\nAt once: Thread',
    });
    const { clocks: before, ...others } = POLICY;
    expect(rest).toEqual(others);
    const { acknowledge, ...severity } = clocks.high_risk?.high ?? {};
    expect(acknowledge).toEqual({
      minutes: 90,
      time: 'always',
      ladder: [
        { after: 30, to: 'owner' },
        { after: 0, to: 'thread' },
      ],
    });
    expect(severity).toEqual({ update: before.high_risk?.high?.update });
    expect(clocks.exception).toEqual(before.exception);
  });

  it('is removed if its time is emptied, with whatever is left empty', () => {
    const once = edited({ is: 'clock', kind: 'sp_feedback', severity: 'low', clock: 'acknowledge' }, { length: '' });
    expect(once.clocks.sp_feedback).toEqual({ default: POLICY.clocks.sp_feedback?.default });
    expect(edited({ is: 'ladder', clock: 'callback' }, { ladder: '' }).ladders.callback).toBeUndefined();
    const closed = { mon: '', tue: '', wed: '', thu: '', fri: '', sat: '', sun: '', days: '' };
    expect(Object.keys(edited(WEST, closed).calendars)).toEqual(['default']);
  });

  it.each<[string, PolicyItem, Entries, string, RegExp]>([
    ['no length', CLOCK, { length: 'soon' }, 'length', /"soon" is not a length of time: write 30 min/],
    ['half a minute', CLOCK, { length: '0.5 min' }, 'length', /not a whole number of minutes/],
    ['far too long', CLOCK, { length: '400 days' }, 'length', /./],
    [
      'no rung',
      CLOCK,
      { ladder: '5 min: owner\nowner after 10 min' },
      'ladder',
      /^Line 2: "owner after 10 min" is not a rung/,
    ],
    ['nobody', CLOCK, { ladder: '5 min: the boss' }, 'ladder', /Use thread, owner, deputy/],
    ['too often', CLOCK, { ladder: '5 min: owner, every 1 min, 3 times' }, 'ladder', /every 5 minutes at most/],
    ['too many', CLOCK, { ladder: '5 min: owner, every 5 min, 60 times' }, 'ladder', /60 is the limit/],
    ['no hours', WEST, { tue: '8 to 12' }, 'tue', /"8 to 12" are not hours/],
    ['hours past midnight', WEST, { tue: '18:00-02:00' }, 'tue', /ends before it starts/],
    ['never open', WEST, { mon: '' }, 'mon', /never opens/],
    ['no place', WEST, { holidays: 'XX' }, 'holidays', /No public holidays are known/],
    ['no day', WEST, { days: '24 December: closed' }, 'days', /^Line 1: .*is not a day/],
    ['late repairs', { is: 'audit' }, { grace: '3 days' }, 'grace', /./],
    ['no time of day', { is: 'digests' }, { daily_at: '25:00' }, 'daily_at', /time of day such as 09:00/],
    ['no zone', { is: 'time_zone' }, { zone: 'Mars/Base' }, 'zone', /IANA time zone such as America/],
    ['no rule', { is: 'repeat_rules' }, { rules: 'three strikes' }, 'rules', /^Line 1: "three strikes" is not a rule/],
    ['a rule for one', { is: 'repeat_rules' }, { rules: '1 exception in 30 days' }, 'rules', /./],
  ])('shows at its field what is wrong: %s', (_name, item, change, field, message) => {
    const [first, ...more] = faults(item, change);
    expect(more).toEqual([]);
    expect(first?.field).toBe(field);
    expect(first?.message).toMatch(message);
  });
});

it('a duration is read as written, and a day is shorter in opening hours', () => {
  for (const minutes of [0, 5, 60, 90, 1200, 10_081]) {
    expect(readDuration(durationText(minutes), 'always')).toEqual({ ok: true, value: minutes });
    expect(readDuration(durationText(minutes), 'business')).toEqual({ ok: true, value: minutes });
  }
  expect(readDuration('1.1 h', 'always')).toEqual({ ok: true, value: 66 });
  expect(readDuration('0.01 h', 'always')).toMatchObject({ ok: false });
  expect(readDuration('1 day and 2 hours', 'always')).toEqual({ ok: true, value: 26 * 60 });
  expect(readDuration('1 day, 2 hours', 'business')).toEqual({ ok: true, value: 12 * 60 });
});

describe('how long records are kept', () => {
  const retention: PolicyItem = { is: 'retention' };
  it('is typed in days or years', () => {
    expect(entriesOf(POLICY, retention)).toMatchObject({
      sp_feedback: '3 years',
      high_risk: '7 years',
      drafts: '1 day',
    });
    const { cases, letters } = edited(retention, { sp_feedback: '1 year', letters: '45 Days' }).retention;
    expect([cases.sp_feedback, cases.exception, letters]).toEqual([365, 3 * 365, 45]);
  });
  it('may differ for a severity', () => {
    const made = edited(retention, { high_risk: '7 years, critical 10 years, elevated 90 days' });
    expect(made.retention.by_severity).toEqual({ high_risk: { critical: 3650, elevated: 90 } });
    expect(entriesOf(made, retention).high_risk).toBe('7 years, critical 10 years, elevated 90 days');
    expect(keptSpans(made, 'high_risk')).toEqual([
      { days: 3650, severities: ['critical'] },
      { days: 2555, severities: ['high', 'normal', 'low'] },
      { days: 90, severities: ['elevated'] },
    ]);
    expect(keptSpans(POLICY, 'high_risk')).toEqual([{ days: 2555, severities: null }]);
  });
  it.each([
    ['two years'],
    ['0 days'],
    ['3'],
    ['200 years'],
    [''],
    ['7 years, grave 1 year'],
    ['7 years, high 1 year, high 2 years'],
    ['7 years, high'],
  ])('is not %j', (typed) => {
    expect(faults(retention, { high_risk: typed }).map(({ field }) => field)).toEqual(['high_risk']);
  });
});
