import type { CaseFacts, Clock } from '../../src/domain/case';
import { clockMaker, clockResumer } from '../../src/domain/clocks';
import { decide, open } from '../../src/domain/decide';
import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import type { Area } from '../../src/domain/directory';
import type { CaseEvent } from '../../src/domain/event';
import { firstMailbox } from '../../src/domain/mailbox';
import type { Context } from '../../src/domain/moves/context';
import type { Events, Move } from '../../src/domain/moves/declared';
import type { CaseHistory, StoredCase, Storied } from '../../src/services/ports/cases';

/** A Monday, 09:00 in Los Angeles: office hours. */
export const MONDAY = new Date('2026-11-02T17:00:00Z');
export const minutes = (count: number) => count * 60_000;
export const later = (at: Date, ms: number) => new Date(+at + ms);

export const WEST: Area = {
  name: 'West',
  timeZone: 'America/Los_Angeles',
  channel: 'C0WEST',
  areaManager: 'U0DANA',
  deputy: 'U0TOM',
  manager: null,
  fallbackChannel: 'C0FALL',
};
export const clockOf = clockMaker(DEFAULT_POLICY, WEST, 'sp_feedback', 'normal');

/** What a case is filed with, and where it is routed. */
export type Given = Partial<Events['filed'] & Events['routed']>;

/** A case filed and routed at `at`: by default, SP feedback for West. */
export function filedCase(at: Date = MONDAY, clock: Clock | null = clockOf('acknowledge', at), given: Given = {}) {
  const { state, area, owner, unrouted, clocks, ...filed } = given;
  return open(
    {
      type: 'filed',
      data: {
        ref: 'SPF-000001',
        kind: 'sp_feedback',
        reporter: 'U0AMIRA',
        sp: { account: 'ACC1', name: 'Ace Plumbing' },
        sj: '556677',
        answers: { sp_account: 'ACC1', sj_number: '556677', reason: 'recall_reassignment' },
        title: 'Recall reassignment',
        severity: 'normal',
        severityReason: 'Everyday feedback.',
        tone: 'negative',
        codes: [],
        source: null,
        marks: [],
        subjects: [],
        links: [],
        ...filed,
      },
    },
    {
      type: 'routed',
      data: {
        state: state ?? 'open',
        area: area === undefined ? 'West' : area,
        owner: owner === undefined ? 'U0DANA' : owner,
        unrouted: unrouted ?? null,
        clocks: clocks ?? (clock ? [clock] : []),
      },
    },
    at,
    'V0VIEW',
  );
}

/** A routed case as stored, its card still to be sent; `id` distinguishes it from others. */
export function storedCase(id: string, at: Date = MONDAY, given: Given = {}): StoredCase {
  const ref = given.ref ?? `SPF-${id}`;
  const { facts, events } = filedCase(at, clockOf('acknowledge', at), { ...given, ref });
  const place = { id: 'main', channel: 'C0WEST', fallback: 'C0FALL', show: 'full' as const };
  return { ...facts, ...firstMailbox(ref, [place], at), id, version: 1, events };
}

/** A stored case after a move that sends nothing, by default made by the Area Manager. */
export function storedAfter(before: StoredCase, move: Move, now: Date, context: Partial<Context> = {}): StoredCase {
  const { posts, outbox, id, version, events, ...facts } = before;
  const next = moved(facts, move, now, context);
  return { ...next.facts, posts, outbox, id, version, events: [...events, ...next.events] };
}

/** Makes a move, by default as the Area Manager; throws on a refusal. */
export function moved(facts: CaseFacts, move: Move, now: Date, context: Partial<Context> = {}) {
  const decision = decide(facts, move, contextAt(now, context));
  if (!decision.ok) throw new Error(`refused: ${decision.reason}`);
  return decision;
}
export const contextAt = (now: Date, context: Partial<Context> = {}): Context => ({
  actor: 'U0DANA',
  now,
  key: null,
  mayAct: true,
  clock: clockOf,
  resume: clockResumer(DEFAULT_POLICY, WEST),
  ...context,
});

/** All events of a case, from the first one on. */
export async function wholeHistory(history: CaseHistory, stored: Storied): Promise<CaseEvent[]> {
  const events: CaseEvent[] = [];
  for await (const page of history.all(stored)) events.push(...page);
  return events;
}
