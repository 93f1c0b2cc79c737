import { isRestricted } from './access';
import { SYSTEM } from './actor';
import type { CaseFacts, CaseLink } from './case';
import { KINDS } from './kinds';
import type { RepeatRule } from './policy';

/** The facts that repeat rules look at. */
export type WatchedCase = Pick<
  CaseFacts,
  'ref' | 'kind' | 'state' | 'tone' | 'severity' | 'filedAt' | 'sp' | 'reporter'
>;

/** A case that a rule raised earlier; without links, its record was deleted, and all before it counted. */
export interface Raised {
  readonly id: string;
  readonly filedAt: Date;
  readonly links: readonly CaseLink[];
}

/** A rule that is met: the case to raise, and why. */
export interface Pattern {
  /** The id of the case to raise: two instances that see the same pattern raise only one. */
  readonly id: string;
  /** In words, e.g. `3 negative SP feedback reports within 30 days`. */
  readonly why: string;
  readonly causes: readonly WatchedCase[];
}

const DAY_MS = 24 * 60 * 60_000;

/** Whether the rules look at this case; what they raised themselves does not count. */
export const isWatched = ({ kind, reporter, sp }: Pick<WatchedCase, 'kind' | 'reporter' | 'sp'>): boolean =>
  KINDS[kind].repeats !== null && reporter !== SYSTEM && sp.account !== '';

/** The ids of all cases that the rules raised for an SP begin with this. */
export const raisedPrefix = (account: string): string => `repeat:${account}:`;

/** The earliest time these rules look back to: their window, and an earlier one that may reach into it. */
export const watchedSince = (rules: readonly RepeatRule[], now: Date): Date =>
  new Date(+now - 2 * Math.max(0, ...rules.map(({ days }) => days)) * DAY_MS);

/**
 * The rules that the cases of one SP (those since `watchedSince`) meet now (domain section 9). Void cases do not count.
 * A rule raises one case per window, which is its days from the first cause on; what is filed later within that window
 * adds nothing.
 */
export function patternsIn(
  account: string,
  rules: readonly RepeatRule[],
  cases: readonly WatchedCase[],
  raised: readonly Raised[],
  now: Date,
): readonly Pattern[] {
  const oldestFirst = [...cases].sort((a, b) => +a.filedAt - +b.filedAt || (a.ref < b.ref ? -1 : 1));
  return rules.flatMap((rule): Pattern[] => {
    const prefix = `${raisedPrefix(account)}${keyOf(rule)}:`;
    const length = rule.days * DAY_MS;
    const earlier = raised.filter(({ id }) => id.startsWith(prefix));
    const windows = earlier.flatMap(({ links }) => oldestFirst.find(({ ref }) => isCause(links, ref))?.filedAt ?? []);
    const deleted = earlier.flatMap(({ links, filedAt }) => (links.length ? [] : [filedAt]));
    const causes = oldestFirst.filter(
      (one) =>
        meets(rule, one) &&
        +one.filedAt > +now - length &&
        !deleted.some((at) => one.filedAt <= at) &&
        !windows.some((from) => one.filedAt >= from && +one.filedAt < +from + length),
    );
    if (causes.length < rule.count) return [];
    // Numbered: of two instances that see the same cases, only one can raise the next.
    return [{ id: `${prefix}${earlier.length + 1}`, why: whyOf(rule, causes.length), causes }];
  });
}

const isCause = (links: readonly CaseLink[], ref: string) =>
  links.some((link) => link.relation === 'cause' && link.ref === ref);

const keyOf = ({ kind, tone, count, days }: RepeatRule) => [kind, tone ?? 'any', count, days].join('-');

const meets = ({ kind, tone }: RepeatRule, one: WatchedCase) =>
  isWatched(one) && one.kind === kind && one.state !== 'void' && (tone === undefined || one.tone === tone);

const whyOf = ({ kind, tone, days }: RepeatRule, count: number) =>
  `${count} ${tone ? `${tone} ` : ''}${KINDS[kind].several} within ${days} days`;

/** A cause in words; for a need-to-know case, only its severity (domain section 10). */
export const causeWords = ({ ref, kind, severity }: Pick<WatchedCase, 'ref' | 'kind' | 'severity'>): string =>
  isRestricted(kind) ? `${ref} (${severity})` : ref;
