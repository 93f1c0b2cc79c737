import { isRestricted, seenOutside } from '../../domain/access';
import type { ClockName } from '../../domain/allowance';
import type { CaseFacts, Clock } from '../../domain/case';
import { rungOf } from '../../domain/targets';
import { type Part, WHEN } from '../rich-text';

const HALF_A_DAY_MS = 12 * 60 * 60_000;

const SNOOZED = '💤 Snoozed until ';
const OWED: Record<Exclude<ClockName, 'snooze'>, readonly [mark: string, words: string]> = {
  acknowledge: ['⏰', 'Respond by '],
  update: ['⏰', 'Next update promised by '],
  callback: ['📞', 'Callback promised for '],
  review: ['⏰', 'Review by '],
  answer: ['⏰', 'Answer from the agent by '],
  sp_contact: ['🔧', 'The SP promised to get back by '],
  police_number: ['🚓', 'Police report number by '],
  approval: ['👥', 'Second approval by '],
  follow_up: ['🔁', 'Check that it worked by '],
};

/** Whether it is late, by its ladder: from the first rung past the due time on. */
export function isLate({ name, dueAt, rungs, fired }: Clock): boolean {
  const called = rungs[fired - 1];
  return name !== 'snooze' && called !== undefined && called.at >= dueAt;
}

export const LATE = '🚨';

/** What is due by when; late ones stand out. */
function owed(clock: Clock): Part[] {
  const { name, dueAt } = clock;
  const due: Part = { date: dueAt, format: WHEN };
  if (name === 'snooze') return [SNOOZED, due];
  const [mark, words] = OWED[name];
  if (!isLate(clock)) return [`${mark} ${words}`, due];
  return [`${LATE} `, { bold: 'Overdue: ' }, words.charAt(0).toLowerCase() + words.slice(1), due];
}

/** What is due by when, and what happens next otherwise: a line for each clock (domain section 8). */
export const clockLines = (facts: CaseFacts): Part[][] => facts.clocks.flatMap((clock) => linesOf(clock, facts));

/** When a need-to-know case's response is due, or its snooze ends, for people who may know no more of it. */
export const responseLines = (facts: CaseFacts): Part[][] => seenOutside(facts).clocks.map(owed);

function linesOf(clock: Clock, facts: CaseFacts): Part[][] {
  const { name, deferred = [] } = clock;
  if (name === 'snooze') {
    const reason = facts.hold.is === 'snoozed' && !isRestricted(facts.kind) ? `: ${facts.hold.reason}` : '';
    return [[...owed(clock), reason]];
  }
  return [
    [...owed(clock), ...next(clock, facts)],
    ...deferred.map(({ to, until }): Part[] => [
      '⏳ DM to ',
      { user: to },
      ' is set for ',
      { date: until, format: WHEN },
      ', after their quiet hours',
    ]),
  ];
}

/** "then 4:30 PM: DM to the deputy": the next step past the due time. */
function next({ name, dueAt, rungs, fired }: Clock, facts: CaseFacts): Part[] {
  if (name === 'update') return [];
  const rung = rungs.find(({ at }, i) => i >= fired && at > dueAt) ?? rungs[fired];
  if (!rung) return [];
  const format = +rung.at - +dueAt < HALF_A_DAY_MS ? '{time}' : WHEN;
  return ['  ·  then ', { date: rung.at, format }, ': ', ...target(name, rung.to, facts)];
}

/** Where a rung goes, in words; names only people who are on the card anyway. */
function target(clock: ClockName, to: string, { owner, reporter }: CaseFacts): Part[] {
  if (clock === 'approval' && to === 'owner') return ['DM to those who may approve'];
  const asked = clock === 'police_number' || (clock === 'answer' && to === 'owner') ? reporter : owner;
  if (clock === 'police_number' || to === 'owner') return asked ? ['DM to ', { user: asked }] : ['DM to the admins'];
  if (to === 'deputy') return ['DM to the deputy'];
  if (to === 'manager') return ["DM to the Area Manager's manager"];
  if (to === 'leadership') return ['the leadership channel'];
  return [rungOf(to)?.onCard(to) ?? 'a reminder in the thread'];
}
