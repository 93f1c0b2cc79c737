import type { ClockName, RungTarget } from '../../src/domain/allowance';
import type { Cover } from '../../src/domain/cover';
import { type Habits, type Knowledge, onDuty, reach, type Subject } from '../../src/domain/reach';
import { later, MONDAY, minutes, WEST } from '../support/cases';
import { knowledge } from '../support/people';

const [DANA, TOM, PRIYA, ADA, MAX] = ['U0DANA', 'U0TOM', 'U0PRIYA', 'U0ADA', 'U0MAX'];
const feedback: Subject = { kind: 'sp_feedback', owner: DANA, reporter: 'U0AMIRA', subjects: [], severity: 'normal' };
const leadership: Subject = { ...feedback, kind: 'leadership', owner: 'U0SAM' };
const DAY = minutes(24 * 60);
const away = (person: string, deputy: string, cover: Partial<Cover> = {}): Cover => ({
  id: person,
  person,
  deputy,
  from: later(MONDAY, -DAY),
  until: later(MONDAY, DAY),
  state: 'accepted',
  ...cover,
});
const chose = (id: string, preferences: Partial<Habits['preferences']>): Pick<Knowledge, 'habits'> => ({
  habits: new Map([[id, { preferences: { by: 'both', quiet: null, ...preferences }, timeZone: WEST.timeZone }]]),
});
/** It is 9:00 AM where Dana lives. */
const ASLEEP = { quiet: { from: 22 * 60, to: 10 * 60 } };
const TEN = later(MONDAY, minutes(60));

/** Whom a rung tells, and when if not now. */
function told(to: RungTarget, known: Partial<Knowledge> = {}, subject = feedback, clock: ClockName = 'acknowledge') {
  const { line, dms, places } = reach(to, clock, subject, knowledge(known));
  return {
    ...(line ? { line } : {}),
    ...(dms.length ? { dms: dms.map((dm) => (dm.at > MONDAY ? `${dm.to} ${dm.at.toISOString()}` : dm.to)) } : {}),
    ...(places[0] ? { channel: places[0] } : {}),
  };
}

