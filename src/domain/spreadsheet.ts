import { shown } from './clean-text';

/** What spreadsheets do to values in a file, and what a file could do to a spreadsheet. */

/** `1,00275E+05`: a long number as a narrow column shows it. Does not match accounts such as 7E-12. */
const SHORTENED = /^[-+]?\d+(?:[.,]\d+E[+-]?|E\+)\d+$/i;
const ERROR = /^#(?:N\/A|REF!|NAME\?|VALUE!|DIV\/0!|NUM!|NULL!|SPILL!|CALC!|#+)$/i;

/** Why a cell does not hold what was meant, after its column; null if it may. */
export function spreadsheetFault(value: string): string | null {
  if (SHORTENED.test(value))
    return `${shown(value)} is a number that Excel shortened: give the column the format Text, enter the number again, and save`;
  if (ERROR.test(value)) return `${shown(value)} is a spreadsheet error: put the value itself there`;
  if (value.includes('\uFFFD'))
    return `${shown(value)} holds � where a character was lost: restore it, and save as CSV UTF-8`;
  return null;
}

/** What starts a formula in a cell, in normal and full width. */
const FORMULA = '=+\\-@＝＋－＠';
const GUARDED = new RegExp(`^'(?=[${FORMULA}])`, 'u');
const WRAPPED = /^="((?:[^"]|"")*)"$/;

/** The value that a spreadsheet means by a cell: `="0123"` and `'=1` keep it from being changed. */
export const cellValue = (cell: string): string => cell.replace(WRAPPED, '$1').replace(GUARDED, '');

const RUNS = new RegExp(`^[\\s"]*[${FORMULA}]`, 'u');
/** Where a spreadsheet with another list separator begins a cell, including what it may skip there. */
const STARTS = /[;\n][;\s"]*/g;

/**
 * A text as an export cell that no spreadsheet runs as a formula, whether it separates by commas, as the file does, or
 * by semicolons or tabs: then it takes quotes for text and splits the cell. An apostrophe comes before what could
 * become a formula, and at an end where the next cell's quote would begin one; tabs become spaces.
 */
export function safeCell(text: string): string {
  const plain = text.replace(/\r\n?/g, '\n').replace(/\t/g, ' ');
  const guarded = plain.replace(STARTS, (run: string, at: number) => {
    const rest = plain.slice(at + run.length, at + run.length + 1);
    return rest === '' || RUNS.test(rest) ? run.replace(/[;\n]/g, "$&'") : run;
  });
  return RUNS.test(guarded) ? `'${guarded}` : guarded;
}
