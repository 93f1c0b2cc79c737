import { shown } from './clean-text';

/** What spreadsheets do to values on their way into a file, and what a file may do to a spreadsheet. */

/** `1,00275E+05`: a long number as a narrow column shows it. Accounts such as 7E-12 are not meant. */
const SHORTENED = /^[-+]?\d+(?:[.,]\d+E[+-]?|E\+)\d+$/i;
const ERROR = /^#(?:N\/A|REF!|NAME\?|VALUE!|DIV\/0!|NUM!|NULL!|SPILL!|CALC!|#+)$/i;

/** Why a cell does not hold what was meant, after its column; null when it may. */
export function spreadsheetFault(value: string): string | null {
  if (SHORTENED.test(value))
    return `${shown(value)} is a number that Excel shortened: give the column the format Text, enter the number again, and save`;
  if (ERROR.test(value)) return `${shown(value)} is a spreadsheet error: put the value itself there`;
  if (value.includes('\uFFFD'))
    return `${shown(value)} holds � where a character was lost: restore it, and save as CSV UTF-8`;
  return null;
}

/** What makes a formula of a cell, in plain and in full width. */
const FORMULA = '=+\\-@＝＋－＠';
const GUARDED = new RegExp(`^'(?=[${FORMULA}])`, 'u');
const WRAPPED = /^="((?:[^"]|"")*)"$/;

/** The value that a spreadsheet means by a cell: `="0123"` and `'=1` are ways to keep it from being changed. */
export const cellValue = (cell: string): string => cell.replace(WRAPPED, '$1').replace(GUARDED, '');

const RUNS = new RegExp(`^[\\s"]*[${FORMULA}]`, 'u');
/** Where a spreadsheet with another list separator begins a cell, with what it may skip there. */
const STARTS = /[;\n][;\s"]*/g;

/**
 * A text as a cell of an export that no spreadsheet runs, whether it separates by commas, as the file does, or by
 * semicolons or tabs: then quotes are text to it, and it cuts the cell. An apostrophe stands before what could become a
 * formula, and at an end where the next cell's quote would begin one; tabs become spaces.
 */
export function safeCell(text: string): string {
  const plain = text.replace(/\r\n?/g, '\n').replace(/\t/g, ' ');
  const guarded = plain.replace(STARTS, (run: string, at: number) => {
    const rest = plain.slice(at + run.length, at + run.length + 1);
    return rest === '' || RUNS.test(rest) ? run.replace(/[;\n]/g, "$&'") : run;
  });
  return RUNS.test(guarded) ? `'${guarded}` : guarded;
}
