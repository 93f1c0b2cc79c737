import { proposalWords, stepsTaken } from '../../src/domain/next-step';
import type { OutcomeCode } from '../../src/domain/outcomes';
import {
  heard,
  isPlain,
  lapsed,
  lapsesAt,
  type Said,
  type SetStanding,
  type SpStanding,
  seenStanding,
} from '../../src/domain/sp-standing';
import { STEPS } from '../../src/domain/steps';
import { clockOf, filedCase, later, MONDAY, moved } from '../support/cases';

const DAY = 24 * 60 * 60_000;
const in_ = (days: number) => later(MONDAY, days * DAY);
const word = (ref: string, seq: number, is: SetStanding | null, until: Date | null = null, who?: string): Said => ({
  ref,
  seq,
  standing: is && { is, since: MONDAY, until },
  banned: who === undefined ? null : { who, since: MONDAY },
});
const all = (...words: readonly Said[]): SpStanding | null =>
  words.reduce<SpStanding | null>((sp, said) => heard(sp, 'ACC1', said, MONDAY) ?? sp, null);
const seen = (sp: SpStanding | null, days = 0, status: 'active' | 'inactive' | 'removed' = 'active') =>
  seenStanding({ status }, sp, in_(days));

describe('what a case sets for its SP', () => {
  it('counts once, however often and in whatever order it arrives', () => {
    const [set, lifted] = [word('HRR-1', 5, 'suspended', in_(3)), word('HRR-1', 9, null)];
    const inOrder = all(set, lifted);
    expect(all(set, set, lifted, set, lifted)).toEqual(inOrder);
    expect(seen(inOrder).is).toBe('active');
    expect(inOrder?.past).toHaveLength(1);
    // The later one overtook the earlier one, which changes nothing anymore.
    expect(heard(all(set, lifted), 'ACC1', set, MONDAY)).toBeNull();
  });

  it('is nothing if the case never set anything', () => {
    expect(heard(null, 'ACC1', word('SPF-1', 3, null), MONDAY)).toBeNull();
  });

  it('keeps a limited number of earlier standings', () => {
    const words = Array.from({ length: 60 }, (_, i) => word('HRR-1', i + 1, i % 2 ? null : 'suspended'));
    expect(all(...words)?.past).toHaveLength(20);
  });
});

describe('the standing of an SP', () => {
  it('is the most severe of all, and of two equal ones the one that lasts longer', () => {
    const sp = all(
      word('SPF-1', 3, 'on_notice', in_(30)),
      word('HRR-1', 3, 'suspended', in_(2)),
      word('HRR-2', 3, 'suspended', in_(9)),
    );
    expect(seen(sp)).toMatchObject({ is: 'suspended', ref: 'HRR-2', until: in_(9) });
    expect(seen(sp, 9)).toMatchObject({ is: 'on_notice', ref: 'SPF-1' });
    expect(seen(sp, 30)).toMatchObject({ is: 'active', ref: null });
    expect(seen(sp, 0, 'removed')).toMatchObject({ is: 'removed', ref: null });
    expect(seen(sp, 9, 'inactive')).toMatchObject({ is: 'inactive', ref: null });
    const forever = all(word('HRR-1', 3, 'suspended', in_(400)), word('HRR-3', 3, 'suspended'));
    expect(seen(forever)).toMatchObject({ ref: 'HRR-3', until: null });
  });

  it('knows what ends next, and what has ended', () => {
    const sp = all(word('A-1', 1, 'suspended', in_(2)), word('A-2', 1, 'suspended', in_(1)), word('A-3', 1, 'removed'));
    expect(sp && lapsesAt(sp)).toEqual(in_(1));
    expect(sp && lapsed(sp, in_(1))).toEqual(['A-2']);
    expect(lapsesAt({ said: [word('A-3', 1, 'removed')] })).toBeNull();
  });

  it('lists whom the SP must not send, whether or not it is in the directory', () => {
    const sp = all(word('HRR-1', 3, null, null, 'Sam Ortiz'));
    expect(seenStanding(null, sp, MONDAY)).toMatchObject({
      is: 'active',
      banned: [{ who: 'Sam Ortiz', ref: 'HRR-1' }],
    });
    expect(isPlain(seen(sp))).toBe(false);
    expect(isPlain(seen(null))).toBe(true);
  });
});

