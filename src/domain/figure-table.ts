import { stateWord } from './case-words';
import type { Figure, Figures } from './figures';
import { KINDS } from './kinds';
import { safeCell } from './spreadsheet';

const HEADER = [
  'Of',
  'Name',
  'Filed',
  'Acknowledged in time',
  'Acknowledged late',
  'Acknowledgment not due yet',
  'Resolved in time',
  'Resolved late, or a promise broken',
  'Open, with nothing missed',
  'Waits',
  'Median wait in hours',
  'Second approvals asked',
  'approved',
  'refused',
] as const;
const EMPTY = '';

/** Figures as rows of a table: the same numbers as on screen. `name`: a person's name. */
export function figureTable(
  { total, areas, kinds, waits, approvals }: Figures,
  name: (id: string) => string,
): readonly (readonly string[])[] {
  const row = (of: string, what: string, cells: readonly (number | string)[]): string[] => {
    const all = [of, safeCell(what), ...cells.map(String)];
    return [...all, ...Array.from({ length: HEADER.length - all.length }, () => EMPTY)];
  };
  const skip = (count: number) => Array.from({ length: count }, () => EMPTY);
  return [
    [...HEADER],
    row('All', '', counts(total)),
    ...areas.map(([area, figure]) => row('Area', area ?? 'No area', counts(figure))),
    ...kinds.map(([kind, figure]) => row('Kind', KINDS[kind].label, counts(figure))),
    ...waits.map(({ state, stays, medianHours }) =>
      row('State', stateWord(state), [...skip(7), stays, medianHours.toFixed(2)]),
    ),
    ...approvals.map(({ who, asked, approved, refused }) =>
      row('Person', name(who), [...skip(9), asked, approved, refused]),
    ),
  ];
}

const counts = ({ filed, acknowledged, resolved }: Figure): readonly number[] => [
  filed,
  acknowledged.inTime,
  acknowledged.late,
  acknowledged.open,
  resolved.inTime,
  resolved.late,
  resolved.open,
];