describe('a rung', () => {
  const manager = { area: { ...WEST, manager: MAX } };
  const groups = { groups: new Map([['S0NIGHT', [TOM, PRIYA]]]) };
  it.each<[string, RungTarget, Partial<Knowledge>, object]>([
    ['names the owner in the thread', 'thread', {}, { line: [DANA] }],
    ['tells the owner by DM', 'owner', {}, { dms: [DANA] }],
    ['tells the deputy', 'deputy', {}, { dms: [TOM] }],
    ["tells the Area Manager's manager", 'manager', manager, { dms: [MAX] }],
    ['climbs to leadership where nobody is the manager', 'manager', { leadership: 'C0LEAD' }, { channel: 'C0LEAD' }],
    ['climbs to the admins where there is no leadership channel either', 'manager', {}, { dms: [ADA] }],
    ['tells leadership in its channel', 'leadership', { leadership: 'C0LEAD' }, { channel: 'C0LEAD' }],
    ['tells the admins where leadership has no channel', 'leadership', {}, { dms: [ADA] }],
    ['tells a channel', 'channel:C0OPS', {}, { channel: 'C0OPS' }],
    ['tells everybody of a user group', 'group:S0NIGHT', groups, { dms: [TOM, PRIYA] }],
    ['tells the admins where a user group is empty', 'group:S0NIGHT', {}, { dms: [ADA] }],
    ['tells a person', 'user:U0MAX', {}, { dms: [MAX] }],
    ['writes to whoever answers for the case', 'email', { covers: [away(DANA, PRIYA)] }, { channel: `email:${PRIYA}` }],
    ['writes to a mailbox', 'email:ops@example.com', {}, { channel: 'email:ops@example.com' }],
  ])('%s', (_, to, known, expected) => {
    expect(told(to, known)).toEqual(expected);
  });

  it('lets people who answer for the case act; others are only informed', () => {
    const acts = (to: RungTarget, known: Partial<Knowledge> = {}) =>
      reach(to, 'acknowledge', feedback, knowledge({ ...manager, ...groups, ...known })).dms.map((dm) => dm.acts);
    expect([acts('owner'), acts('deputy'), acts('leadership')]).toEqual([[true], [true], [true]]);
    expect([acts('manager'), acts('user:U0MAX'), acts('group:S0NIGHT')]).toEqual([[false], [false], [false, false]]);
    expect(acts('user:U0MAX', { gone: new Set([MAX]) })).toEqual([true]);
  });

  it('reaches the cover on the days of an absence, and the person before and after', () => {
    const covers = [away(DANA, PRIYA), away(TOM, MAX)];
    expect(told('owner', { covers })).toEqual({ dms: [PRIYA] });
    expect(told('deputy', { covers })).toEqual({ dms: [MAX] });
    expect(told('user:U0TOM', { covers })).toEqual({ dms: [MAX] });
    for (const cover of [
      { state: 'asked' as const },
      { state: 'withdrawn' as const },
      { from: later(MONDAY, 1) },
      { until: MONDAY },
    ])
      expect(told('owner', { covers: [away(DANA, PRIYA, cover)] })).toEqual({ dms: [DANA] });
  });

  it('names a substitute in the thread and sends a DM as well, because they may not be in the channel', () => {
    expect(told('thread', { covers: [away(DANA, PRIYA)] })).toEqual({ line: [PRIYA], dms: [PRIYA] });
  });

  it.each<[string, string[], RungTarget, object]>([
    ['the cover', [PRIYA], 'owner', { dms: [DANA] }],
    ['the cover and the owner', [PRIYA, DANA], 'owner', { dms: [TOM] }],
    ['everybody of the area', [PRIYA, DANA, TOM], 'owner', { dms: [ADA] }],
    ['the deputy', [TOM], 'deputy', { dms: [ADA] }],
    ['everybody', [PRIYA, DANA, TOM, ADA], 'owner', { line: [] }],
  ])('goes on to the next in line if %s left', (_, gone, to, expected) => {
    expect(told(to, { covers: [away(DANA, PRIYA)], gone: new Set(gone) })).toEqual(expected);
  });

  it('reaches the Area Manager of a case whose owner left', () => {
    const known = { gone: new Set(['U0OLD']) };
    expect(told('owner', known, { ...feedback, owner: 'U0OLD' })).toEqual({ dms: [DANA] });
    expect(onDuty({ ...feedback, owner: 'U0OLD' }, knowledge(known))).toEqual([DANA]);
  });

  it('never tells anyone about a report of which they are the subject', () => {
    const about = { ...feedback, owner: ADA, subjects: [DANA, TOM, MAX, PRIYA] };
    const known = { ...manager, ...groups, covers: [away(ADA, PRIYA)], leadership: 'C0LEAD' };
    expect(told('owner', known, about)).toEqual({ dms: [ADA] });
    expect(told('deputy', known, about)).toEqual({ dms: [ADA] });
    expect(told('manager', known, about)).toEqual({ channel: 'C0LEAD' });
    expect(told('group:S0NIGHT', known, about)).toEqual({ dms: [ADA] });
    expect(told('user:U0MAX', known, about)).toEqual({ dms: [ADA] });
  });

  it('of a case without an area stays with its role, and tells no one in the area', () => {
    const known = { ...manager, roleHolders: ['U0SAM', 'U0RITA'], leadership: 'C0LEAD' };
    expect(told('deputy', known, leadership)).toEqual({ dms: ['U0RITA'] });
    expect(told('manager', known, leadership)).toEqual({ channel: 'C0LEAD' });
    expect(told('owner', { ...known, gone: new Set(['U0SAM']) }, leadership)).toEqual({ dms: ['U0RITA'] });
    expect(told('deputy', { ...known, roleHolders: ['U0SAM'] }, leadership)).toEqual({ dms: [ADA] });
  });

  it('of a review stays with the Admin team: neither the area nor a cover outside of it can act', () => {
    const inReview = { ...feedback, kind: 'exception' as const, owner: 'U0OLD' };
    const left = { ...manager, gone: new Set(['U0OLD']), leadership: 'C0LEAD' };
    expect(told('thread', left, inReview, 'review')).toEqual({ line: [ADA], dms: [ADA] });
    expect(told('owner', left, inReview, 'review')).toEqual({ dms: [ADA] });
    expect(told('thread', left, inReview, 'answer')).toEqual({ line: [ADA], dms: [ADA] });
    expect(told('deputy', left, inReview, 'review')).toEqual({ dms: [ADA] });
    expect(told('manager', left, inReview, 'review')).toEqual({ channel: 'C0LEAD' });
    const admins = { admins: [ADA, MAX] };
    const ofAda = { ...inReview, owner: ADA };
    expect(told('owner', { ...admins, covers: [away(ADA, PRIYA)] }, ofAda, 'review')).toEqual({ dms: [ADA] });
    expect(told('owner', { ...admins, covers: [away(ADA, MAX)] }, ofAda, 'review')).toEqual({ dms: [MAX] });
  });

  it('asks the reporter for a police report number, and for an answer to a question', () => {
    expect(told('thread', {}, feedback, 'police_number')).toEqual({ dms: ['U0AMIRA'] });
    expect(told('owner', {}, feedback, 'answer')).toEqual({ dms: ['U0AMIRA'] });
    expect(told('thread', {}, feedback, 'answer')).toEqual({ line: [DANA] });
    const known = { gone: new Set(['U0AMIRA']) };
    expect(told('owner', known, feedback, 'police_number')).toEqual({ dms: [DANA] });
  });
});

