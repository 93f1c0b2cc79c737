import type { Tally } from './ports';

/** One thing wrong with an imported file. `column` is a column's name in CSV and a number, from 1, in YAML. */
export interface ImportFault {
  readonly file: string;
  /** From 1; the line on which the row or value begins. */
  readonly line: number;
  readonly column: string | number;
  readonly reason: string;
}

/** What the import of one file did, or in a dry run would do. `rows` counts what was read, bad rows included. */
export interface FileReport extends Tally {
  readonly file: string;
  rows: number;
  readonly faults: ImportFault[];
}

export const emptyReport = (file: string): FileReport => ({
  file,
  rows: 0,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  faults: [],
});

/** Adds what a write did to a report. */
export function count(report: FileReport, tally: Tally): void {
  report.inserted += tally.inserted;
  report.updated += tally.updated;
  report.unchanged += tally.unchanged;
}

/** `areas.csv:12:channel reason`, as editors and people read it. */
export const faultLine = ({ file, line, column, reason }: ImportFault) => `${file}:${line}:${column} ${reason}`;

/** A file to import; `open` gives its bytes from the start each time, because a strict import reads twice. */
export interface Source {
  readonly name: string;
  readonly open: () => AsyncIterable<Uint8Array>;
}
