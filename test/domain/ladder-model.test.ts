import fc from 'fast-check';
import { replay } from '../../src/domain/apply';
import { type CaseFacts, nextNudgeAt } from '../../src/domain/case';
import { isLive } from '../../src/domain/clocks';
import { decide } from '../../src/domain/decide';
import type { CaseEvent } from '../../src/domain/event';
import { allowedMoves } from '../../src/domain/move';
import type { Context } from '../../src/domain/moves/context';
import type { Move, MoveType } from '../../src/domain/moves/declared';
import { Policy } from '../../src/domain/policy';
import { SEVERITIES } from '../../src/domain/severity';
import { WEST } from '../support/cases';
import { contextOf, MOVES, openedCase } from '../support/ladder-cases';
import { LadderReference, type Opening } from '../support/ladder-reference';
import { NIGHTLY } from '../support/nightly';

const SEQUENCES = NIGHTLY ? 10_000 : 200;
jest.setTimeout((NIGHTLY ? 60 : 2) * 60_000);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const officeDay: [string, string][] = [
  ['08:00', '12:00'],
  ['13:00', '18:00'],
];
const calendars = {
  default: {
    hours: { mon: officeDay, tue: officeDay, wed: officeDay, thu: officeDay, fri: officeDay },
    holidays: { country: 'US' },
  },
};
const common = { time_zone: WEST.timeZone, calendars, channels: {} };
/** Two policies that differ in everything an admin can change about clocks. */
const POLICIES = [
  {
    ...common,
    clocks: {
      high_risk: {
        critical: {
          acknowledge: {
            minutes: 15,
            time: 'always',
            ladder: [
              { after: 0, to: 'thread' },
              { after: 10, to: 'owner' },
              { after: 30, to: 'leadership', repeat: { every: 30, times: 3 } },
            ],
          },
        },
        default: { police_number: { minutes: 240, time: 'always' } },
      },
      default: {
        default: {
          acknowledge: { minutes: 240, time: 'business' },
          update: { minutes: 600, time: 'business' },
          review: { minutes: 120, time: 'business' },
          answer: { minutes: 600, time: 'business' },
          callback: { minutes: 0, time: 'always' },
          sp_contact: { minutes: 600, time: 'business' },
        },
      },
    },
    ladders: {
      acknowledge: [
        { after: 60, to: 'deputy' },
        { after: 0, to: 'thread' },
        { after: 30, to: 'owner', repeat: { every: 30, times: 2 } },
      ],
      answer: [{ after: 0, to: 'owner', repeat: { every: 540, times: 1 } }],
      default: [
        { after: 0, to: 'thread' },
        { after: 45, to: 'owner' },
      ],
    },
  },
  {
    ...common,
    clocks: {
      default: {
        high: { acknowledge: { minutes: 60, time: 'business' } },
        default: {
          acknowledge: { minutes: 90, time: 'always' },
          update: { minutes: 30, time: 'always' },
          review: { minutes: 600, time: 'business' },
          callback: { minutes: 0, time: 'business' },
          sp_contact: { minutes: 600, time: 'always' },
          approval: { minutes: 240, time: 'business' },
        },
      },
    },
    ladders: {
      acknowledge: [
        { after: 0, to: 'owner' },
        { after: 0, to: 'manager' },
        { after: 20, to: 'owner', repeat: { every: 15, times: 2 } },
        { after: 500, to: 'leadership' },
      ],
      callback: [{ after: 5, to: 'thread', repeat: { every: 5, times: 4 } }],
      default: [{ after: 10, to: 'thread' }],
    },
  },
].map((policy) => Policy.parse(policy)) as [Policy, Policy];

const ALL = Object.keys(MOVES) as MoveType[];
/** Moves that end a case are rarer, so that most sequences continue. */
const LAST: readonly MoveType[] = ['void', 'merge', 'resolve'];

/** Both changes of the clocks in Los Angeles, and leap day. */
const CHANGES = ['2026-11-01T09:00Z', '2027-03-14T10:00Z', '2027-11-07T09:00Z', '2028-02-29T08:00Z'].map((at) =>
  Date.parse(at),
);

