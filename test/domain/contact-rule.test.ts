import fc from 'fast-check';
import { DateTime } from 'luxon';
import { type ContactAttempt, contactRule } from '../../src/domain/contact-rule';
import { EXCEPTION_CODES } from '../../src/domain/exception-codes';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOON = new Date('2026-03-10T12:00:00Z');
const later = (ms: number, from = NOON) => new Date(+from + ms);

const attempt = (at: Date, more: Partial<ContactAttempt> = {}): ContactAttempt => ({
  sj: '4471220',
  at,
  by: 'U0AGENT01',
  reached: false,
  resolved: false,
  outcome: null,
  voicemail: true,
  noteOnJob: true,
  publicWithEmail: false,
  ...more,
});
const second = (at: Date) => attempt(at, { publicWithEmail: true });

describe('step 1, the first attempt', () => {
  it('comes first: without one, the exception may not open', () => {
    expect(contactRule([], NOON)).toEqual({
      first: null,
      second: null,
      opensAt: null,
      mayOpen: false,
      needs: 'first attempt',
      resolved: null,
      uncounted: null,
    });
  });

  it('opens nothing if the SP was reached and resolved it: closed with the outcome', () => {
    const settled = attempt(NOON, { reached: true, resolved: true, outcome: 'Returns tomorrow' });
    const standing = contactRule([settled], later(48 * HOUR));
    expect(standing).toMatchObject({ mayOpen: false, needs: 'nothing', opensAt: null, resolved: settled });
  });

  it('counts again if the agent had to retry after a settled matter', () => {
    const settled = attempt(NOON, { reached: true, resolved: true });
    const again = attempt(later(30 * HOUR));
    const standing = contactRule([again, settled], later(31 * HOUR));
    expect(standing).toMatchObject({ first: again, needs: 'wait', resolved: null, opensAt: later(54 * HOUR) });
  });

  it('counts if the SP was reached and did not resolve it', () => {
    const talked = attempt(NOON, { reached: true, outcome: 'Refuses to return' });
    expect(contactRule([talked], later(HOUR))).toMatchObject({ first: talked, needs: 'wait' });
  });
});

describe('step 2, 24 hours after the first attempt', () => {
  const standingAfter = (ms: number) => contactRule([attempt(NOON)], later(ms));

  it('shows when it opens', () => {
    expect(standingAfter(HOUR).opensAt).toEqual(later(24 * HOUR));
  });

  it('waits to the minute', () => {
    expect(standingAfter(24 * HOUR - MINUTE)).toMatchObject({ needs: 'wait', mayOpen: false });
    expect(standingAfter(24 * HOUR - 1)).toMatchObject({ needs: 'wait', mayOpen: false });
    expect(standingAfter(24 * HOUR)).toMatchObject({ needs: 'second attempt', mayOpen: false });
  });

  it('opens once the second attempt is recorded', () => {
    const again = second(later(24 * HOUR));
    const standing = contactRule([attempt(NOON), again], again.at);
    expect(standing).toMatchObject({ second: again, mayOpen: true, needs: 'nothing' });
  });

  it('does not count an attempt within the 24 hours as the second one', () => {
    const early = second(later(24 * HOUR - 1));
    expect(contactRule([attempt(NOON), early], later(25 * HOUR))).toMatchObject({
      second: null,
      needs: 'second attempt',
    });
  });

  it.each([
    ['without a second voicemail', { voicemail: false, publicWithEmail: true }],
    ['without the Public with Email note', { voicemail: true, publicWithEmail: false }],
  ])('is not complete with a second attempt %s', (_name, fields) => {
    const half = attempt(later(25 * HOUR), fields);
    expect(contactRule([attempt(NOON), half], later(26 * HOUR))).toMatchObject({ second: null, mayOpen: false });
  });

  it('needs neither if the second attempt reached the SP', () => {
    const talked = attempt(later(25 * HOUR), { reached: true, voicemail: false, outcome: 'Hangs up' });
    expect(contactRule([attempt(NOON), talked], later(26 * HOUR))).toMatchObject({ second: talked, mayOpen: true });
  });

  it('ends without an escalation if the second attempt resolved it', () => {
    const settled = attempt(later(25 * HOUR), { reached: true, resolved: true });
    expect(contactRule([attempt(NOON), settled], later(26 * HOUR))).toMatchObject({ mayOpen: false, needs: 'nothing' });
  });

  it.each([
    ['forward', '2026-03-07T15:30', '2026-03-08T16:30'],
    ['back', '2026-10-31T15:30', '2026-11-01T14:30'],
  ])('is 24 elapsed hours over the night when clocks go %s', (_way, local, opensLocal) => {
    const at = (text: string) => DateTime.fromISO(text, { zone: 'America/Chicago' }).toJSDate();
    const standing = contactRule([attempt(at(local))], at(local));
    expect(standing.opensAt).toEqual(at(opensLocal));
    expect(contactRule([attempt(at(local))], later(-MINUTE, at(opensLocal))).needs).toBe('wait');
    expect(contactRule([attempt(at(local))], at(opensLocal)).needs).toBe('second attempt');
  });
});

it('needs no contact attempt for COACH and GREAT SVC only', () => {
  const open = EXCEPTION_CODES.filter((code) => contactRule([], NOON, code).mayOpen);
  expect(open).toEqual(['COACH', 'GREAT SVC']);
});

it('does not depend on the order of attempts, and never opens before 24 hours', () => {
  const anyAttempt = fc
    .record({
      minutes: fc.integer({ min: 0, max: 4000 }),
      reached: fc.boolean(),
      resolved: fc.boolean(),
      voicemail: fc.boolean(),
      publicWithEmail: fc.boolean(),
    })
    .map(({ minutes, ...fields }) => attempt(later(minutes * MINUTE), fields));
  const distinct = fc.uniqueArray(anyAttempt, { selector: ({ at }) => +at, maxLength: 6 });
  fc.assert(
    fc.property(distinct, fc.integer({ min: 0, max: 6000 }), (attempts, minutes) => {
      const now = later(minutes * MINUTE);
      const standing = contactRule(attempts, now);
      expect(contactRule([...attempts].reverse(), now)).toEqual(standing);
      if (standing.mayOpen) {
        expect(standing.second && standing.first).toBeTruthy();
        expect(Number(standing.second?.at) - Number(standing.first?.at)).toBeGreaterThanOrEqual(24 * HOUR);
      }
    }),
  );
});
