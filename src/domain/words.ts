import type { CaseFacts } from './case';
import { cleanText } from './clean-text';
import { formOf } from './forms';
import { isText } from './forms/answer';

/** How many different words of one case are kept: only long interviews with many notes have more. */
export const MOST_WORDS = 1000;
const LEAST_LETTERS = 2;
const MOST_LETTERS = 40;

/** Lower case, without accents and what is invisible; full-width and similar characters become plain. */
const plain = (text: string) => cleanText(text).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/**
 * The words of a text as stored and searched for, in order, with repeats: runs of letters and digits of any script, at
 * least 2 and cut at 40 characters; an apostrophe inside a word is dropped ("don't" is "dont").
 */
export function wordsIn(text: string): string[] {
  const found =
    plain(text)
      .replace(/(?<=\p{L})['’](?=\p{L})/gu, '')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return found.map((word) => [...word].slice(0, MOST_LETTERS).join('')).filter((word) => word.length >= LEAST_LETTERS);
}

/** A word to search for: itself, or with `begins` whatever starts with it. */
export interface WantedWord {
  readonly word: string;
  readonly begins: boolean;
}
const MOST_WANTED = 10;
const LEAST_BEGINNING = 3;

/**
 * The words of a search as typed: every word once; one that ends in `*` matches what begins with it. A fault in words
 * if there is nothing to search for, or too much.
 */
export function wantedWords(typed: string): { ok: true; value: WantedWord[] } | { ok: false; fault: string } {
  const wanted = cleanText(typed)
    .split(/\s+/)
    .flatMap((piece) => {
      const words = wordsIn(piece);
      const beginning = piece.endsWith('*') ? words.length - 1 : -1;
      return words.map((word, i): WantedWord => ({ word, begins: i === beginning }));
    });
  if (!wanted.length) return { ok: false, fault: 'Type at least one word of two letters or more.' };
  const short = wanted.find(({ word, begins }) => begins && word.length < LEAST_BEGINNING);
  if (short) return { ok: false, fault: `Type at least three letters before the *: "${short.word}*" is too short.` };
  const unique = wanted.filter(
    (one, i) => wanted.findIndex(({ word, begins }) => word === one.word && begins === one.begins) === i,
  );
  if (unique.length > MOST_WANTED)
    return { ok: false, fault: `These are ${unique.length} words. Keep the ${MOST_WANTED} that matter most.` };
  return { ok: true, value: unique };
}

/** The facts that the words of a case come from. */
export const WORDED = ['kind', 'title', 'sp', 'answers', 'notes', 'contacts', 'resolution'] as const;
export type Worded = Pick<CaseFacts, (typeof WORDED)[number]>;

/**
 * The words that find a case, each once: its title, SP, what was written in its form, its outcome, its notes and
 * contacts, newest first. Personal data in all of them was masked before it was stored (domain section 10).
 */
export function wordsOf(worded: Worded): string[] {
  const { kind, title, sp, answers, notes, contacts, resolution } = worded;
  const written = formOf(kind)
    .questions.filter(isText)
    .map(({ id }) => String(answers[id] ?? ''));
  const said = [...notes, ...contacts].map(({ text }) => text).reverse();
  const words = new Set<string>();
  for (const text of [
    title,
    sp.name ?? '',
    ...written,
    resolution?.text ?? '',
    resolution?.detail ?? '',
    resolution?.person ?? '',
    ...said,
  ])
    for (const word of wordsIn(text)) if (words.size < MOST_WORDS) words.add(word);
  return [...words];
}
