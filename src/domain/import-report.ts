import type { ImportTally } from './configuration';

/** One fault of an imported file. `column`: a column's name in CSV (`file` for all of it), a number from 1 in YAML. */
export interface ImportFault {
  readonly file: string;
  /** From 1, as editors count; the line where the row or value begins. */
  readonly line: number;
  readonly column: string | number;
  readonly reason: string;
}

/** What the import of one file did, or would do in a dry run. `rows`: all that were read, including bad ones. */
export interface FileReport extends ImportTally {
  readonly file: string;
  rows: number;
  badRows: number;
  /** The first of them. */
  readonly faults: ImportFault[];
  faultCount: number;
  /** How many per column; those of the policy are under `policy`. */
  readonly faultsIn: Record<string, number>;
  /** Other remarks about how the file was read, in sentences. */
  readonly notes: string[];
}
