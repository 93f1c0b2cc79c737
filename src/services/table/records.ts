import type { Line } from './lines';

/** A row of a table, or what is wrong with it; `line`: where it begins, `next`: the index of the line after it. */
export type Reading = { readonly line: number; readonly next: number } & (
  | { readonly cells: readonly string[] }
  | { readonly fault: string }
);
export interface Shape {
  readonly delimiter: string;
  /** How many cells a row has; null for the header, which decides it. */
  readonly width: number | null;
  /** How many it may have, if the additional ones are empty. */
  readonly widest?: number;
}

/** The most lines a row spans. Reading a row needs this many at hand, unless the file ends. */
export const ROW_LINES_MAX = 50;

/**
 * Reads the row that begins at a line, by the rules of CSV; a quote that breaks the rules is a plain character if the
 * row then has the right number of cells. A damaged row does not affect others: a quote that never ends, or ends only
 * after lines that are rows, is a fault of its line, and reading continues below it.
 */
export function readRecord(lines: readonly Line[], from: number, shape: Shape): Reading {
  const first = lines[from] as Line;
  const { number: line, text } = first;
  if (first.isCut) return { line, next: from + 1, fault: 'is too long for a row: check the quotes and line ends' };
  if (!text.includes('"')) return judged(text.split(shape.delimiter), line, from + 1, shape);
  const row = startOfRow();
  take(row, text, shape.delimiter);
  if (row.open === null) {
    if (row.isSuspect) return { line, next: from + 1, fault: NO_END };
    return judged(row.cells, line, from + 1, shape);
  }

  const end = Math.min(lines.length, from + ROW_LINES_MAX);
  for (let at = from + 1; at < end; at++) {
    const below = lines[at] as Line;
    if (below.isCut || row.isStray) break;
    take(row, below.text, shape.delimiter);
    if (row.open !== null) continue;
    if (row.isStray || isRowsInDisguise(lines, from, at, shape)) break;
    if (fits(row.cells, shape)) return { line, next: at + 1, cells: row.cells };
    if (lines.slice(from + 1, at + 1).some((one) => isRow(one, shape))) break;
    return { line, next: at + 1, fault: miscounted(row.cells, shape) };
  }
  return withoutEnd(lines, from, end, shape);
}

const NO_END = 'cannot be read as CSV: a quote (") opens in it and does not close. Close it, or remove it';

/** The fault of a quote that never ends, including the rest of the broken row. */
function withoutEnd(lines: readonly Line[], from: number, end: number, shape: Shape): Reading {
  const { number: line, text } = lines[from] as Line;
  const isComplete = shape.width === null || text.split(shape.delimiter).length >= shape.width;
  const found = isComplete ? -1 : lines.slice(from + 1, end).findIndex((one) => isRow(one, shape));
  const next = from + 1 + Math.max(found, 0);
  const upTo = lines[next - 1]?.number ?? line;
  return { line, next, fault: upTo > line ? `${NO_END}; lines ${line} to ${upTo} are left out` : NO_END };
}

function judged(cells: readonly string[], line: number, next: number, shape: Shape): Reading {
  return fits(cells, shape) ? { line, next, cells } : { line, next, fault: miscounted(cells, shape) };
}

function miscounted(cells: readonly string[], { width }: Shape): string {
  const curly = cells.some((cell) => /[“”]/.test(cell)) ? ' (straight ones: curly ones hold nothing together)' : '';
  return `has ${cells.length} values where the header has ${width}: check commas and quotes${curly}`;
}

/** As many cells as the header has. One more, even an empty one, may come from a comma inside a value. */
const fits = (cells: readonly string[], { width, widest = width ?? 0 }: Shape) =>
  width === null ||
  (cells.length >= width && cells.length <= widest && cells.every((cell, i) => i < width || cell.trim() === ''));

function isRow({ text, isCut }: Line, shape: Shape): boolean {
  if (isCut) return false;
  const row = startOfRow();
  take(row, text, shape.delimiter);
  return row.open === null && !row.isSuspect && fits(row.cells, shape);
}

/**
 * A quote that ends in a later row only by chance: the line that began it has all its cells without it, and every line
 * below is a row by itself. Values with line breaks and just as many separators do not occur.
 */
function isRowsInDisguise(lines: readonly Line[], from: number, to: number, shape: Shape): boolean {
  const { text } = lines[from] as Line;
  return (
    shape.width !== null &&
    text.split(shape.delimiter).length >= shape.width &&
    lines.slice(from + 1, to + 1).every((one) => one.text === '' || isRow(one, shape))
  );
}

interface Row {
  readonly cells: string[];
  /** What has been read of a quoted value that has not ended. */
  open: string | null;
  /** Quotes inside a quoted value are not doubled. */
  isStray: boolean;
  /** A quoted value contains what looks like the beginning of the next. */
  isSuspect: boolean;
}
const startOfRow = (): Row => ({ cells: [], open: null, isStray: false, isSuspect: false });

/** The beginning of a quoted value, including Excel's `="0123"`, with what may come before it. */
const QUOTE_START = /(?:[^\S\t]|\p{Cf})*=?"/uy;
const SPACE = /(?:[^\S\t]|\p{Cf})*/uy;

/** Adds the cells of a line. */
function take(row: Row, text: string, delimiter: string): void {
  let at = 0;
  if (row.open !== null) {
    row.open += '\n';
    at = quoted(row, text, 0, delimiter);
    if (at > text.length || row.open !== null) return;
  }
  for (;;) {
    QUOTE_START.lastIndex = at;
    if (QUOTE_START.test(text)) {
      row.open = '';
      at = quoted(row, text, QUOTE_START.lastIndex, delimiter);
      if (at > text.length || row.open !== null) return;
      continue;
    }
    const end = text.indexOf(delimiter, at);
    row.cells.push(end < 0 ? text.slice(at) : text.slice(at, end));
    if (end < 0) return;
    at = end + delimiter.length;
  }
}

/** Reads on in a quoted value; returns where the next value begins, or past the line's end. */
function quoted(row: Row, text: string, from: number, delimiter: string): number {
  let value = row.open ?? '';
  for (let at = from; ; ) {
    const quote = text.indexOf('"', at);
    if (quote < 0) {
      row.open = value + text.slice(at);
      return text.length + 1;
    }
    if (text[quote + 1] === '"') {
      value += text.slice(at, quote + 1);
      at = quote + 2;
      continue;
    }
    SPACE.lastIndex = quote + 1;
    SPACE.test(text);
    const after = SPACE.lastIndex;
    if (after >= text.length || text.startsWith(delimiter, after)) {
      row.cells.push(value + text.slice(at, quote));
      row.open = null;
      return after >= text.length ? text.length + 1 : after + delimiter.length;
    }
    const isEscaped = text[quote - 1] === '\\' && quote > at;
    value += isEscaped ? `${text.slice(at, quote - 1)}"` : text.slice(at, quote + 1);
    row.isStray = true;
    row.isSuspect ||= quote > at && text.startsWith(delimiter, quote - delimiter.length);
    at = quote + 1;
  }
}
