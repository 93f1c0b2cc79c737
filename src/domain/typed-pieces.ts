import { plainForm } from './clean-text';
import type { Numbers } from './forms/numbers';

/** A piece of typed text: a number, a label that announces one, or a word. */
export interface Piece {
  /** `account`: letters and digits, as in accounts · `digits` · `label`: "SP", "SJ#" … · `word`: the rest. */
  readonly is: 'account' | 'digits' | 'label' | 'word';
  /** Normalized: plain characters, upper case, digits without dashes. */
  readonly value: string;
  /** What a label announces. */
  readonly of?: 'sp' | 'sj';
  /** Whether the letters may be the beginning of an account written in two parts ("SP 100275"). */
  readonly prefix: boolean;
  /** Whether it is something else: an amount of money, a date, a social security number, a name, what a label says. */
  readonly other: boolean;
  /** What separates it from the piece before. */
  readonly gap: 'blank' | 'mark' | 'none';
  /** Its position in the text. */
  readonly start: number;
}

/** Separators: spaces, and the marks that people and tables put between numbers. */
const PIECE = /[^\s,;/|—–―−"“”„'‘’«»‹›()[\]{}<>*_~`#:=•·+&?]+/gu;
const SP_LABELS = /^(SP|ACCOUNT|ACCT|ACC|PROVIDER)$/;
const SJ_LABELS = /^(SJ|JOB)$/;
/** Words between a label and its number: "SP account no. 100275". */
const FILLERS = /^(ACCOUNT|ACCT|NUMBER|NUM|NO|NR|ID|IS)$/;
/** Phone numbers, however their groups are separated: one of North America, or any other that begins with a plus. */
const PHONE =
  /(?<!\d)(?:(?:(?:\+\d{1,3}|1)[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}|\+\d(?:[ .()/-]{0,3}\d){7,14})(?!\d)/gu;
/** Dates, social security numbers, ZIP+4, local phone numbers: not how jobs are numbered. */
const OTHER_FORM = /^\d+-\d+-|^\d{5}-\d{4}$|^\d{3}-\d{4}$/;
/** What announces another number, what follows one, and what ends an address after its house number. */
const OTHER_LABELS =
  /^(TEL|TELEPHONE|PHONE|PH|FAX|CELL|MOBILE|EXT|ZIP|PO|ORDER|INVOICE|INV|QUOTE|REF|TICKET|CASE|CLAIM|SSN|VIN|UNIT|TRUCK|BADGE|PLATE|LICENSE|USD|EUR)$/;
const UNITS = /^(USD|DOLLARS?|BUCKS|EUR|EUROS?|MILES?|MI|KM)$/;
const STREETS = /^(ST|STREET|AVE|AVENUE|RD|ROAD|BLVD|LN|LANE|HWY|PKWY)$/;
/** Words that no street begins with: "55667 blocked the road". */
const NO_STREET = /^(A|AND|AT|BY|FOR|FROM|IN|IS|OF|OFF|ON|THE|TO|WAS)$/;
const ACCOUNT = /^(?=.*\d)(?=.*[A-Z])[A-Z0-9-]{3,20}$/;

/** The pieces of what was typed after a command, in order. */
export function pieces(text: string, numbers: Numbers): readonly Piece[] {
  const phones = [...text.matchAll(PHONE)].map(({ index, 0: { length } }) => ({ from: index, to: index + length }));
  const found: Piece[] = [];
  let end = 0;
  for (const { 0: raw, index } of text.matchAll(PIECE)) {
    const between = text.slice(end, index);
    const inPhone = phones.some(({ from, to }) => index >= from && index < to);
    found.push(...readPiece(raw, { start: index, between, inPhone, before: found.at(-1), numbers }));
    end = index + raw.length;
  }
  return found.map((piece, i) => settled(piece, found, i));
}

/** A label counts if a number follows it; digits, if they are long enough for a number or part of one. */
function settled(piece: Piece, all: readonly Piece[], i: number): Piece {
  const next = all.slice(i + 1).find(({ is }) => is !== 'label');
  const isWord =
    (piece.is === 'label' && !(next && (next.is === 'account' || (next.is === 'digits' && next.value.length > 2)))) ||
    (piece.is === 'digits' && piece.value.length < 3);
  return isWord ? { ...piece, is: 'word' } : { ...piece, other: piece.other || isOther(piece, all, i) };
}

/** Whether the words around it make it another number: "invoice no. 556677", "12500 dollars", "12345 Main St". */
function isOther({ is, value }: Piece, all: readonly Piece[], i: number): boolean {
  if (is !== 'digits' && (is !== 'account' || /^SP-?\d/.test(value))) return false;
  const before = all.slice(Math.max(0, i - 3), i).findLast((piece) => !FILLERS.test(piece.value));
  if (before?.is === 'word' && OTHER_LABELS.test(before.value)) return true;
  const [next, ...then] = all.slice(i + 1, i + 4);
  if (next?.is !== 'word') return false;
  const street = [next, ...then.slice(0, then.findIndex((piece) => STREETS.test(piece.value)) + 1)];
  const isStreet = street.length > 1 && street.every((piece) => piece.is === 'word' && !NO_STREET.test(piece.value));
  return UNITS.test(next.value) || (value.length < 6 && isStreet);
}

interface Around {
  readonly start: number;
  readonly between: string;
  readonly inPhone: boolean;
  readonly before: Piece | undefined;
  readonly numbers: Numbers;
}

const isJob = (value: string, { parseSjNumber }: Numbers): boolean => {
  const parsed = parseSjNumber(value);
  return parsed.ok && parsed.value === value;
};

function readPiece(raw: string, { start, between, inPhone, before, numbers }: Around): Piece[] {
  const value = plainForm(raw)
    .replace(/^[-.!?]+|[-.!?]+$/g, '')
    .toUpperCase();
  const gap = start === 0 ? 'none' : /^\s+$/.test(between) ? 'blank' : 'mark';
  const isMoney = /\p{Sc}\s*$/u.test(between);
  const piece = (is: Piece['is'], more: Partial<Piece> = {}): Piece => ({
    is,
    value,
    prefix: /^[A-Z]{2,6}$/.test(value),
    other: isMoney,
    gap,
    start,
    ...more,
  });
  if (!value) return [];
  if (inPhone) return [piece('word', { prefix: false })];
  if (before?.is === 'label' && FILLERS.test(value))
    return [{ ...piece('label'), of: before.of ?? 'sp', prefix: false }];
  if (SP_LABELS.test(value)) return [piece('label', { of: 'sp' })];
  if (SJ_LABELS.test(value)) return [piece('label', { of: 'sj', prefix: false })];
  // A job number with letters or dashes ("JOB-2024-00017") is a number, too.
  if (/\d/.test(value) && isJob(value, numbers)) return [piece('digits', { prefix: false })];
  if (/^\d+(-\d+)*$/.test(value)) {
    const other = OTHER_FORM.test(value) || isMoney;
    return [piece('digits', { value: value.replaceAll('-', ''), prefix: false, other })];
  }
  const [, account, job] = /^(SP-?\d{3,})?-?SJ-?(\d{5,12})$/.exec(value) ?? [];
  if (job)
    return [
      ...(account ? [piece('account', { value: account, prefix: false })] : []),
      piece('label', { of: 'sj', gap: account ? 'mark' : gap, prefix: false }),
      piece('digits', { value: job, gap: 'none', prefix: false }),
    ];
  return ACCOUNT.test(value) ? [piece('account', { prefix: false, other: isName(value, numbers) })] : [piece('word')];
}

/** Whether it is more likely a name ("H2O", "24HR") or a VIN than an account, where accounts may be plain words, too. */
const isName = (value: string, { parseSpAccount }: Numbers): boolean =>
  (!/\d{3}$|^[A-Z]{2,}-\d+$/.test(value) || value.length === 17) && parseSpAccount(value.replace(/\d/g, 'A')).ok;
