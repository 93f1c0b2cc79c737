import { cleanText } from './clean-text';
import { NUMBER_MAX, type Numbers } from './forms/numbers';
import { type Piece, pieces } from './typed-pieces';

/** What is certain about the text typed after a command; doubtful parts are absent. */
export interface TypedWords {
  readonly account?: string;
  readonly sj?: string;
  /** Words before the numbers that may name an SP. Absent once the account is known. */
  readonly name?: string;
  /** The rest of the text, as typed. */
  readonly details?: string;
  /** Something like a number was left out, because it could be more than one thing. */
  readonly doubtful: boolean;
}

/** A typed number: what it may be, and its pieces. */
interface Candidate {
  readonly value: string;
  readonly from: number;
  readonly to: number;
  readonly how: 'whole' | 'labeled' | 'glued' | 'bare';
  /** Digits joined to it by a dash: perhaps the job's number ("SP100275-556677"). */
  readonly rest?: string;
}

/** How many accounts are looked up for one command. */
const MOST_LOOKED_UP = 16;

/** What was typed, without Slack's markup and invisible characters. */
export const plainTyped = (text: string): string => cleanText(unmarked(text));
const unmarked = (text: string) =>
  text
    .replace(
      /<(?:tel:|mailto:|https?:\/\/)?([^<>|]*)(?:\|([^<>]*))?>/g,
      (_, target: string, label?: string) => label ?? target,
    )
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** The accounts that a text may name, to look up in the directory before `readTyped`. */
export const accountsIn = (text: string, numbers: Numbers): readonly string[] =>
  [...new Set(accountCandidates(pieces(text, numbers), numbers).map(({ value }) => value))].slice(0, MOST_LOOKED_UP);

/**
 * Finds the SP account and the SJ number in what was typed after a command: by format, by labels ("SP", "SJ#") and by
 * the directory, in any order and with any separator. `known`: which of `accountsIn` the directory has. A doubtful
 * number is left out, never guessed.
 */
export function readTyped(text: string, known: ReadonlySet<string>, numbers: Numbers): TypedWords {
  const all = pieces(text, numbers);
  const account = chosenAccount(all, known, numbers);
  const sj = chosenSj(all, account, numbers);
  const used = [account, sj].filter((candidate) => candidate !== null);
  const isUsed = (i: number) => used.some(({ from, to }) => i >= from && i <= to);
  const isNumber = all.map(({ is, other }, i) => (is !== 'word' && !other) || isUsed(i));
  const end = endOfFirstNumbers(all);
  const inDoubt = all.some(
    ({ is, other }, i) => i < end && (is === 'digits' || is === 'account') && !other && !isUsed(i),
  );
  const words = wordsBeside(text, all, isNumber, account !== null);
  return {
    ...(account && { account: account.value }),
    ...(sj && { sj: sj.value }),
    ...words,
    doubtful: inDoubt,
  };
}

/** Everything that may be an account: a whole one, one after a label, one in two parts, digits alone. */
function accountCandidates(all: readonly Piece[], { parseSpAccount }: Numbers): Candidate[] {
  return all.flatMap((piece, i): Candidate[] => {
    const before = all[i - 1];
    const isSp = before?.is === 'label' && before.of === 'sp';
    const found: Candidate[] = [];
    const add = (how: Candidate['how'], from: number, to: number, ...values: string[]) => {
      for (const raw of values) {
        const parsed = parseSpAccount(raw);
        if (parsed.ok) found.push({ value: parsed.value, from, to, how });
      }
    };
    if (piece.is === 'account') {
      add(isSp ? 'labeled' : 'whole', i, i, piece.value);
      // An account written with a dash that the directory has without one, or the other way around.
      add('glued', i, i, piece.value.replaceAll('-', ''), piece.value.replace(/^([A-Z]+)(\d+)$/, '$1-$2'));
      const [, front, rest] = /^(.+?)-(\d{5,12})$/.exec(piece.value) ?? [];
      if (front && rest) found.push({ value: front, from: i, to: i, how: 'glued', rest });
    }
    if (piece.is !== 'digits' || (before?.is === 'label' && before.of === 'sj') || (piece.other && !isSp)) return found;
    const run = digitRun(all, i);
    add(isSp ? 'labeled' : 'bare', i, i, piece.value, `SP${piece.value}`, `SP-${piece.value}`);
    if (run.to > i) add('glued', i, run.to, run.value, `SP${run.value}`, `SP-${run.value}`);
    if (before?.prefix) add('glued', i - 1, i, `${before.value}${piece.value}`, `${before.value}-${piece.value}`);
    return found;
  });
}

/** Digits separated only by a space, as one number. One that is too long is cut, and still too long. */
function digitRun(all: readonly Piece[], from: number): { readonly value: string; readonly to: number } {
  let to = from;
  let value = all[from]?.value ?? '';
  for (
    let next = all[to + 1];
    next?.is === 'digits' && next.gap === 'blank' && value.length <= NUMBER_MAX;
    next = all[to + 1]
  ) {
    value += next.value;
    to++;
  }
  return { value, to };
}