/** How time passes before a move: by an amount, to the case's next event, or to a clock change. */
type Wait = { by: number } | { toNext: number } | { toChange: number };
const wait: fc.Arbitrary<Wait> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 4 * HOUR }).map((by) => ({ by })) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 12 * DAY }).map((by) => ({ by })) },
  { weight: 5, arbitrary: fc.constantFrom(-1, 0, 0, 1, 10 * MINUTE).map((toNext) => ({ toNext })) },
  { weight: 1, arbitrary: fc.integer({ min: -HOUR, max: HOUR }).map((toChange) => ({ toChange })) },
);
const step = fc.record({
  wait,
  type: fc.oneof(
    { weight: 8, arbitrary: fc.constant<MoveType>('tick') },
    { weight: 12, arbitrary: fc.constantFrom(...ALL.filter((type) => !LAST.includes(type))) },
    { weight: 1, arbitrary: fc.constantFrom(...LAST) },
  ),
  /** Often an allowed one, so that sequences make progress. */
  allowed: fc.option(fc.nat(50), { freq: 2 }),
  ahead: fc.oneof(fc.integer({ min: -HOUR, max: 6 * HOUR }), fc.integer({ min: 0, max: 5 * DAY })),
  responsible: fc.boolean(),
  /** The store goes down before the save; the caller tries again from what is stored. */
  crash: fc.boolean(),
  /** An admin imports the other policy first. */
  amend: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  /** How long a nudge waits in someone's quiet hours. */
  quiet: fc.constantFrom(0, 0, 30 * MINUTE, 10 * HOUR),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const opening: fc.Arbitrary<Opening> = fc
  .record({
    kind: fc.constantFrom('sp_feedback', 'exception', 'high_risk', 'leadership'),
    severity: fc.constantFrom(...SEVERITIES),
    at: fc.oneof(
      fc.date({ min: new Date('2026-10-20'), max: new Date('2027-04-01'), noInvalidDate: true }),
      fc
        .constantFrom(...CHANGES)
        .chain((change) => fc.integer({ min: -DAY, max: DAY }).map((ms) => new Date(change + ms))),
    ),
    ahead: fc.integer({ min: MINUTE, max: 3 * DAY }),
  })
  .map(({ kind, severity, at, ahead }) => ({
    kind,
    severity,
    at,
    callbackAt: kind === 'leadership' ? new Date(+at + ahead) : null,
    policeMissing: kind === 'high_risk',
  }));

/** A pending nudge: its clock, by the reference's number, and when it is sent. */
interface Underway {
  readonly event: CaseEvent & { type: 'nudged' };
  readonly serial: number;
  readonly sendAt: number;
}

class Walk {
  private facts: CaseFacts;
  private events: readonly CaseEvent[];
  private policy = POLICIES[0];
  private now: number;
  private underway: Underway[] = [];
  private readonly reference: LadderReference;

  constructor(start: Opening) {
    ({ facts: this.facts, events: this.events } = openedCase('SPF-000001', this.policy, start));
    this.reference = new LadderReference(this.policy, WEST.timeZone, start);
    this.now = +start.at;
    this.agree();
  }

  step(step: Step, n: number): void {
    this.goOn(step.wait);
    if (step.amend) {
      this.policy = this.policy === POLICIES[0] ? POLICIES[1] : POLICIES[0];
      this.reference.amend(this.policy);
    }
    this.sendWhatWaits();
    const allowed = allowedMoves(this.facts);
    const type = (step.allowed === null ? null : allowed[step.allowed % allowed.length]) ?? step.type;
    const at = new Date(this.now);
    const move = MOVES[type](at, step.ahead, n);
    const before = this.facts;
    const spoken = this.reference.said.length;

    const decided = decide(before, move, this.context(move, at, step));
    if (step.crash) expect(decide(before, move, this.context(move, at, step))).toEqual(decided);
    if (!allowed.includes(type)) expect(decided.ok).toBe(false);
    if (!decided.ok) return;
    this.facts = decided.facts;
    this.events = [...this.events, ...decided.events];
    this.reference.move(move, at, step.responsible);

    const nudges = decided.events.filter((event) => event.type === 'nudged');
    const due = this.reference.said.slice(spoken);
    const said = nudges.map(({ data }) => `${data.clock} ${data.to} ${+data.dueAt}`);
    const expected = due.map((line) => `${line.clock} ${line.to} ${line.due}`);
    expect(said.sort().join('\n')).toBe(expected.sort().join('\n'));
    for (const event of nudges) this.send(event, step.quiet);
    // The other ticker decided from the earlier state, lost the race, and finds nothing left to do.
    if (type === 'tick')
      expect(decide(this.facts, move, this.context(move, at, step))).toMatchObject({ ok: true, events: [] });
    this.agree();
  }

  /** What ends every sequence. */
  finish(): void {
    expect(replay(this.events)).toEqual(this.facts);
    const fired = this.events.flatMap((event) =>
      event.type === 'nudged' ? [`${event.data.clock} ${+event.data.dueAt} ${event.data.rung}`] : [],
    );
    expect(fired).toHaveLength(new Set(fired).size);
  }

  private context(move: Move, now: Date, { responsible, quiet }: Step): Context {
    const until = new Date(+now + quiet);
    return contextOf(this.policy, this.facts, now, move, {
      mayAct: responsible,
      actor: responsible ? 'U0DANA' : 'U0BEN',
      ...(quiet ? { deferral: () => [{ to: 'U0DANA', until }] } : {}),
    });
  }

  private goOn(wait: Wait): void {
    if ('by' in wait) this.now += wait.by;
    else if ('toNext' in wait) this.now = Math.max(this.now, (this.reference.next() ?? this.now) + wait.toNext);
    else
      this.now = Math.max(this.now, (CHANGES.find((change) => change > this.now + HOUR) ?? this.now) + wait.toChange);
  }

  private send(event: CaseEvent & { type: 'nudged' }, quiet: number): void {
    const watch = this.reference.running.get(event.data.clock);
    if (!watch) throw new Error('A clock spoke that does not run.');
    if (quiet) expect(this.facts.clocks.find(({ name }) => name === event.data.clock)?.deferred).toHaveLength(1);
    this.underway.push({ event, serial: watch.serial, sendAt: this.now + quiet });
  }

  /** A message is sent when its time comes, unless its clock was answered: then it must not be. */
  private sendWhatWaits(): void {
    for (const { event, serial } of this.underway.filter(({ sendAt }) => sendAt <= this.now))
      expect(isLive(this.facts, event)).toBe(this.reference.dueOf(serial) === +event.data.dueAt);
    this.underway = this.underway.filter(({ sendAt }) => sendAt > this.now);
  }

  /** The case's remaining messages equal the reference's, to the millisecond. */
  private agree(): void {
    const { clocks, hold } = this.facts;
    const standing = hold.is === 'snoozed' ? hold.suspended : clocks;
    const watches = this.reference.asleep?.watches ?? this.reference.running;
    const left = standing.map(({ name, dueAt, rungs, fired }) =>
      [name, +dueAt, ...rungs.slice(fired).map(({ at }) => +at)].join(' '),
    );
    const expected = [...watches].map(([name, { due, left }]) => [name, due, ...left.map(({ at }) => at)].join(' '));
    expect(left.sort().join('\n')).toBe(expected.sort().join('\n'));
    expect(nextNudgeAt(this.facts)?.getTime() ?? null).toBe(this.reference.next());
  }
}

describe('whatever happens to a case', () => {
  it(`each rung fires once, none is missing, and none is sent once it was answered (${SEQUENCES} sequences)`, () => {
    fc.assert(
      fc.property(opening, fc.array(step, { minLength: 5, maxLength: 40, size: 'max' }), (start, steps) => {
        const walk = new Walk(start);
        for (const [n, one] of steps.entries()) walk.step(one, n);
        walk.finish();
      }),
      { numRuns: SEQUENCES },
    );
  });
});
