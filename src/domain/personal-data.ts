import { inShape, isFreeText } from './forms/answer';
import type { Answer, Answers, Form } from './forms/form';
import { definitionOf } from './move';
import type { Move } from './moves/declared';

export type PersonalDatum = 'card' | 'ssn';

export interface Masked<T> {
  readonly text: T;
  /** What was found, without duplicates. */
  readonly masked: PersonalDatum[];
}

/**
 * Free text with payment card numbers (13 to 19 digits that pass the Luhn check, however spaced, dashed or styled) and
 * US social security numbers masked except for their last four digits (domain section 10). Phone numbers, SJ numbers
 * and SP account numbers stay. Masking masked text changes nothing.
 */
export function maskPersonalData(text: string): Masked<string> {
  const withoutCards = CARD_SHAPES.reduce((masked, shape) => maskNumbers(masked, shape, passesLuhn), text).replace(
    DIGIT_RUN,
    maskCards,
  );
  const clean = SSNS.reduce((masked, shape) => maskNumbers(masked, shape), withoutCards);
  const masked: PersonalDatum[] = [];
  if (withoutCards !== text) masked.push('card');
  if (clean !== withoutCards) masked.push('ssn');
  return { text: clean, masked };
}

/**
 * A form's answers with every free text masked before it is stored, and what is masked in them, including what a draft
 * masked before, because its writer has not been told yet. Numbers that the form parses (SP account, SJ) and choices
 * stay.
 */
export function maskAnswers(form: Form, answers: Answers): { answers: Answers; masked: PersonalDatum[] } {
  const masked = new Set<PersonalDatum>();
  const clean: Record<string, Answer> = { ...answers };
  for (const question of form.questions) {
    const answer = isFreeText(question) ? inShape(question, answers[question.id]) : undefined;
    if (typeof answer !== 'string') continue;
    const result = maskPersonalData(answer);
    clean[question.id] = result.text;
    for (const datum of [...result.masked, ...maskedBefore(result.text)]) masked.add(datum);
  }
  return { answers: clean, masked: [...masked] };
}

/** What was masked in a text earlier, by its marks: a card has 13 to 19 digits, an SSN nine, the last four kept. */
const maskedBefore = (text: string): PersonalDatum[] => [
  ...(MASKED_CARD.test(text) ? ['card' as const] : []),
  ...(MASKED_SSN.test(text) ? ['ssn' as const] : []),
];

/** A move with its free texts masked before it is stored. */
export function maskMove(move: Move): { move: Move; masked: PersonalDatum[] } {
  const masked = new Set<PersonalDatum>();
  const typed: Readonly<Record<string, unknown>> = { ...move };
  const clean = Object.entries(definitionOf(move.type).texts).flatMap(([field, is]) => {
    const value = typed[field];
    if (is !== 'free' || typeof value !== 'string') return [];
    const result = maskPersonalData(value);
    for (const datum of result.masked) masked.add(datum);
    return [[field, result.text]];
  });
  return { move: { ...move, ...Object.fromEntries(clean) }, masked: [...masked] };
}

const DATUM_WORDS: Record<PersonalDatum, string> = { card: 'card number', ssn: 'social security number' };

/** What to tell the person who typed it. Empty if nothing was masked. */
export function maskedNotice(masked: readonly PersonalDatum[]): string {
  const [first, second] = masked.map((datum) => DATUM_WORDS[datum]);
  if (!first) return '';
  return second
    ? `A ${first} and a ${second} were masked: only the last four digits of each were kept. Please do not ask for them.`
    : `A ${first} was masked: only its last four digits were kept. Please do not ask for it.`;
}

/** Any script's digits of one UTF-16 unit. */
const DIGIT = '(?![\\u{10000}-\\u{10FFFF}])\\p{Nd}';
/** Includes Slack's style marks, since part of a number may be bold, and invisible characters. */
const SEPARATOR = '[\\s\\p{Pd}\\u2212.*_~`\\p{Cf}\\uFE0F\\u20E3]';
/** Groups of digits close together: a card number, or several numbers in a row. */
const DIGIT_RUN = new RegExp(`${DIGIT}+(?:${SEPARATOR}{1,6}${DIGIT}+)*`, 'gu');

