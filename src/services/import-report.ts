import type { ImportTally } from '../domain/configuration';
import type { FileReport, ImportFault } from '../domain/import-report';
import { clip } from '../domain/notes';
import { amount } from '../domain/wording';
import type { Open } from './table/encoding';

/** How many faults are listed; the rest are counted. */
export const FAULTS_LISTED = 1_000;
const REASON_MAX = 300;

export const emptyReport = (file: string): FileReport => ({
  file,
  rows: 0,
  badRows: 0,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  faults: [],
  faultCount: 0,
  faultsIn: {},
  notes: [],
});

/** Adds a write's counts to a report. */
export function count(report: FileReport, tally: ImportTally): void {
  report.inserted += tally.inserted;
  report.updated += tally.updated;
  report.unchanged += tally.unchanged;
}

/** Adds a fault to a report, which is bounded. */
export function blame(report: FileReport, line: number, column: string | number, reason: string): void {
  const within = typeof column === 'number' ? 'policy' : column;
  report.faultCount++;
  report.faultsIn[within] = (report.faultsIn[within] ?? 0) + 1;
  if (report.faults.length === FAULTS_LISTED) return;
  report.faults.push({ file: report.file, line, column, reason: clip(reason, '…', REASON_MAX) });
}

/** `areas.csv:12:channel reason`, as editors and people read it. */
export const faultLine = ({ file, line, column, reason }: ImportFault) => `${file}:${line}:${column} ${reason}`;

/** The faults that are not listed, and where they are; null if all are listed. */
export function unlistedFaults({ faults, faultCount, faultsIn }: FileReport): string | null {
  if (faultCount === faults.length) return null;
  const places = Object.entries(faultsIn)
    .sort(([, a], [, b]) => b - a)
    .map(([column, n]) => `${amount(n)} in ${column}`);
  return `${amount(faultCount - faults.length)} more are not listed. In total: ${places.join(', ')}.`;
}

/** A file to import; `open` returns its bytes from the start each time, because it is checked before it is read. */
export interface Source {
  readonly name: string;
  readonly open: Open;
}
