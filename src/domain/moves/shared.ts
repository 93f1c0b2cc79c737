import { belongsToArea, isRestricted } from '../access';
import { type Actor, SYSTEM } from '../actor';
import { linksAtHand, notesAtHand } from '../at-hand';
import type { CaseFacts, CaseLink, CaseState, Clock, Note, Totals } from '../case';
import { who } from '../case-words';
import { promised } from '../clocks';
import type { EventBase } from '../event';
import { inOrder } from '../notes';
import type { Piece } from '../pieces';
import type { Context } from './context';
import type { Who } from './definition';

/** What a move carries that has to be explained. */
export interface Reason {
  readonly reason: string;
}

export const WORKED: readonly CaseState[] = ['open', 'acknowledged', 'in_progress', 'snoozed'];
/** The same, and the review before it. */
export const LIVE: readonly CaseState[] = ['in_review', 'returned', ...WORKED];
/** All states in which notes are possible. */
export const NOTED: readonly CaseState[] = [...LIVE, 'resolved'];

/** Why a person cannot agree to their own request; null for anyone else. */
export const ownRequest = (asked: { readonly by: Actor } | null | undefined, actor: Actor): string | null =>
  asked?.by === actor
    ? `You asked for this yourself, ${who(actor)}: someone else who may read the case has to agree.`
    : null;

/** Who may give a case to someone: the owner of one without an area reads it, so that takes someone who does. */
export const giving = ({ kind }: CaseFacts): Who => (belongsToArea(kind) ? 'responsible' : 'keeper');

/** People who hear what becomes of their report: its reporter, and those whose own one it took over. */
export const reporters = ({ reporter, followers }: CaseFacts): readonly Actor[] => [reporter, ...followers];

/** Whether people who answer for the case do not read it, and so do not learn who filed it (domain section 10). */
export const hidesReporter = ({ kind }: CaseFacts): boolean => isRestricted(kind) && belongsToArea(kind);

/** A request that waits for an answer, as a key. */
export const requestKey = (asked: { readonly by: Actor; readonly at: Date } | null | undefined): string =>
  asked ? `${asked.by} ${+asked.at}` : 'none';

/** People who may agree to a request, as its event stores them. */
export const askedOf = ({ keepers = [], actor }: Pick<Context, 'keepers' | 'actor'>): { from?: readonly Actor[] } => {
  const from = keepers.filter((id) => id !== actor);
  return from.length ? { from } : {};
};
/** Whom a request waits for, as a sentence. */
export const waitingFor = (from: readonly Actor[] | undefined): readonly Piece[] =>
  from?.length ? ['. It waits for ', ...named(from), ':'] : ['. Someone else has to agree:'];

/** For an event that changes only clocks. */
export const unchanged = (): Partial<CaseFacts> => ({});

/** For an event that neither answers nor starts a clock. */
export const NO_CLOCKS = { answers: [], starts: null, again: null } as const;
/** For an event after which no one has to do anything. */
export const allAnswered = (action: string) => ({ answers: 'all', action, starts: null, again: null }) as const;

export const some = (clock: Clock | null | undefined): readonly Clock[] => (clock ? [clock] : []);

/** Work by someone responsible renews a running promise: the next one follows the policy. */
export function renewed({ clocks }: CaseFacts, { mayAct, clock, now }: Context): Clock | null {
  if (!mayAct || !clocks.some(({ name }) => name === 'update')) return null;
  const next = clock('update', now);
  return next && promised('update', now, next.dueAt);
}

/** Work on an acknowledged case moves it to in progress and renews the promise if there is a new clock. */
export function progressed(facts: CaseFacts, clock: Clock | null): Partial<CaseFacts> {
  if (!clock || !facts.acknowledged) return {};
  return { state: 'in_progress', acknowledged: { ...facts.acknowledged, nextUpdateBy: clock.dueAt } };
}

export const counted = ({ totals }: CaseFacts, what: keyof Totals, by = 1): Totals => ({
  ...totals,
  [what]: totals[what] + by,
});

/** The facts with one more note. */
export const noted = (facts: CaseFacts, note: Note): Pick<CaseFacts, 'notes' | 'totals'> => ({
  notes: notesAtHand(inOrder(facts.notes, note)),
  totals: counted(facts, 'notes'),
});

export const linkedTo = (facts: CaseFacts, link: CaseLink): Pick<CaseFacts, 'links' | 'totals'> => ({
  links: linksAtHand([...facts.links, link]),
  totals: counted(facts, 'links'),
});

/** An event's actor, in a line about it. */
export const by = ({ actor }: EventBase): Piece => (actor === SYSTEM ? { bold: 'Warmline' } : { user: actor });

/** The people a line names; without any, because they are told in another way, it begins with the case. */
export function called({ ref, owner }: CaseFacts, names: readonly string[] = owner ? [owner] : []): readonly Piece[] {
  const people = names.flatMap((user, i): Piece[] => (i ? [', ', { user }] : [{ user }]));
  if (!owner) return ['No one owns this yet', ...(people.length ? [', ', ...people] : []), ':'];
  return people.length ? people : [{ bold: ref }, ':'];
}

/** How many people a line names; of others, it gives the number. */
const MOST_NAMED = 4;
/** People in a sentence: "Tom, Ada or Priya". */
export function named(people: readonly Actor[]): readonly Piece[] {
  const shown = people.slice(0, people.length > MOST_NAMED ? MOST_NAMED - 1 : MOST_NAMED);
  const more = people.length - shown.length;
  const last = shown.length - 1;
  return [
    ...shown.flatMap((user, i): Piece[] => [...(i ? [i === last && !more ? ' or ' : ', '] : []), { user }]),
    ...(more ? [` or ${more} others`] : []),
  ];
}
