import { splitLines } from './lines';
import { notText } from './not-text';

/** Returns the bytes of a file, from its start each time. */
export type Open = () => AsyncIterable<Uint8Array>;
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
/** A file's encoding; or why it cannot be read, after "The file", and the line that shows it. */
export type Written =
  | { readonly ok: true; readonly encoding: Encoding }
  | { readonly ok: false; readonly line: number; readonly reason: string };

const AGAIN = 'Save it as CSV UTF-8 (in Excel: Save As, CSV UTF-8) and import that file';
const NO_CODE_PAGE = `is not UTF-8, and its characters are not certain. ${AGAIN}`;
const NOT_WHOLE = `has bytes that are not characters, so part of it is damaged. ${AGAIN}`;
const CUT = 'is cut off in the middle of a character: it is incomplete. Export or copy it again';
const HEAD_BYTES = 4096;

/**
 * Reads a whole file before any row of it: a byte far down decides how all of it is read. UTF-8 and UTF-16 with or
 * without a byte order mark; anything else is Windows-1252, the code page of a Western Excel, if every character makes
 * sense in it, and is refused otherwise. Memory does not grow with the file.
 */
export async function lookAt(open: Open): Promise<Written> {
  const head = await headOf(open);
  const reason = notText(head);
  if (reason) return { ok: false, line: 1, reason };
  const marked = unicodeOf(head);
  const encoding = marked ?? 'utf-8';
  const found = await wholeness(open, encoding);
  if (found === 'whole') return { ok: true, encoding };
  if (found === 'broken' && marked === null) {
    const line = await firstLine(open, 'windows-1252', DOUBTFUL);
    return line === null ? { ok: true, encoding: 'windows-1252' } : { ok: false, line, reason: NO_CODE_PAGE };
  }
  const line = (await firstLine(open, encoding, /\uFFFD/)) ?? 1;
  return { ok: false, line, reason: found === 'cut' ? CUT : NOT_WHOLE };
}

/** A file's text, as its bytes come. */
export async function* textOf(open: Open, encoding: Encoding): AsyncGenerator<string> {
  if (encoding === 'windows-1252') {
    for await (const bytes of open()) yield windows1252(bytes);
    return;
  }
  const decoder = new TextDecoder(encoding);
  for await (const bytes of open()) yield decoder.decode(bytes, { stream: true });
  yield decoder.decode();
}

async function headOf(open: Open): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const bytes of open()) {
    // A copy: the next piece may overwrite this one.
    chunks.push(Buffer.from(bytes));
    size += bytes.length;
    if (size >= HEAD_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, HEAD_BYTES);
}

/** The Unicode encoding that a file's first bytes show: by its mark, or by every other byte being zero. */
function unicodeOf(head: Buffer): Exclude<Encoding, 'windows-1252'> | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  // The first line has column names, in ASCII.
  const start = [...head.subarray(0, 16)];
  if (start.length < 4) return null;
  const isZero = (rest: number) => start.every((byte, i) => i % 2 !== rest || byte === 0);
  if (isZero(1) && !isZero(0)) return 'utf-16le';
  if (isZero(0) && !isZero(1)) return 'utf-16be';
  return null;
}

const isInvalidData = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA';

async function wholeness(open: Open, encoding: Encoding): Promise<'whole' | 'cut' | 'broken'> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const isRight = (bytes?: Uint8Array) => {
    try {
      decoder.decode(bytes, { stream: bytes !== undefined });
      return true;
    } catch (error) {
      if (isInvalidData(error)) return false;
      throw error;
    }
  };
  for await (const bytes of open()) if (!isRight(bytes)) return 'broken';
  return isRight() ? 'whole' : 'cut';
}

async function firstLine(open: Open, encoding: Encoding, thing: RegExp): Promise<number | null> {
  const lines = splitLines();
  for await (const text of textOf(open, encoding)) {
    const found = lines.push(text).find((line) => thing.test(line.text));
    if (found) return found.number;
  }
  return lines.end().find((line) => thing.test(line.text))?.number ?? null;
}

/** Windows-1252 where it differs from Latin-1, from 0x80 on; undefined bytes stay controls. */
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';
// Not TextDecoder: some releases of Node.js read windows-1252 as Latin-1.
const windows1252 = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    .toString('latin1')
    .replace(/[\x80-\x9F]/g, (char) => HIGH[char.charCodeAt(0) - 0x80] ?? char);

const LETTER = 'A-Za-zÀ-ÖØ-öø-ÿ';
/** What Windows-1252 text hardly ever has, but other code pages or damaged UTF-8 show when read as such. */
const DOUBTFUL = new RegExp(
  [
    // Characters that no one types into a table.
    `[^\\0-\\x7F${LETTER}€…‘’“”•–—™\\u00A0¡¢£§©ª«®°±²³´µ·º»¼½¾¿]`,
    // Marks inside a word: accented letters of MacRoman and DOS.
    `[${LETTER}][€…‘“”•¡¢£§«°±²³´µ»¼½¾¿][${LETTER}]`,
    `[${LETTER}][‘“]|[${LETTER}][–—™][a-z]`,
    // An apostrophe without a usual ending: MacRoman's í.
    `[${LETTER}]’(?!(?:s|t|l|ll|re|ve)(?![${LETTER}]))[a-zà-öø-ÿ]`,
    // An accented capital after a small letter or a digit, or alone: MacRoman's quotes and dashes.
    `[a-z0-9à-öø-ÿ][À-ÖØ-Þ]|(?<![${LETTER}])[ÐÑÒÓÔÕ](?![${LETTER}])`,
    // Parts of UTF-8 sequences.
    `[ÂÃÐ](?![${LETTER}])|â€`,
    // Words of accented letters only: Cyrillic, Greek and other alphabets.
    '[À-ÖØ-öø-ÿ]{3}',
  ].join('|'),
);
