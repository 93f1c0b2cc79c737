import type { CaseFacts } from '../../src/domain/case';
import type { CaseEvent } from '../../src/domain/event';
import { type CountedCase, figuresUntil } from '../../src/domain/figures';
import type { Move } from '../../src/domain/moves/declared';
import { filedCase, later, MONDAY, minutes, moved } from '../support/cases';

const HOUR = minutes(60);
type WholeCase = CountedCase & { readonly events: readonly CaseEvent[] };
/** Each move is this many hours after filing, which gave 4 hours to acknowledge. */
function history(...moves: readonly (readonly [hours: number, move: Move])[]): WholeCase {
  let { facts, events }: { facts: CaseFacts; events: readonly CaseEvent[] } = filedCase();
  for (const [hours, move] of moves) {
    const next = moved(facts, move, later(MONDAY, hours * HOUR));
    facts = next.facts;
    events = [...events, ...next.events];
  }
  return { kind: facts.kind, area: facts.area, events };
}
const acknowledge = (hours: number, promised: number) =>
  [hours, { type: 'acknowledge', nextUpdateBy: later(MONDAY, promised * HOUR) }] as const;
const resolve = (hours: number) => [hours, { type: 'resolve', outcome: 'no_fault_found', text: '' }] as const;

function figuresAfter(hours: number, ...histories: readonly WholeCase[]) {
  const figures = figuresUntil(later(MONDAY, hours * HOUR));
  for (const one of histories) counted(figures, one);
  return figures.result();
}
function counted(figures: ReturnType<typeof figuresUntil>, { events, ...one }: WholeCase): void {
  const count = figures.begin(one);
  for (const event of events) count.add(event);
  count.end();
}
const IN_TIME = { inTime: 1, late: 0, open: 0 };
const LATE = { inTime: 0, late: 1, open: 0 };
const OPEN = { inTime: 0, late: 0, open: 1 };

it.each([
  ['waits, its clock not run out', 3, [], OPEN, OPEN],
  ['waits beyond its clock', 5, [], LATE, LATE],
  ['was acknowledged before, and goes on', 5, [acknowledge(3, 9)], IN_TIME, OPEN],
  ['was acknowledged after its clock', 6, [acknowledge(5, 9)], LATE, LATE],
  ['was acknowledged in time and broke the promised update', 12, [acknowledge(3, 9)], IN_TIME, LATE],
  ['was resolved before the promised update', 12, [acknowledge(3, 9), resolve(8)], IN_TIME, IN_TIME],
  ['was resolved after the promised update', 12, [acknowledge(3, 9), resolve(10)], IN_TIME, LATE],
  ['was resolved at once', 12, [resolve(2)], IN_TIME, IN_TIME],
] as const)('a case that %s', (_what, now, moves, acknowledged, resolved) => {
  expect(figuresAfter(now, history(...moves)).total).toEqual({ filed: 1, acknowledged, resolved });
});

it('counts by area and kind, without void cases', () => {
  const other: WholeCase = { ...history(), area: null, kind: 'exception' };
  const mistaken = history([1, { type: 'void', reason: 'Filed twice.' }]);
  const { total, areas, kinds } = figuresAfter(1, history(), other, history(), mistaken);
  expect(total.filed).toBe(3);
  expect(areas.map(([area, { filed }]) => [area, filed])).toEqual([
    ['West', 2],
    [null, 1],
  ]);
  expect(kinds.map(([kind, { filed }]) => [kind, filed])).toEqual([
    ['sp_feedback', 2],
    ['exception', 1],
  ]);
});

it('says where cases wait: the median of their stays in a state, up to now for current ones', () => {
  const cases = [1, 2, 3].map((hours) => history(acknowledge(hours, 9), resolve(hours + 2)));
  expect(figuresAfter(7, ...cases, history()).waits).toEqual([
    { state: 'open', stays: 4, medianHours: 2.5 },
    { state: 'acknowledged', stays: 3, medianHours: 2 },
  ]);
});

it('shows only the number filed for kinds that are only counted', () => {
  const figures = figuresUntil(later(MONDAY, 12 * HOUR), ['high_risk']);
  const secret: WholeCase = { ...history(acknowledge(3, 9)), kind: 'high_risk' };
  for (const one of [secret, history(acknowledge(2, 9))]) counted(figures, one);
  const { total, areas, kinds, waits } = figures.result();
  const nothing = { inTime: 0, late: 0, open: 0 };
  expect([total.filed, total.acknowledged, areas[0]?.[1].filed]).toEqual([2, IN_TIME, 2]);
  expect(Object.fromEntries(kinds).high_risk).toEqual({ filed: 1, acknowledged: nothing, resolved: nothing });
  expect(waits.map(({ state, stays }) => [state, stays])).toEqual([
    ['acknowledged', 1],
    ['open', 1],
  ]);
});
