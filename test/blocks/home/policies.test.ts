import type { KnownBlock } from '@slack/types';
import { changedLines, eventWords } from '../../../src/blocks/home/config-words';
import { homeFrame } from '../../../src/blocks/home/frame';
import { partMenu } from '../../../src/blocks/home/part-menu';
import { POLICY_LISTS, policiesBlocks } from '../../../src/blocks/home/policies';
import { changeLines } from '../../../src/blocks/home/policy-words';
import { conflictNotice } from '../../../src/blocks/home/windows/notice';
import { policyEditWindow } from '../../../src/blocks/home/windows/policy-edit';
import { policyReplayWindow, replayText } from '../../../src/blocks/home/windows/policy-replay';
import { policyReviewWindow } from '../../../src/blocks/home/windows/policy-review';
import { policySimulateWindow } from '../../../src/blocks/home/windows/policy-simulate';
import { DEFAULT_POLICY } from '../../../src/domain/default-policy';
import type { Policy } from '../../../src/domain/policy';
import { type Entries, entriesOf, withEntries } from '../../../src/domain/policy-entries';
import { type PolicyItem, packItem } from '../../../src/domain/policy-items';
import type { Step } from '../../../src/domain/simulator';
import { slackLane } from '../../../src/domain/targets';
import { HOME_START, HOME_TABS } from '../../../src/slack/ids/home';
import { faultsOf, list } from '../../support/view-limits';

const AT = new Date('2026-11-07T00:50:00Z');
const NAME = '<&>'.repeat(25);
const home = (blocks: readonly KnownBlock[]) =>
  homeFrame(
    { ...HOME_START, tab: 'admin', part: 'policies' },
    HOME_TABS.map((id) => ({ id, label: 'My reports' })),
    [partMenu([{ label: 'All', parts: [{ id: '', label: 'Overview' }] }], ''), ...blocks],
  );
const with_ = (item: PolicyItem, entries: Entries): Policy => {
  const made = withEntries(DEFAULT_POLICY, item, { ...entriesOf(DEFAULT_POLICY, item), ...entries });
  if (!made.ok) throw new Error(JSON.stringify(made.faults));
  return made.policy;
};
const CLOCK: PolicyItem = { is: 'clock', kind: 'high_risk', severity: 'high', clock: 'acknowledge' };
const LADDER: PolicyItem = { is: 'ladder', clock: 'acknowledge' };
/** As many rungs as fit in a window, to people and channels. */
const LONG_LADDER = list(30, (i) => `${i * 5} min: channel:C0${100_000 + i}`).join('\n');

describe('the changes, in words', () => {
  it('show the old and the new value', () => {
    expect(changeLines(CLOCK, DEFAULT_POLICY, with_(CLOCK, { length: '30 min' }))).toEqual([
      '*Acknowledge, high-risk report, high*: 1 h → 30 min',
    ]);
    expect(changeLines(CLOCK, DEFAULT_POLICY, with_(CLOCK, { length: '' })).slice(0, 1)).toEqual([
      '*Acknowledge, high-risk report, high*: 1 h → none',
    ]);
    const ladder = with_(LADDER, {
      ladder: 'at once: thread\n45 min: user:U0DANA\n1 h: deputy\n1 h: manager\n2 h: leadership',
    });
    expect(changeLines(LADDER, DEFAULT_POLICY, ladder)).toEqual([
      '*Ladder: acknowledge*:',
      '     –  ~30 min: owner~',
      '     +  45 min: <@U0DANA>',
    ]);
  });

  it("name a calendar's days, and that an area gets its own", () => {
    const west: PolicyItem = { is: 'calendar', area: 'W<st' };
    const lines = changeLines(
      west,
      DEFAULT_POLICY,
      with_(west, { sat: '09:00-12:00', holidays: 'US/CA', days: '2026-12-24 closed' }),
    );
    expect(lines).toEqual([
      '*Calendar of W&lt;st*: has its own instead of the default one',
      '*Calendar of W&lt;st*, saturday: closed → 09:00-12:00',
      '*Calendar of W&lt;st*, public holidays: United States of America → United States of America: California',
      '*Calendar of W&lt;st*, own days:',
      '     +  2026-12-24 closed',
    ]);
  });

  it('are empty if nothing would change', () => {
    expect(changeLines(LADDER, DEFAULT_POLICY, with_(LADDER, {}))).toEqual([]);
  });
});

