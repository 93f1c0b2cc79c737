import { wordsIn } from './words';

/** The person whose data is searched for. */
export interface PersonQuery {
  readonly phone?: string;
  readonly email?: string;
  readonly name?: string;
}

/** What replaces erased text. */
export const ERASED = '[erased]';

const LEAST_DIGITS = 7;
const LEAST_NAME_WORDS = 2;

/** What is wrong with it, as a sentence; null if it identifies someone well enough to spare other people's words. */
export function personQueryFault({ phone, email, name }: PersonQuery): string | null {
  if (phone === undefined && email === undefined && name === undefined)
    return 'Say who: --phone, --email or --name, or several of them.';
  if (phone !== undefined && digitsOf(phone).length < LEAST_DIGITS)
    return `A phone number has ${LEAST_DIGITS} digits or more: "${phone}" has not.`;
  if (email !== undefined && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim())) return `"${email}" is no email address.`;
  if (name !== undefined && wordsIn(name).length < LEAST_NAME_WORDS)
    return 'Give the first and the last name: one word alone is found in what others wrote about others.';
  return null;
}

/** The words that find cases mentioning them: all words of any of these lists. */
export function wordsToFind({ phone, email, name }: PersonQuery): readonly (readonly string[])[] {
  const digits = phone === undefined ? '' : national(digitsOf(phone));
  // A number is written in one piece or in groups; either way, it ends with its last four digits.
  const numbers = digits ? [`1${digits}`, digits, digits.slice(-7), digits.slice(-4)] : [];
  return [
    ...[...new Set(numbers)].map((number) => [number]),
    ...(email === undefined ? [] : [[...new Set(wordsIn(email))]]),
    ...(name === undefined ? [] : [[...new Set(wordsIn(name))]]),
  ];
}

/** Checks whether a text mentions them, and removes that. */
export interface Eraser {
  mentions(text: string): boolean;
  erased(text: string): string;
}

/** Finds them however a number is grouped, in any letter case, and with the last name first. */
export function eraserOf({ phone, email, name }: PersonQuery): Eraser {
  const patterns = [
    ...(phone === undefined ? [] : [phonePattern(national(digitsOf(phone)))]),
    ...(email === undefined ? [] : [`(?<![\\p{L}\\p{N}._%+-])${literal(email.trim())}(?![\\p{L}\\p{N}-])`]),
    ...(name === undefined ? [] : namePatterns(name)),
  ].map((pattern) => new RegExp(pattern, 'giu'));
  const erased = (text: string) =>
    patterns.reduce((left, pattern) => left.replace(pattern, ERASED), text.normalize('NFC'));
  return {
    erased: (text) => (patterns.some((pattern) => text.normalize('NFC').search(pattern) >= 0) ? erased(text) : text),
    mentions: (text) => patterns.some((pattern) => text.normalize('NFC').search(pattern) >= 0),
  };
}

const digitsOf = (text: string) => text.replace(/\D/g, '');
/** Without the US country code, which people write or leave out. */
const national = (digits: string) => (digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits);
const phonePattern = (digits: string) =>
  `(?<!\\d)(?:\\+?1[\\s().-]{0,3})?\\(?${[...digits].join('[\\s().\\/-]{0,3}')}(?!\\d)`;
const literal = (text: string) => text.normalize('NFC').replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

function namePatterns(name: string): readonly string[] {
  const words = name.trim().split(/[\s,]+/);
  const last = words.at(-1) ?? '';
  const whole = (pattern: string) => `(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`;
  const joined = (all: readonly string[], by: string) => all.map(literal).join(by);
  return [whole(joined(words, '[\\s.]+')), whole(joined([last, ...words.slice(0, -1)], '[\\s,]+'))];
}

/** A value with `map` applied to every text in it; the same value if nothing changed. */
export function mapTexts<T>(value: T, map: (text: string) => string): T {
  if (typeof value === 'string') return map(value) as T & string;
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (Array.isArray(value)) {
    const mapped: unknown[] = value.map((one: unknown) => mapTexts(one, map));
    return mapped.every((one, i) => one === value[i]) ? value : (mapped as T & unknown[]);
  }
  const entries = Object.entries(value).map(([key, one]) => [key, mapTexts<unknown>(one, map)] as const);
  const own = value as Readonly<Record<string, unknown>>;
  return entries.every(([key, one]) => one === own[key]) ? value : (Object.fromEntries(entries) as T & object);
}

/** Every text in a value. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || value instanceof Date) return [];
  return Object.values(value).flatMap(textsIn);
}