describe('the next step', () => {
  const resolution = (outcome: OutcomeCode, days: number) =>
    ({ outcome, text: '', by: 'U0DANA', at: in_(days) }) as const;
  const coached = { ref: 'SPF-1', kind: 'sp_feedback', resolution: resolution('coaching_given', -20) } as const;
  const warned = { ref: 'SPF-2', kind: 'sp_feedback', resolution: resolution('warning_issued', -10) } as const;
  const words = (cases: Parameters<typeof stepsTaken>[0], sp: SpStanding | null = null, ladder = STEPS) =>
    proposalWords(ladder, stepsTaken(cases, sp, MONDAY), 'America/Chicago');

  it('is the one after the most severe of the last year, with its reason', () => {
    expect(words([])).toContain('Proposed next step: coaching. No step was taken in the last year.');
    expect(words([coached])).toContain(
      'Proposed next step: a warning. In the last year: coaching (SPF-1, 2026-10-13).',
    );
    // 9 PM in Chicago, and the next day in UTC.
    const late = { ...coached.resolution, at: new Date('2026-10-14T02:00:00Z') };
    expect(words([{ ...coached, resolution: late }])).toContain('coaching (SPF-1, 2026-10-13).');
    expect(words([coached, warned])).toContain('Proposed next step: a notice.');
    expect(words([warned], all(word('HRR-1', 3, 'suspended')))).toContain(
      'Proposed next step: removal from the network.',
    );
    expect(words([], all(word('HRR-1', 3, 'removed')))).toContain('Proposed next step: removal from the network.');
    expect(words([{ ...coached, resolution: resolution('coaching_given', -400) }])).toContain('step: coaching.');
  });

  it('skips what the policy does not have, and is empty if it has none', () => {
    expect(words([coached], null, ['coach', 'suspend'] as never)).toContain('Proposed next step: a suspension.');
    expect(words([coached], null, [] as never)).toBe('');
  });

  it('reveals only the standing that a need-to-know case set', () => {
    expect(words([{ ...warned, kind: 'high_risk' }])).toContain('No step was taken in the last year.');
  });

  it('does not hold against the SP what it appealed against with success', () => {
    const appeal = (outcome: 'appeal_granted' | 'appeal_refused', filed: number) =>
      ({
        ref: 'PRV-1',
        kind: 'provider_report',
        filedAt: in_(filed),
        resolution: resolution(outcome, filed + 1),
        appeal: { ref: 'HRR-1', decidedBy: ['U0ROSA'] },
      }) as const;
    const suspended = { is: 'suspended', since: in_(-30), until: null, ended: in_(-8), ref: 'HRR-1' } as const;
    const sp: SpStanding = { account: 'ACC1', said: [], past: [suspended] };
    expect(words([coached, appeal('appeal_granted', -9)], sp)).toContain('Proposed next step: a warning.');
    expect(words([coached, appeal('appeal_refused', -9)], sp)).toContain('Proposed next step: removal');
    // What the case set after the appeal was filed was not appealed against.
    expect(words([coached, appeal('appeal_granted', -40)], sp)).toContain('Proposed next step: removal');
  });
});

it('a request to end both a standing and a ban still waits for the ban once the standing has ended by itself', () => {
  const lifting = { by: 'U0DANA', at: in_(1), reason: 'A mix-up.', what: 'both' as const, from: ['U0TOM'] };
  const standing = { is: 'suspended' as const, since: MONDAY, until: in_(2) };
  const banned = { who: 'Lou Ray', since: MONDAY };
  const set = { ...filedCase().facts, sanction: { standing, banned, lifting } };
  const after = moved(set, { type: 'lapse' }, in_(2), { actor: 'system' }).facts;
  expect(after.sanction).toEqual({ standing: null, banned, lifting: { ...lifting, what: 'ban' } });
  const agreed = moved(after, { type: 'lift_sanction', reason: '', what: 'both' }, in_(3), { actor: 'U0TOM' });
  expect(agreed.facts.sanction).toEqual({ standing: null, banned: null, lifting: null });
  const alone = { ...set, sanction: { standing, banned: null, lifting } };
  expect(moved(alone, { type: 'lapse' }, in_(2), { actor: 'system' }).facts.sanction?.lifting).toBeNull();
});

describe('a granted appeal', () => {
  const asked = { appeal: 'PRV-000001', grantedBy: 'U0PAT', approvedBy: 'U0RITA' };
  const lift = (filedAt: Date) => ({ type: 'lift_on_appeal' as const, filedAt, ...asked });
  const { facts } = filedCase(MONDAY, clockOf('acknowledge', MONDAY));
  const standing = { is: 'suspended' as const, since: in_(1), until: null };
  const banned = { who: 'Lou Ray', since: in_(3) };

  it('ends what was in force when it was filed, and leaves what was set later', () => {
    const decided = { ...facts, sanction: { standing, banned, lifting: null } };
    const after = moved(decided, lift(in_(2)), in_(4), { actor: 'system' });
    expect(after.events).toMatchObject([{ type: 'appeal_granted', data: { what: 'standing' } }]);
    expect(after.facts.sanction).toEqual({ standing: null, banned, lifting: null });
  });

  it('says so if nothing is in force anymore, and ends nothing else', () => {
    const decided = { ...facts, sanction: { standing: null, banned, lifting: null } };
    const after = moved(decided, lift(in_(2)), in_(4), { actor: 'system' });
    expect(after.events).toMatchObject([{ data: { what: null } }]);
    expect(after.facts.sanction).toEqual(decided.sanction);
    expect(moved(facts, lift(in_(2)), in_(4), { actor: 'system' }).facts.sanction).toBeUndefined();
  });

  it('is the only case that can be granted, and has no other facts', () => {
    const granting = { type: 'resolve' as const, outcome: 'appeal_granted' as const, text: '' };
    expect(() => moved(facts, granting, MONDAY)).toThrow('is not an appeal');
    const appeal = { ...facts, appeal: { ref: 'HRR-000001', decidedBy: ['U0ROSA'] } };
    expect(() => moved(appeal, { ...granting, outcome: 'sp_to_return' }, MONDAY)).toThrow('grant or refuse it');
    expect(moved(appeal, { ...granting, outcome: 'other', text: 'Withdrawn.' }, MONDAY).facts.state).toBe('resolved');
    expect(() => moved(appeal, granting, MONDAY, { actor: 'U0ROSA' })).toThrow(
      'You decided HRR-000001, so someone else has to decide this appeal',
    );
  });
});