describe("a person's preference", () => {
  it('makes a DM to the owner a mention, and a mention a DM', () => {
    expect(told('owner', chose(DANA, { by: 'mention' }))).toEqual({ line: [DANA] });
    expect(told('thread', chose(DANA, { by: 'mention' }))).toEqual({ line: [DANA] });
    expect(told('thread', chose(DANA, { by: 'dm' }))).toEqual({ line: [], dms: [DANA] });
    expect(told('owner', chose(DANA, { by: 'dm' }))).toEqual({ dms: [DANA] });
  });

  it('does not remove the DM of people reached in other ways, who may not read the thread', () => {
    expect(told('deputy', chose(TOM, { by: 'mention' }))).toEqual({ dms: [TOM] });
    expect(told('owner', { ...chose(PRIYA, { by: 'mention' }), covers: [away(DANA, PRIYA)] })).toEqual({
      dms: [PRIYA],
    });
  });

  it('delays a nudge to the end of quiet hours: the line has no name, and a DM comes later', () => {
    const dms = [`${DANA} ${TEN.toISOString()}`];
    expect(told('owner', chose(DANA, ASLEEP))).toEqual({ dms });
    expect(told('thread', chose(DANA, ASLEEP))).toEqual({ line: [], dms });
    expect(told('owner', chose(DANA, { ...ASLEEP, by: 'mention' }))).toEqual({ dms });
    expect(told('deputy', chose(DANA, ASLEEP))).toEqual({ dms: [TOM] });
  });

  it('that ends during an absence leads to the cover, and one that ends after it to the person', () => {
    const asleep = { habits: new Map([DANA, PRIYA].flatMap((id) => [...chose(id, ASLEEP).habits])) };
    const begins = away(DANA, PRIYA, { from: later(MONDAY, minutes(30)) });
    expect(told('owner', { ...asleep, covers: [begins] })).toEqual({ dms: [`${PRIYA} ${TEN.toISOString()}`] });
    const ends = away(DANA, PRIYA, { until: later(MONDAY, minutes(30)) });
    expect(told('owner', { ...asleep, covers: [ends] })).toEqual({ dms: [`${DANA} ${TEN.toISOString()}`] });
  });

  it('does not count if the case is critical or high', () => {
    for (const severity of ['critical', 'high'] as const) {
      const urgent = { ...feedback, severity };
      expect(told('owner', chose(DANA, ASLEEP), urgent)).toEqual({ dms: [DANA] });
      expect(told('owner', chose(DANA, { by: 'mention' }), urgent)).toEqual({ dms: [DANA] });
      expect(told('thread', chose(DANA, { by: 'dm' }), urgent)).toEqual({ line: [DANA] });
    }
    const everySeverity = { ...chose(DANA, ASLEEP), bypass: ['normal' as const] };
    expect(told('owner', everySeverity)).toEqual({ dms: [DANA] });
  });
});