const memory = { key: packItem(CLOCK), version: 7, place: HOME_START };
const steps = (count: number, people: number): Step[] =>
  list(count, (i) => ({
    at: new Date(+AT + i * 60_000),
    clock: 'acknowledge',
    dueAt: AT,
    to: i % 2 ? 'group:S0123456789' : 'thread',
    told: {
      line: list(people, (n) => `U0${100_000_000 + n}`),
      dms: list(people, (n) => ({ to: `U0${100_000_000 + n}`, at: new Date(+AT + n * 3_600_000), acts: true })),
      places: [slackLane('C0123456789')],
    },
  }));

describe.each([0, 1, 10, 1000, 100_000])('with %d of everything', (count) => {
  const areas = list(count, (i) => `${NAME.slice(0, 68)}${i}`);

  it('every list of the policy is a valid Home, on its first page and its last', () => {
    for (const shown of POLICY_LISTS)
      for (const page of [0, 100_000])
        expect(
          faultsOf(home(policiesBlocks({ policy: DEFAULT_POLICY, areas, list: shown, kind: null, page, size: 10 }))),
        ).toEqual([]);
    expect(
      faultsOf(
        home(policiesBlocks({ policy: DEFAULT_POLICY, areas, list: 'clocks', kind: 'leadership', page: 0, size: 10 })),
      ),
    ).toEqual([]);
  });

  it('every window of the policy is valid, with everything it may show', () => {
    const asked = {
      kind: 'high_risk',
      severity: 'high',
      area: areas[0] ?? '',
      date: '2026-11-06',
      time: '16:50',
    } as const;
    const clock = count ? { name: 'acknowledge' as const, dueAt: AT } : null;
    const answer = {
      channels: count ? list(Math.min(count, 10), (i) => slackLane(`C0${100_000 + i}`)) : null,
      timeline: {
        clock,
        steps: steps(Math.min(count, 70), Math.min(count, 1000)),
        stoppedBy: ['acknowledges it', 'voids it'],
      },
    };
    const other = { ...answer, timeline: { ...answer.timeline, steps: steps(Math.min(count, 20), 1) } };
    const edit = 'x'.repeat(2200);
    for (const edited of [null, other])
      expect(
        faultsOf(
          policySimulateWindow({ ...memory, ...(edited ? { edit } : {}) }, asked, areas, {
            at: AT,
            timeZone: 'America/Los_Angeles',
            inForce: answer,
            edited,
          }),
        ),
      ).toEqual([]);
    expect(faultsOf(policyReplayWindow({ ...memory, edit }))).toEqual([]);
    const told = list(Math.min(count, 1000), (i) => ({
      who: slackLane(`U0${i}`),
      isChannel: i % 5 === 0,
      hours: list(24, (hour) => hour * count),
    }));
    expect(replayText(count, [told, told.slice(1)]).length).toBeLessThan(4000);
  });
});

