/** A line as an editor numbers it, from 1, without its end. */
export interface Line {
  readonly number: number;
  readonly text: string;
  /** Longer than any row can be: only its beginning is kept. */
  readonly isCut: boolean;
}

export const LINE_MAX = 100_000;

/** Splits a text that comes in pieces into lines, with any of the three line ends. */
export function splitLines() {
  let number = 0;
  let rest = '';
  let isCut = false;
  let isAfterReturn = false;

  const grow = (piece: string) => {
    if (rest.length + piece.length > LINE_MAX) isCut = true;
    rest = isCut ? (rest + piece).slice(0, LINE_MAX) : rest + piece;
  };
  const finish = (): Line => {
    const line = { number: ++number, text: rest, isCut };
    rest = '';
    isCut = false;
    return line;
  };
  return {
    /** The lines that end in this piece. */
    push(piece: string): Line[] {
      if (piece === '') return [];
      const text = isAfterReturn && piece.startsWith('\n') ? piece.slice(1) : piece;
      isAfterReturn = piece.endsWith('\r');
      const parts = text.split(/\r\n|\n|\r/);
      const last = parts.pop() ?? '';
      const lines = parts.map((part) => {
        grow(part);
        return finish();
      });
      grow(last);
      return lines;
    },
    /** What comes after the last line end, if anything. */
    end: (): Line[] => (rest === '' ? [] : [finish()]),
  };
}