/** The only possible account: one in the directory, else one written whole among the first numbers. */
function chosenAccount(all: readonly Piece[], known: ReadonlySet<string>, numbers: Numbers): Candidate | null {
  const candidates = accountCandidates(all, numbers);
  const ofDirectory = candidates.filter(({ value }) => known.has(value));
  if (ofDirectory.length) return only(ofDirectory, ['labeled', 'whole', 'glued', 'bare']);
  const end = endOfFirstNumbers(all);
  const written = candidates.filter(({ how, from, value }) => {
    if (all[from]?.is !== 'account' || all[from].other || /-\d{5,12}$/.test(value)) return false;
    return how === 'labeled' || (how === 'whole' && from < end);
  });
  return only(written, ['labeled', 'whole']);
}

/** The only value among the most certain of these; null if two different ones are equally certain. */
function only(candidates: readonly Candidate[], order: readonly Candidate['how'][]): Candidate | null {
  for (const how of order) {
    const sure = candidates.filter((candidate) => candidate.how === how);
    const [first] = sure;
    if (first) return sure.every(({ value }) => value === first.value) ? first : null;
  }
  return null;
}

/** Shorter or longer ones, far from the other number, may just as well be a house number, a price or a phone number. */
const PLAIN_SJ = /^\d{6,9}$|[A-Z]/;

function chosenSj(all: readonly Piece[], account: Candidate | null, { parseSjNumber }: Numbers): Candidate | null {
  const end = endOfFirstNumbers(all);
  const isFree = (i: number) => !account || i < account.from || i > account.to;
  if (account?.rest) return { value: account.rest, from: account.from, to: account.to, how: 'glued' };
  const found = all.flatMap((piece, i): (Candidate & { readonly near: boolean })[] => {
    const before = all[i - 1];
    if (piece.is !== 'digits' || !isFree(i) || (before?.is === 'label' && before.of === 'sp')) return [];
    const labeled = before?.is === 'label' && before.of === 'sj';
    const beside = account && account.from > i ? all.slice(0, account.from) : all;
    const run = piece.value.length < 5 ? digitRun(beside, i) : { value: piece.value, to: i };
    if (isCutOut(all, i, run.to, isFree) || (!labeled && isOther(all.slice(i, run.to + 1)))) return [];
    const parsed = parseSjNumber(run.value);
    if (!parsed.ok) return [];
    return [{ value: parsed.value, from: i, to: run.to, how: labeled ? 'labeled' : 'bare', near: i < end }];
  });
  const [labeled] = found.filter(({ how }) => how === 'labeled');
  if (labeled) return only(found, ['labeled']);
  const near = found.filter((candidate) => candidate.near);
  return only(near.length ? near : found.filter(({ value }) => PLAIN_SJ.test(value)), ['bare']);
}

/** Whether it may be part of more digits beside it ("55 667788", "55667 788"), or begins in a date. */
function isCutOut(all: readonly Piece[], from: number, to: number, isFree: (i: number) => boolean): boolean {
  const isFew = (i: number) => isFree(i) && /^\d{1,4}$/.test(all[i]?.value ?? '');
  const [before, after, then] = [all[from - 1], all[to + 1], all[to + 2]];
  if (to > from && all[from]?.gap === 'mark' && isFew(from - 1)) return true;
  const isAfterDate = before?.gap === 'mark' && isFew(from - 2);
  if (all[from]?.gap === 'blank' && !isAfterDate && isFew(from - 1)) return true;
  return after?.gap === 'blank' && isFew(to + 1) && (!then || (then.gap === 'mark' && !/^\d/.test(then.value)));
}

/** Whether digits, perhaps in several groups, are something else, most likely a phone number. */
function isOther(groups: readonly Piece[]): boolean {
  const lengths = groups.map(({ value }) => value.length);
  const digits = lengths.reduce((sum, length) => sum + length);
  return (
    groups.some(({ other }) => other) ||
    lengths.length > 2 ||
    (lengths.length === 2 && (digits > 9 || lengths.join() === '3,4'))
  );
}

/** The first numbers are together: the story begins after them, or after the words before them. */
function endOfFirstNumbers(all: readonly Piece[]): number {
  const first = all.findIndex(({ is, other }) => (is === 'account' || is === 'digits') && !other);
  if (first < 0) return 0;
  const end = all.findIndex(({ is }, i) => i > first && is === 'word');
  return end < 0 ? all.length : end;
}

/** What comes before the numbers may name the SP; what follows is the story. */
function wordsBeside(text: string, all: readonly Piece[], numbers: readonly boolean[], hasAccount: boolean) {
  const first = numbers.indexOf(true);
  if (first < 0) return named(text);
  const last = all.findIndex((_, i) => i > first && !numbers[i]);
  const front = text.slice(0, all[first]?.start ?? 0);
  const story = all[last]?.start ?? text.length;
  const back = last < 0 || /\t/.test(text) ? '' : trimmed(text.slice(story - opening(text.slice(0, story))));
  const before = all.slice(0, first);
  if (!before.length) return back ? { details: back } : {};
  if (hasAccount || !before.some(({ is }) => is === 'word')) return { details: text.trim() };
  return { ...named(front), ...(back ? { details: back } : {}) };
}

/** How many marks right before a word belong to it: "(415) …", "+1 …", "*never* …". */
const opening = (front: string): number => /[+([“"'*_~`]*$/.exec(front)?.[0].length ?? 0;
const trimmed = (text: string) => text.replace(/^[\s,;:/|.—–-]+|\s+$/gu, '');
const named = (text: string) => {
  const name = trimmed(text).replace(/[\s,;:/|—–-]+$/u, '');
  return name ? { name } : {};
};
