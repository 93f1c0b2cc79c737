import type { Actor } from './actor';
import type { ClockName, RungTarget } from './allowance';
import type { CaseState } from './case';
import { clockMaker, firstClocks } from './clocks';
import { open } from './decide';
import type { Area } from './directory';
import type { CaseKind } from './kinds/code';
import type { Policy } from './policy';
import { type Knowledge, reach, type Told } from './reach';
import { type Fired, replayed } from './replay';
import type { Severity } from './severity';
import { actionsAnswering } from './stopping';
import { type Lane, slackLane } from './targets';

/** A hypothetical case of this kind and severity, in this area, at this time. No one answers it. */
export interface Scenario {
  readonly kind: CaseKind;
  readonly severity: Severity;
  readonly area: Area | null;
  readonly owner: Actor | null;
  readonly reporter: Actor;
  readonly state: Extract<CaseState, 'open' | 'in_review'>;
  readonly at: Date;
}

/** A time at which someone is told. */
export interface Step extends Pick<Fired, 'at' | 'clock' | 'dueAt' | 'to'> {
  readonly told: Told;
}
export interface Timeline {
  /** The clock that starts when it is filed, and when it is due; null if the policy sets none. */
  readonly clock: { readonly name: ClockName; readonly dueAt: Date } | null;
  readonly steps: readonly Step[];
  /** How someone can stop it: "acknowledges it". */
  readonly stoppedBy: readonly string[];
}

/** What happens in a scenario under a policy. */
export interface Simulated {
  /** Where its cards are posted; null if there is nowhere to send it. */
  readonly channels: readonly Lane[] | null;
  readonly timeline: Timeline;
}

/** The events of a scenario: what was filed, and where it went. */
function filedIn(policy: Policy, { kind, severity, area, owner, reporter, state, at }: Scenario) {
  const clock = clockMaker(policy, area, kind, severity);
  const clocks = firstClocks(clock, at, { state, callbackAt: null, policeNumberMissing: false });
  return open(
    {
      type: 'filed',
      data: {
        ref: 'SIMULATED',
        kind,
        reporter,
        sp: { account: '', name: null },
        sj: '',
        answers: {},
        title: '',
        severity,
        severityReason: '',
        tone: 'negative',
        codes: [],
        source: null,
        marks: [],
        subjects: [],
        links: [],
      },
    },
    { type: 'routed', data: { state, area: area?.name ?? null, owner, unrouted: null, clocks } },
    at,
    'simulated',
  );
}

const YEARS_MS = 2 * 366 * 24 * 60 * 60_000;

/** Who would be told about an unanswered case, when and how, until no rung is left (domain section 8). */
export function timeline(policy: Policy, scenario: Scenario, knownAt: (at: Date) => Knowledge): Timeline {
  const { events, facts } = filedIn(policy, scenario);
  const rules = { policy, area: (name: string | null) => (name === null ? null : scenario.area) };
  const fired = replayed(events, rules, new Date(+scenario.at + YEARS_MS));
  const [first] = facts.clocks;
  return {
    clock: first ? { name: first.name, dueAt: first.dueAt } : null,
    steps: fired.map((one) => stepOf(one, knownAt(one.at))),
    stoppedBy: first ? actionsAnswering(facts, first.name) : [],
  };
}

const stepOf = ({ at, clock, dueAt, to, subject }: Fired, known: Knowledge): Step => ({
  at,
  clock,
  dueAt,
  to,
  told: reach(to, clock, subject, known),
});

/** Every target that the rungs of a scenario may have. */
export const targetsIn = (policy: Policy, scenario: Scenario): readonly RungTarget[] =>
  filedIn(policy, scenario).facts.clocks.flatMap(({ rungs }) => rungs.map(({ to }) => to));

/** Whether two steps are the same: the same time, and the same people in the same way. */
export const sameStep = (a: Step, b: Step): boolean =>
  +a.at === +b.at && JSON.stringify(a.told) === JSON.stringify(b.told);

/** Messages to someone, by hour of their own day. */
export interface ToldByHour {
  readonly who: Lane;
  /** 24 counts, from midnight. */
  readonly hours: readonly number[];
}

/** Counts how often and at what hour people are told; rungs for someone at the same time are one message. */
export function hourCounts(hourOf: (who: string, at: Date) => number): {
  add(steps: readonly { readonly told: Told; readonly at: Date }[]): void;
  result(): readonly ToldByHour[];
} {
  const counted = new Map<Lane, number[]>();
  return {
    add(steps) {
      const said = new Set<string>();
      for (const { told, at } of steps) {
        const messages = [
          ...(told.line ?? []).map((who) => ({ who: slackLane(who), at })),
          ...told.dms.map((dm) => ({ who: slackLane(dm.to), at: dm.at })),
          ...told.places.map((who) => ({ who, at })),
        ];
        for (const { who, at: moment } of messages) {
          const key = `${who} ${+moment}`;
          if (said.has(key)) continue;
          said.add(key);
          const hours = counted.get(who) ?? Array.from({ length: 24 }, () => 0);
          const hour = hourOf(who, moment);
          hours[hour] = (hours[hour] ?? 0) + 1;
          counted.set(who, hours);
        }
      }
    },
    result: () => [...counted].map(([who, hours]) => ({ who, hours })),
  };
}
