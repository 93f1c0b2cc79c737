import type { ImportTally } from './configuration';

/** One thing wrong with an imported file. `column` is a column's name in CSV (`file` for all of it) and a number, from 1, in YAML. */
export interface ImportFault {
  readonly file: string;
  /** From 1, as an editor counts; the line on which the row or value begins. */
  readonly line: number;
  readonly column: string | number;
  readonly reason: string;
}

/** What the import of one file did, or in a dry run would do. `rows` counts what was read, bad rows included. */
export interface FileReport extends ImportTally {
  readonly file: string;
  rows: number;
  badRows: number;
  /** The first of them. */
  readonly faults: ImportFault[];
  faultCount: number;
  /** How many are in each column; those of the policy are under `policy`. */
  readonly faultsIn: Record<string, number>;
  /** What else a person should know of how the file was read, in sentences. */
  readonly notes: string[];
}
