import { clockLines } from '../../src/blocks/cards/clock-lines';
import type { Part } from '../../src/blocks/rich-text';
import type { CaseFacts } from '../../src/domain/case';
import { clockMaker } from '../../src/domain/clocks';
import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import { clockOf, filedCase, later, MONDAY, minutes, moved, WEST } from '../support/cases';

/** A line as it reads in Los Angeles. */
const read = (parts: readonly Part[]) =>
  parts
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('bold' in part) return part.bold;
      if ('user' in part) return `@${part.user}`;
      if (!('date' in part)) return '?';
      const time = part.date.toLocaleTimeString('en-US', {
        timeZone: WEST.timeZone,
        hour: 'numeric',
        minute: '2-digit',
      });
      const day = part.date.toLocaleDateString('en-US', { timeZone: WEST.timeZone, weekday: 'short' });
      return part.format === '{time}' ? time : `${day} ${time}`;
    })
    .join('')
    .replace(/\s+/g, ' ');
const lines = (facts: CaseFacts) => clockLines(facts).map(read);
const ticked = (facts: CaseFacts, at: Date, deferral?: Parameters<typeof moved>[3]) =>
  moved(facts, { type: 'tick' }, at, deferral).facts;

describe("a card's line for a clock", () => {
  const due = later(MONDAY, minutes(240));
  const { facts } = filedCase();

  it('says when someone must respond, and what happens then', () => {
    expect(lines(facts)).toEqual(['⏰ Respond by Mon 1:00 PM · then 1:30 PM: DM to @U0DANA']);
  });

  it('follows the ladder to its end', () => {
    const overdue = '🚨 Overdue: respond by Mon 1:00 PM';
    expect(lines(ticked(facts, due))).toEqual([`${overdue} · then 1:30 PM: DM to @U0DANA`]);
    expect(lines(ticked(facts, later(due, minutes(30))))).toEqual([`${overdue} · then 2:00 PM: DM to the deputy`]);
    expect(lines(ticked(facts, later(due, minutes(60))))).toEqual([
      `${overdue} · then 3:00 PM: the leadership channel`,
    ]);
    expect(lines(ticked(facts, later(due, minutes(120))))).toEqual([overdue]);
  });

  it('says when a reminder that waits for the end of quiet hours is delivered, until the next one', () => {
    const until = later(MONDAY, minutes(22 * 60));
    const quiet = ticked(facts, later(due, minutes(30)), { deferral: () => [{ to: 'U0DANA', until }] });
    expect(lines(quiet)[1]).toBe('⏳ DM to @U0DANA is set for Tue 7:00 AM, after their quiet hours');
    expect(lines(ticked(quiet, later(due, minutes(60))))).toHaveLength(1);
  });

  it('is one line for each clock, and names who is asked', () => {
    const promise = clockOf('sp_contact', MONDAY, due);
    const missing = clockMaker(DEFAULT_POLICY, WEST, 'high_risk', 'critical')('police_number', MONDAY);
    const clocks = [promise, missing].filter((one) => one !== null);
    expect(lines({ ...facts, clocks })).toEqual([
      '🔧 The SP promised to get back by Mon 1:00 PM · then 1:30 PM: DM to @U0DANA',
      '🚓 Police report number by Mon 1:00 PM · then Tue 1:00 PM: DM to @U0AMIRA',
    ]);
  });

  it('shows the end of a snooze and its reason, which a need-to-know case keeps to itself', () => {
    const asleep = moved(facts, { type: 'snooze', until: due, reason: 'part on order' }, MONDAY).facts;
    expect(lines(asleep)).toEqual(['💤 Snoozed until Mon 1:00 PM: part on order']);
    expect(lines({ ...asleep, kind: 'high_risk' })).toEqual(['💤 Snoozed until Mon 1:00 PM']);
  });
});
