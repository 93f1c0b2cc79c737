import { CLOCK_NAMES } from '../../src/domain/allowance';
import { type CaseFacts, nextNudgeAt } from '../../src/domain/case';
import { decide } from '../../src/domain/decide';
import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import type { CaseEvent } from '../../src/domain/event';
import type { CaseKind } from '../../src/domain/kinds/code';
import { allowedMoves } from '../../src/domain/move';
import type { Move, MoveType } from '../../src/domain/moves/declared';
import { Policy } from '../../src/domain/policy';
import { SEVERITIES } from '../../src/domain/severity';
import { WEST } from '../support/cases';
import { contextOf, MOVES, openedCase } from '../support/ladder-cases';
import { LadderReference, type Opening, type Said } from '../support/ladder-reference';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const CASES = 1_000;
/** How often someone works on one case in that year. */
const TURNS = 25;
const NEW_YEAR = Date.parse('2026-01-01T08:00Z');
const YEAR_END = Date.parse('2027-01-01T08:00Z');
/** On this day, admins import another policy and apply it to open cases. */
const REFORM = Date.parse('2026-07-01T15:00Z');

const { clocks, ladders } = DEFAULT_POLICY;
const REFORMED = Policy.parse({
  ...DEFAULT_POLICY,
  clocks: { ...clocks, sp_feedback: { default: { acknowledge: { minutes: 120, time: 'business' } } } },
  ladders: {
    ...ladders,
    acknowledge: [
      { after: 15, to: 'owner', repeat: { every: 60, times: 3 } },
      { after: 0, to: 'thread' },
      { after: 300, to: 'leadership' },
    ],
  },
});
const policyAt = (at: number) => (at < REFORM ? DEFAULT_POLICY : REFORMED);

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

/** What people do not do: time and the policy. */
const NOT_THEIRS: readonly MoveType[] = ['tick', 'apply_policy', 'restart_clock'];
/** Someone works on a case after hours or days; it is seldom closed at once. */
const SELDOM: readonly MoveType[] = ['void', 'merge', 'resolve', 'approve'];

/** A case of that year: its stored state, and when someone works on it next. */
interface Lived {
  readonly opening: Opening;
  readonly roll: () => number;
  facts: CaseFacts;
  events: CaseEvent[];
  readonly made: { move: Move; at: number }[];
  attention: number;
  turns: number;
}

function filed(n: number): Lived {
  const roll = dice(n + 1);
  const kinds: readonly CaseKind[] = [
    'sp_feedback',
    'sp_feedback',
    'exception',
    'high_risk',
    'leadership',
    'provider_report',
  ];
  const kind = kinds[n % kinds.length] ?? 'sp_feedback';
  const severity =
    kind === 'sp_feedback' ? (n % 5 ? 'normal' : 'low') : (SEVERITIES[Math.floor(roll() * 4)] ?? 'normal');
  const at = new Date(Math.floor(NEW_YEAR + roll() * (YEAR_END - NEW_YEAR)));
  const opening: Opening = {
    kind,
    severity,
    at,
    callbackAt: kind === 'leadership' ? new Date(+at + HOUR + Math.floor(roll() * 2 * DAY)) : null,
    policeMissing: kind === 'high_risk' && n % 12 === 3,
  };
  const { facts, events } = openedCase(`C-${n}`, policyAt(+at), opening);
  return { opening, roll, facts, events: [...events], made: [], attention: later(+at, roll), turns: 0 };
}

const later = (at: number, roll: () => number) => Math.floor(at + MINUTE - Math.log(1 - roll()) * 14 * HOUR);

function make(lived: Lived, move: Move, at: number): void {
  const now = new Date(at);
  const decision = decide(lived.facts, move, contextOf(policyAt(at), lived.facts, now, move));
  if (!decision.ok) return;
  lived.facts = decision.facts;
  lived.events.push(...decision.events);
  if (move.type !== 'tick') lived.made.push({ move, at });
}

/** Someone makes a move that the case allows. */
function attend(lived: Lived, at: number): void {
  const { roll, facts } = lived;
  const choices = allowedMoves(facts).filter(
    (type) => !NOT_THEIRS.includes(type) && (!SELDOM.includes(type) || roll() < 0.3),
  );
  const type = choices[Math.floor(roll() * choices.length)];
  const ahead = 30 * MINUTE + Math.floor(roll() * 3 * DAY);
  if (type) make(lived, MOVES[type](new Date(at), ahead, lived.events.length), at);
  lived.attention = ++lived.turns < TURNS ? later(at, roll) : Number.POSITIVE_INFINITY;
}

/** The whole year, from one due time to the next, in any case. Returns how often the clock jumped. */
function live(cases: readonly Lived[]): number {
  const nextOf = ({ facts, attention }: Lived) =>
    Math.min(attention, nextNudgeAt(facts)?.getTime() ?? Number.POSITIVE_INFINITY);
  const next = Float64Array.from(cases, nextOf);
  let reformed = false;
  for (let jumps = 0; ; jumps++) {
    let first = 0;
    for (let i = 1; i < next.length; i++) if ((next[i] ?? 0) < (next[first] ?? 0)) first = i;
    const at = next[first] ?? YEAR_END;
    if (!reformed && at >= REFORM) {
      reformed = true;
      for (const [i, lived] of cases.entries()) {
        if (+lived.opening.at < REFORM) make(lived, { type: 'apply_policy' }, REFORM);
        next[i] = Math.max(REFORM, nextOf(lived));
      }
      continue;
    }
    const lived = cases[first];
    if (at >= YEAR_END || !lived) return jumps;
    const due = nextNudgeAt(lived.facts);
    if (due && +due <= at) make(lived, { type: 'tick' }, at);
    else attend(lived, at);
    next[first] = Math.max(at, nextOf(lived));
  }
}

const inOrder = (said: readonly Said[]) =>
  said
    .map(
      ({ at, due, clock, to }) => `${new Date(at).toISOString()} ${clock} due ${new Date(due).toISOString()} to ${to}`,
    )
    .sort();

function spoken({ events }: Lived): string[] {
  return inOrder(
    events.flatMap((event) =>
      event.type === 'nudged'
        ? [{ clock: event.data.clock, to: event.data.to, at: +event.at, due: +event.data.dueAt }]
        : [],
    ),
  );
}

/** The reference's messages for the same year: it gets people's moves, and nothing of the product's messages. */
function expected({ opening, made }: Lived): string[] {
  const reference = new LadderReference(policyAt(+opening.at), WEST.timeZone, opening);
  for (const { move, at } of made) {
    reference.pass(at);
    reference.amend(policyAt(at));
    reference.move(move, new Date(at), true);
  }
  reference.pass(YEAR_END - 1);
  return inOrder(reference.said);
}

it('a year of a thousand cases follows the rules: the same rungs, at the same times, to the same targets', () => {
  const cases = Array.from({ length: CASES }, (_, n) => filed(n));
  const jumps = live(cases);
  const said = cases.flatMap(spoken);
  for (const lived of cases) expect(spoken(lived)).toEqual(expected(lived));
  // It was a year with events for every clock and every rung.
  expect(jumps).toBeGreaterThan(30_000);
  expect(said.length).toBeGreaterThan(10_000);
  for (const clock of CLOCK_NAMES)
    if (clock !== 'update' && clock !== 'snooze')
      expect([clock, said.some((line) => line.includes(` ${clock} due`))]).toEqual([clock, true]);
  for (const to of ['thread', 'owner', 'deputy', 'manager', 'leadership'])
    expect([to, said.some((line) => line.endsWith(` to ${to}`))]).toEqual([to, true]);
});
