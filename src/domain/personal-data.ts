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

const allButLastFour = (text: string): string => {
  let left = [...text.matchAll(new RegExp(DIGIT, 'gu'))].length - 4;
  return text.replace(new RegExp(DIGIT, 'gu'), (digit) => (left-- > 0 ? '•' : digit));
};

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
  if (areSeveralNumbers(groups)) return run;
  let masked = run;
  const cards = CARD_LENGTHS.flatMap((length) => cardsOf(length, groups));
  const whole = cards.find(({ start, end }) => start === 0 && end === groups.length);
  const alone = whole ?? cards.find(({ start, end }) => standsAlone(groups, start, end));
  const hidden = new Set<number>();
  for (const { start, end } of alone ? [alone] : cards) {
    const places = [...groups.keys()].slice(start, end);
    if (places.some((place) => hidden.has(place))) continue;
    for (const place of places) hidden.add(place);
    const [first, last] = [groups[start]?.start, groups[end - 1]?.end];
    masked = masked.slice(0, first) + allButLastFour(masked.slice(first, last)) + masked.slice(last);
  }
  return masked;
}

/** Masks what a pattern for plain digits finds, whatever digits it is written with. */
function maskNumbers(text: string, pattern: RegExp, isOne: (digits: string) => boolean = () => true): string {
  return [...plainDigits(text).matchAll(pattern)].reduce((masked, { 0: whole, 1: found = whole, index }) => {
    if (!isOne(found.replace(/[^0-9]/g, ''))) return masked;
    const end = index + found.length;
    return masked.slice(0, index) + allButLastFour(masked.slice(index, end)) + masked.slice(end);
  }, text);
}

/** Whether a card at this place would leave only whole, separate numbers on both sides. */
const standsAlone = (groups: readonly Group[], start: number, end: number): boolean =>
  (start === 0 || groups[start]?.apart === true) &&
  (groups[end]?.apart ?? true) &&
  areSeveralNumbers(groups.slice(0, start)) &&
  areSeveralNumbers(groups.slice(end));

/** Every row of adjacent groups that makes a card number of this length. */
function cardsOf(length: number, groups: readonly Group[]) {
  return groups.flatMap((_group, start) => {
    const lengths = groups.slice(start, start + length).map(({ digits }) => digits.length);
    const size =
      lengths.findIndex((_length, last) => lengths.slice(0, last + 1).reduce((sum, n) => sum + n) >= length) + 1;
    const end = start + size;
    const taken = groups.slice(start, end);
    const digits = digitsOf(taken);
    const isCard = digits.length === length && passesLuhn(digits) && !areSeveralNumbers(taken);
    return isCard ? [{ start, end }] : [];
  });
}

const digitsOf = (groups: readonly Group[]) => groups.map(({ digits }) => digits).join('');

/** SJ numbers (5 to 12 digits) and phone numbers in a row, which may pass the check by chance. */
function areSeveralNumbers(groups: readonly Group[]): boolean {
  if (groups.length === 0) return true;
  const lengths = groups
    .slice(0, 4)
    .map(({ digits }) => digits.length)
    .join(',');
  return [/^([5-9]|1[0-2])(?=,|$)/, /^(1,)?3,3,4(?=,|$)/, /^3,4(?=,|$)/].some((number) => {
    const [used] = number.exec(lengths) ?? [];
    if (used === undefined) return false;
    const rest = groups.slice(used.split(',').length);
    return (rest[0]?.apart ?? true) && areSeveralNumbers(rest);
  });
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
