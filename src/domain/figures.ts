import type { Actor } from './actor';
import type { ClockName } from './allowance';
import { apply } from './apply';
import type { CaseFacts, CaseState } from './case';
import type { CaseEvent } from './event';
import { CASE_KINDS } from './kinds';
import type { CaseKind } from './kinds/code';
import { quantile } from './quantile';

/** A case to count, with its whole history. */
export interface CountedCase {
  readonly kind: CaseKind;
  readonly area: string | null;
}

/** How often a promise was kept: `open` ones can still be kept. */
export interface Kept {
  readonly inTime: number;
  readonly late: number;
  readonly open: number;
}
export interface Figure {
  /** All of them; for need-to-know kinds that the reader may not read, nothing else is counted. */
  readonly filed: number;
  /** Answered (acknowledged, or resolved at once) before the acknowledge clock ran out. */
  readonly acknowledged: Kept;
  /** Resolved before any clock of a promise ran out. */
  readonly resolved: Kept;
}

/** The cases filed in a range of days, as admins and leadership see them. Void ones do not count. */
export interface Figures {
  readonly total: Figure;
  /** By area name, null for cases without one; most filed first. */
  readonly areas: readonly (readonly [area: string | null, figure: Figure])[];
  readonly kinds: readonly (readonly [kind: CaseKind, figure: Figure])[];
  /** Where cases wait: half of all stays in a state were at most this many hours; the longest first. */
  readonly waits: readonly { readonly state: CaseState; readonly stays: number; readonly medianHours: number }[];
  /** Second approvals by people who asked and people who answered; the busiest first. */
  readonly approvals: readonly ({ readonly who: Actor } & Approvals)[];
}

interface Approvals {
  readonly asked: number;
  readonly approved: number;
  readonly refused: number;
}
const APPROVALS: Partial<Record<CaseEvent['type'], keyof Approvals>> = {
  approval_asked: 'asked',
  approval_refused: 'refused',
};
/** The role of an event in a second approval, or null. */
const approvalOf = (event: CaseEvent): keyof Approvals | null =>
  event.type === 'resolved' ? (event.data.askedBy ? 'approved' : null) : (APPROVALS[event.type] ?? null);

/** The clocks that are a promise to someone (domain section 8). */
const PROMISES: readonly ClockName[] = ['acknowledge', 'update', 'callback', 'review'];
const HOUR_MS = 60 * 60_000;

type Count = { -readonly [Name in keyof Kept]: number };
interface Tally {
  filed: number;
  acknowledged: Count;
  resolved: Count;
}
const none = (): Tally => ({
  filed: 0,
  acknowledged: { inTime: 0, late: 0, open: 0 },
  resolved: { inTime: 0, late: 0, open: 0 },
});

/**
 * Counts cases one by one, each event by event, without keeping any; open cases have waited until `now`. `onlyFiled`:
 * kinds of which only the number filed is counted.
 */
export function figuresUntil(
  now: Date,
  onlyFiled: readonly CaseKind[] = [],
): { begin(one: CountedCase): CaseCount; result(): Figures } {
  const total = none();
  const areas = new Map<string | null, Tally>();
  const kinds = new Map<CaseKind, Tally>();
  const stays = new Map<CaseState, number[]>();
  const approvals = new Map<Actor, { -readonly [Name in keyof Approvals]: number }>();
  const credit = (who: Actor, what: keyof Approvals) => {
    const known = approvals.get(who) ?? { asked: 0, approved: 0, refused: 0 };
    approvals.set(who, known);
    known[what]++;
  };
  const waited = (state: CaseState): number[] => {
    const hours = stays.get(state) ?? [];
    stays.set(state, hours);
    return hours;
  };
  const of = <Key>(tallies: Map<Key, Tally>, key: Key): Tally => {
    const known = tallies.get(key) ?? none();
    tallies.set(key, known);
    return known;
  };

  return {
    begin({ kind, area }) {
      const course = courseUntil(now);
      return {
        add: course.add,
        end() {
          const { state, acknowledged, resolved, waits, approved } = course.result();
          if (state === 'void') return;
          const isTold = !onlyFiled.includes(kind);
          for (const tally of [total, of(areas, area), of(kinds, kind)]) {
            tally.filed++;
            if (!isTold) continue;
            tally.acknowledged[acknowledged]++;
            tally.resolved[resolved]++;
          }
          if (!isTold) return;
          for (const [stayed, ms] of waits) waited(stayed).push(ms / HOUR_MS);
          for (const [who, what] of approved) credit(who, what);
        },
      };
    },
    result: () => ({
      total,
      areas: [...areas].sort(([, a], [, b]) => b.filed - a.filed),
      kinds: CASE_KINDS.flatMap((kind) => {
        const figure = kinds.get(kind);
        return figure ? [[kind, figure] as const] : [];
      }),
      waits: [...stays]
        .map(([state, hours]) => ({ state, stays: hours.length, medianHours: quantile(hours, 0.5) }))
        .sort((a, b) => b.medianHours - a.medianHours),
      approvals: [...approvals]
        .map(([who, counts]) => ({ who, ...counts }))
        .sort((a, b) => b.asked + b.approved + b.refused - (a.asked + a.approved + a.refused)),
    }),
  };
}

/** One case being counted: each of its events in order, then its end. */
export interface CaseCount {
  add(event: CaseEvent): void;
  end(): void;
}

interface Course {
  readonly state: CaseState;
  readonly acknowledged: keyof Kept;
  readonly resolved: keyof Kept;
  readonly waits: readonly (readonly [state: CaseState, ms: number])[];
  readonly approved: readonly (readonly [who: Actor, what: keyof Approvals])[];
}

function courseUntil(now: Date): { add(event: CaseEvent): void; result(): Course } {
  let facts: CaseFacts | null = null;
  let answered = false;
  let answeredLate = false;
  let brokeOne = false;
  const waits: [CaseState, number][] = [];
  const approved: [Actor, keyof Approvals][] = [];
  let since = now;
  const ranOut = (names: readonly ClockName[], at: Date): boolean =>
    facts?.clocks.some(({ name, dueAt }) => names.includes(name) && dueAt < at) ?? false;
  const leave = (at: Date) => {
    if (facts && !ENDED.includes(facts.state) && facts.state !== 'submitted') waits.push([facts.state, +at - +since]);
    since = at;
  };

  return {
    add(event) {
      const resolvedBefore = facts?.state === 'resolved';
      if (!resolvedBefore) brokeOne ||= ranOut(PROMISES, event.at);
      if (!answered) answeredLate ||= ranOut(['acknowledge'], event.at);
      const what = approvalOf(event);
      if (what) approved.push([event.actor, what]);
      const next: CaseFacts = apply(facts, event);
      if (next.state !== facts?.state) leave(event.at);
      facts = next;
      answered ||= event.type === 'acknowledged' || event.type === 'resolved';
    },
    result() {
      const state = facts?.state ?? 'void';
      if (!ENDED.includes(state)) {
        leave(now);
        brokeOne ||= ranOut(PROMISES, now);
        if (!answered) answeredLate ||= ranOut(['acknowledge'], now);
      }
      return {
        state,
        acknowledged: answeredLate ? 'late' : answered ? 'inTime' : 'open',
        resolved: brokeOne ? 'late' : state === 'resolved' ? 'inTime' : 'open',
        waits,
        approved,
      };
    },
  };
}

const ENDED: readonly CaseState[] = ['resolved', 'void'];