describe('the windows of an edit', () => {
  const items: PolicyItem[] = [
    CLOCK,
    LADDER,
    { is: 'calendar', area: 'default' },
    { is: 'calendar', area: NAME },
    { is: 'time_zone' },
    { is: 'quiet_hours' },
    { is: 'audit' },
    { is: 'digests' },
    { is: 'repeat_rules' },
  ];
  it.each(items.map((item) => [packItem(item), item] as const))('are valid: %s', (_name, item) => {
    expect(faultsOf(policyEditWindow(memory, item, entriesOf(DEFAULT_POLICY, item)))).toEqual([]);
    expect(faultsOf(policyEditWindow(memory, item, {}))).toEqual([]);
    expect(
      faultsOf(policyReviewWindow({ ...memory, edit: 'x'.repeat(2200) }, item, DEFAULT_POLICY, DEFAULT_POLICY)),
    ).toEqual([]);
  });

  it('are valid with a long ladder, and for a clock not chosen yet', () => {
    expect(faultsOf(policyEditWindow({ ...memory, key: 'new' }, null, {}))).toEqual([]);
    const event = {
      id: 'policy:policy:8',
      at: AT,
      by: 'U0ADA',
      what: 'policy',
      key: 'policy',
      version: 8,
      before: DEFAULT_POLICY,
      after: with_(CLOCK, { length: '2 h' }),
      tally: null,
    } as const;
    const notice = conflictNotice(list(10, () => event));
    expect(
      faultsOf(policyReviewWindow(memory, LADDER, DEFAULT_POLICY, with_(LADDER, { ladder: LONG_LADDER }), { notice })),
    ).toEqual([]);
  });
});

it('counts messages by person and hour, biggest changes first', () => {
  const hours = (counts: Readonly<Record<number, number>>) => list(24, (hour) => counts[hour] ?? 0);
  const inForce = [
    { who: slackLane('U0DANA'), isChannel: false, hours: hours({ 9: 2, 16: 1 }) },
    { who: slackLane('U0TOM'), isChannel: false, hours: hours({ 9: 1 }) },
  ];
  const edited = [
    { who: slackLane('U0TOM'), isChannel: false, hours: hours({ 9: 1, 10: 4 }) },
    { who: slackLane('C0LEAD'), isChannel: true, hours: hours({ 8: 1 }) },
    { who: slackLane('U0DANA'), isChannel: false, hours: hours({ 9: 2 }) },
  ];
  expect(replayText(1234, [inForce, edited]).split('\n')).toEqual([
    '*1,234 cases of the last 30 days: 4 → 8 reminders* (in force → with your change)',
    'By person or channel, then by hour of their own day:',
    '• <@U0TOM>  *1 → 5*:  9:00 AM: 1, 10:00 AM: *0→4*',
    '• <@U0DANA>  *3 → 2*:  9:00 AM: 2, 4:00 PM: *1→0*',
    '• <#C0LEAD>  *0 → 1*:  8:00 AM: *0→1*',
  ]);
  expect(replayText(0, [[]])).toBe(
    '*0 cases of the last 30 days: 0 reminders*\nNo one would have been reminded of anything.',
  );
});

it('the history shows a change of the policy in the words of its windows', () => {
  const base = {
    id: 'policy:policy:2',
    at: AT,
    by: 'U0ADA',
    what: 'policy',
    key: 'policy',
    version: 2,
    tally: null,
  } as const;
  const after: Policy = {
    ...DEFAULT_POLICY,
    clocks: { ...DEFAULT_POLICY.clocks, sp_feedback: { default: { acknowledge: { minutes: 180, time: 'business' } } } },
    ladders: { ...DEFAULT_POLICY.ladders, default: [{ after: 45, to: 'owner' }] },
    channels: { ...DEFAULT_POLICY.channels, risk: 'C0RISK' },
  };
  const event = { ...base, before: DEFAULT_POLICY, after };
  expect(eventWords(event, 9)).not.toMatch(/›|_default|sp_feedback|minutes/);
  expect(eventWords(event, 9)).toContain('Acknowledge, SP feedback, every other severity');
  expect(eventWords(event, 9)).toContain('Ladder: every other clock changed');
  expect(eventWords(event, 9)).toContain('Risk channel _none_ → <#C0RISK>');
  expect(changedLines(event).join('\n')).toContain('+  45 min: owner');
});