/** What may stand between digits that belong together: a few characters, neither letters nor digits. */
const MARKS = '[^\\p{L}\\p{Nd}•]';
const MASKED_CARD = new RegExp(`(?:•${MARKS}{0,9}){9,15}(?:${DIGIT}${MARKS}{0,9}){4}`, 'u');
const MASKED_SSN = new RegExp(`(?<!•${MARKS}{0,9})(?:•${MARKS}{0,9}){5}${DIGIT}{4}`, 'u');

/** Masks the digits of a part, except for its last four. `units`: the UTF-16 units of a text. */
function maskPart(units: string[], start: number, end: number): void {
  const digits = units.slice(start, end).flatMap((unit, at) => (/^\p{Nd}$/u.test(unit) ? [start + at] : []));
  for (const at of digits.slice(0, -4)) units[at] = '•';
}

/** The text with every script's digits as 0 to 9, each at its place. */
const plainDigits = (text: string): string => text.replace(new RegExp(DIGIT, 'gu'), plainDigit);

/** Digits of one script stand next to each other, from its zero on. */
function plainDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  let value = 0;
  while (/\p{Nd}/u.test(String.fromCharCode(code - value - 1))) value++;
  return String(value % 10);
}

interface Group {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
  /** Preceded by white space, as between two numbers. */
  readonly apart: boolean;
}

/** Usual lengths of card numbers first, so that a number beside a card is not taken for part of it. */
const CARD_LENGTHS = [16, 15, 14, 13, 19, 18, 17];

function maskCards(run: string): string {
  const groups = [...run.matchAll(new RegExp(`${DIGIT}+`, 'gu'))].map(({ 0: digits, index }, place, all): Group => {
    const before = all[place - 1];
    const gap = before ? run.slice(before.index + before[0].length, index) : '';
    return { digits: plainDigits(digits), start: index, end: index + digits.length, apart: /\s/.test(gap) };
  });
  const { before, after } = wholeNumbers(groups);
  if (after.has(0)) return run;
  const cards = CARD_LENGTHS.flatMap((length) => cardsOf(length, groups));
  const whole = cards.find(({ start, end }) => start === 0 && end === groups.length);
  /** It would leave only whole, separate numbers on both sides. */
  const standsAlone = ({ start, end }: Row) =>
    (start === 0 || groups[start]?.apart === true) &&
    (groups[end]?.apart ?? true) &&
    before.has(start) &&
    after.has(end);
  const alone = whole ?? cards.find(standsAlone);
  const units = run.split('');
  const hidden = new Set<number>();
  for (const { start, end } of alone ? [alone] : cards) {
    const row = groups.slice(start, end);
    if (row.some((group) => hidden.has(group.start))) continue;
    for (const group of row) hidden.add(group.start);
    maskPart(units, groups[start]?.start ?? 0, groups[end - 1]?.end ?? 0);
  }
  return units.join('');
}

/** Masks what a pattern for plain digits finds, whatever digits it is written with. */
function maskNumbers(text: string, pattern: RegExp, isOne: (digits: string) => boolean = () => true): string {
  const units = text.split('');
  for (const { 0: whole, 1: found = whole, index } of plainDigits(text).matchAll(pattern))
    if (isOne(found.replace(/[^0-9]/g, ''))) maskPart(units, index, index + found.length);
  return units.join('');
}

/** Adjacent groups: the places of the first one, and after the last one. */
interface Row {
  readonly start: number;
  readonly end: number;
}

/** Every row of adjacent groups that makes a card number of this length. */
function cardsOf(length: number, groups: readonly Group[]): Row[] {
  return groups.flatMap((_group, start) => {
    const lengths = groups.slice(start, start + length).map(({ digits }) => digits.length);
    const size =
      lengths.findIndex((_length, last) => lengths.slice(0, last + 1).reduce((sum, n) => sum + n) >= length) + 1;
    const end = start + size;
    const taken = groups.slice(start, end);
    const digits = digitsOf(taken);
    const isCard = digits.length === length && passesLuhn(digits) && !wholeNumbers(taken).after.has(0);
    return isCard ? [{ start, end }] : [];
  });
}

