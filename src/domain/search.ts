import { z } from 'zod';
import type { Readable } from './access';
import type { Actor } from './actor';
import type { CaseState } from './case';
import { cleanText, shown } from './clean-text';
import type { Area } from './directory';
import type { Fault } from './forms/form';
import type { Numbers } from './forms/numbers';
import { CASE_KINDS, parseReference, typedReference } from './kinds';
import { dayStart } from './local-time';
import { OUTCOME_CODES } from './outcomes';
import { type WantedWord, wantedWords } from './words';

/** The states that a search offers, in a case's order. */
export const SEARCH_STATES = [
  'in_review',
  'returned',
  'open',
  'acknowledged',
  'in_progress',
  'snoozed',
  'resolved',
  'void',
] as const satisfies readonly CaseState[];

export const TEXT_MAX = 200;
const Day = z.iso.date();
const Code = z.string().max(60);

/** A search: every condition must hold; an absent one does not filter. */
export const SearchFilters = z.strictObject({
  /** Words as typed: see `wantedWords`. */
  text: z.string().max(TEXT_MAX).optional(),
  ref: Code.optional(),
  account: Code.optional(),
  sj: Code.optional(),
  kinds: z.array(z.enum(CASE_KINDS)).optional(),
  states: z.array(z.enum(SEARCH_STATES)).optional(),
  outcomes: z.array(z.enum(OUTCOME_CODES)).optional(),
  area: z.string().max(200).optional(),
  /** First and last day of filing, in the reader's own time zone. */
  from: Day.optional(),
  to: Day.optional(),
  filedBy: Code.optional(),
});
export type SearchFilters = z.infer<typeof SearchFilters>;

/** What was entered in the search window, by field: text as typed, codes, days. */
export interface SearchEntries {
  readonly text?: string | undefined;
  readonly ref?: string | undefined;
  readonly account?: string | undefined;
  readonly sj?: string | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly states?: readonly string[] | undefined;
  readonly outcomes?: readonly string[] | undefined;
  readonly area?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly filedBy?: string | undefined;
}

/** The search, with numbers in their stored form, or what is wrong in which field. */
export function readFilters(
  entries: SearchEntries,
  areas: readonly Area[],
  { parseSpAccount, parseSjNumber }: Numbers,
): { ok: true; filters: SearchFilters } | { ok: false; faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const parsed = (field: keyof SearchEntries, parse: (typed: string) => Verdict): string | undefined => {
    const typed = String(entries[field] ?? '').trim();
    if (!typed) return undefined;
    const verdict = parse(typed);
    if (verdict.ok) return verdict.value;
    faults.push({ question: field, message: verdict.fault });
    return undefined;
  };
  const listed = <T extends string>(codes: readonly string[] | undefined, all: readonly T[]) => {
    const known = all.filter((code) => codes?.includes(code));
    return known.length ? known : undefined;
  };
  const all = {
    text: parsed('text', (typed) => {
      const wanted = wantedWords(typed);
      return wanted.ok ? { ok: true, value: typed.slice(0, TEXT_MAX) } : wanted;
    }),
    ref: parsed('ref', (typed) => {
      const ref = typedReference(typed);
      return ref ? { ok: true, value: ref } : { ok: false, fault: 'Type the whole reference, such as SPF-000123.' };
    }),
    account: parsed('account', parseSpAccount),
    sj: parsed('sj', parseSjNumber),
    kinds: listed(entries.kinds, CASE_KINDS),
    states: listed(entries.states, SEARCH_STATES),
    outcomes: listed(entries.outcomes, OUTCOME_CODES),
    area: parsed('area', (typed) => {
      const wanted = cleanText(typed).toLowerCase();
      const area = areas.find(({ name }) => name.toLowerCase() === wanted);
      return area ? { ok: true, value: area.name } : { ok: false, fault: `There is no area ${shown(typed)}.` };
    }),
    from: entries.from,
    to: entries.to,
    filedBy: entries.filedBy,
  };
  if (all.from && all.to && all.from > all.to)
    faults.push({ question: 'to', message: 'This day is before the first one. Choose the same day or a later one.' });
  if (faults.length) return { ok: false, faults };
  const given = Object.entries(all).filter(([, value]) => value);
  return { ok: true, filters: SearchFilters.parse(Object.fromEntries(given)) };
}
type Verdict = { ok: true; value: string } | { ok: false; fault: string };

/** The search for a text typed after a command: a reference, an SJ number, an SP account (it has a digit), or words. */
export function filtersFor(typed: string, { parseSpAccount, parseSjNumber }: Numbers): SearchEntries {
  const text = typed.trim();
  if (!text) return {};
  if (parseReference(text)) return { ref: text };
  if (parseSjNumber(text).ok) return { sj: text };
  return /\d/.test(text) && !/\s/.test(text) && parseSpAccount(text).ok ? { account: text } : { text };
}

/** A search as a database query: conditions on fields, and what the reader may read at all (domain section 10). */
export interface CaseQuery extends Omit<SearchFilters, 'text' | 'from' | 'to'> {
  readonly words: readonly WantedWord[];
  readonly filedFrom: Date | null;
  /** Exclusive. */
  readonly filedBefore: Date | null;
  /** Any of these; an empty list finds nothing. */
  readonly readable: readonly Readable[];
  /** A person who must not be its subject. */
  readonly notAbout: Actor;
}

/** The query of someone's search; `zone`: that of their days. */
export function queryOf(
  { text, from, to, ...fields }: SearchFilters,
  reader: { readonly id: Actor; readonly readable: readonly Readable[] },
  zone: string,
): CaseQuery {
  const wanted = wantedWords(text ?? '');
  return {
    ...fields,
    words: wanted.ok ? wanted.value : [],
    filedFrom: from ? dayStart(zone, from) : null,
    filedBefore: to ? dayStart(zone, to, 1) : null,
    readable: reader.readable,
    notAbout: reader.id,
  };
}

/** A case's place in the order of all lists: newest first, then by id. */
export interface CaseKey {
  readonly at: Date;
  readonly id: string;
}