const digitsOf = (groups: readonly Group[]) => groups.map(({ digits }) => digits).join('');

/**
 * The places between groups before and after which there are only whole numbers, apart from each other: SJ numbers (5 to
 * 12 digits) and phone numbers, which may pass the check by chance.
 */
function wholeNumbers(groups: readonly Group[]): {
  readonly before: ReadonlySet<number>;
  readonly after: ReadonlySet<number>;
} {
  const lengths = groups.map(({ digits }) => digits.length);
  /** The place after the number that begins here, or null. */
  const ends = groups.map((_group, at) => {
    const [used] = /^(?:[5-9]|1[0-2]|(?:1,)?3,3,4|3,4)(?=,|$)/.exec(lengths.slice(at, at + 4).join(',')) ?? [];
    return used === undefined ? null : at + used.split(',').length;
  });
  const goesOn = (at: number) => groups[at]?.apart ?? true;
  const before = new Set([0]);
  for (let at = ends[0] ?? null; at !== null; at = goesOn(at) ? (ends[at] ?? null) : null) before.add(at);
  const after = new Set([groups.length]);
  for (const [at, end] of [...ends.entries()].reverse())
    if (end !== null && after.has(end) && goesOn(end)) after.add(at);
  return { before, after };
}

/** The check digit rule of payment cards (ISO/IEC 7812). */
function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0 && /[1-9]/.test(digits);
}

/** What may stand between the groups of a card; amounts of money are none. */
const BETWEEN = '[^\\p{L}\\p{Nd}\\p{Sc}•]{1,9}';
const FOUR = '(?<![0-9])[0-9]{4}(?![0-9])';
/**
 * Groups as on a card, with marks between them that otherwise separate numbers: "4111, 1111, 1111, 1111". Beside two
 * more groups of four, they are a list, of which some would pass the check by chance.
 */
const CARD_SHAPES = [
  new RegExp(
    `(?<![0-9])(?<!${FOUR}${BETWEEN}${FOUR}${BETWEEN})(?=((?:[3-6][0-9]|2[2-7])[0-9]{2}(?:${BETWEEN}[0-9]{4}){3})(?![0-9])(?!(?:${BETWEEN}${FOUR}){2}))`,
    'gu',
  ),
  new RegExp(
    `(?<![0-9])(?=(3(?:[47][0-9]{2}${BETWEEN}[0-9]{6}${BETWEEN}[0-9]{5}|[0689][0-9]{2}${BETWEEN}[0-9]{6}${BETWEEN}[0-9]{4}))(?![0-9]))`,
    'gu',
  ),
];

/** Area 001 to 899 without 666, group 01 to 99, serial 0001 to 9999: the numbers that are issued. */
const ssn = (between: string) => `(?!000|666|9)[0-9]{3}${between}(?!00)[0-9]{2}${between}(?!0000)[0-9]{4}`;
/** What announces one; then nine digits are one however they are grouped. Without it, they may be an SJ number. */
const ANNOUNCED = `\\b(?:ssn|s\\.?s\\.?n\\b|ss ?(?=#|no\\b|number)|soc(?:ial)?(?:[. ]{1,2}sec(?:urity)?)?\\b)(?:${MARKS}{0,4}\\b(?:number|num|no|is|was|it)\\b){0,4}${MARKS}{0,6}`;
const SSNS = [
  new RegExp(`(?<![0-9]\\p{Pd}?)(?:${ssn(`${SEPARATOR}{1,6}`)}|${ssn(' ?/ ?')})(?!\\p{Pd}?[0-9])`, 'gu'),
  new RegExp(`(?<=${ANNOUNCED})(?!000|666|9)[0-9](?:${SEPARATOR}{0,3}[0-9]){8}(?![0-9])`, 'giu'),
];
