import { seenOutside } from './access';
import type { Actor } from './actor';
import type { CaseFacts } from './case';
import { stateWord, who } from './case-words';
import type { CaseEvent } from './event';
import type { Fault } from './forms/form';
import * as MOVES from './moves';
import type { Context } from './moves/context';
import type { EventType, Move, MoveOf, MoveType } from './moves/declared';
import type { MoveDefinition, Standing, Who } from './moves/definition';
import type { DialogContext, DialogValues, MoveDialog, Stands } from './moves/dialog';
import { outcomeLabel } from './outcomes';

/** A move's definition for code that knows no move by name. */
type Definition<T extends MoveType> = Omit<MoveDefinition<T, never, EventType>, 'texts'> & {
  readonly texts: Readonly<Record<string, 'free' | 'code'>>;
};
/** A move that is only declared, or only registered, does not compile. */
const DEFINITIONS: { readonly [T in MoveType | keyof typeof MOVES]: Definition<T> } = MOVES;
export const definitionOf = <T extends MoveType>(type: T): Definition<T> => DEFINITIONS[type];

export const MOVE_TYPES = Object.keys(MOVES) as MoveType[];
export const isMoveType = (type: string): type is MoveType => Object.hasOwn(MOVES, type);

/** The types of a move's own events. */
export const eventTypesOf = (type: MoveType) => Object.keys(definitionOf(type).events) as CaseEvent['type'][];

export const moveLabel = (type: MoveType): string => definitionOf(type).label;

/** Who may make a move on this case. */
export function whoMay(type: MoveType, facts: CaseFacts): Who {
  const rule = definitionOf(type).who;
  return typeof rule === 'string' ? rule : rule(facts);
}

/** Which moves a case allows now, in the order in which a refusal names them. */
export const allowedMoves = (facts: Standing): readonly MoveType[] =>
  MOST_USEFUL_FIRST.filter((type) => {
    const { states, needs } = definitionOf(type);
    return states.includes(facts.state) && (needs?.(facts) ?? true);
  });

const place = (type: MoveType) => definitionOf(type).named ?? Number.MAX_VALUE;
const MOST_USEFUL_FIRST = [...MOVE_TYPES].sort((a, b) => place(a) - place(b));

/** The moves to name in a refusal, most useful first. `may`: which of them the person may make. */
export const choices = (facts: Standing, may: (type: MoveType) => boolean = () => true): readonly MoveType[] =>
  allowedMoves(facts).filter((type) => definitionOf(type).named !== null && may(type));

/** Why a move is not possible now, and what the person can do. `isOutside`: they may not read the case. */
export function refusal(
  facts: CaseFacts,
  type: MoveType,
  { isOutside, may }: Pick<Context, 'isOutside' | 'may'>,
): string {
  const told = isOutside ? { ...seenOutside(facts), resolution: null } : facts;
  const options = choices(told, may)
    .filter((one) => one !== type)
    .map(moveLabel);
  const now = options.length ? ` You can now: ${options.join(', ')}.` : '';
  return `${definitionOf(type).barred?.(told) ?? notNow(told, type)}${now}`;
}

const notNow = ({ ref, state, resolution }: CaseFacts, type: MoveType): string =>
  resolution
    ? `${ref} was resolved by ${who(resolution.by)}: ${outcomeLabel(resolution.outcome)}.`
    : `${ref} is ${stateWord(state)}; ${moveLabel(type)} is not possible now.`;

/** The window of a move; null if it has none, or there is no such move. */
export const dialogOf = (type: string): MoveDialog<unknown> | null =>
  isMoveType(type) ? (definitionOf(type).dialog as MoveDialog<unknown> | null) : null;

/** The move entered in its window, or what is wrong in which field. Throws if the move has no window. */
export function entered<T extends MoveType>(
  type: T,
  values: DialogValues,
  context: DialogContext,
): { readonly move: MoveOf<T> } | { readonly faults: readonly Fault[] } {
  const { dialog } = definitionOf(type);
  if (!dialog) throw new Error(`"${type}" has no window.`);
  const read = dialog.read(values, context);
  return 'faults' in read ? read : { move: { type, ...read.asked } as MoveOf<T> };
}

/** The moves with a button in this place, in order. */
export const standing = (at: (stands: Stands) => number | undefined): readonly MoveType[] =>
  MOVE_TYPES.flatMap((type) => {
    const stands = dialogOf(type)?.stands;
    const place = stands && at(stands);
    return place === undefined ? [] : [{ type, place }];
  })
    .sort((a, b) => a.place - b.place)
    .map(({ type }) => type);

/** Why this person cannot make a move that their role and the state would allow, or null (domain section 7). */
export const hindrance = (facts: CaseFacts, type: MoveType, actor: Actor, now: Date): string | null =>
  definitionOf(type).hindrance?.(facts, actor, now) ?? null;

/** How a move changes what its clocks depend on. */
export const changesOf = <T extends MoveType>(move: MoveOf<T>, facts: CaseFacts) =>
  definitionOf(move.type).changes?.(move, facts) ?? {};

/** What a move's decision needs beyond the facts at hand. */
export const recalledBy = <T extends MoveType>(move: MoveOf<T>) => definitionOf(move.type).recalls?.(move) ?? null;

/** The new owner that a move sets; null: none. */
export const newOwnerOf = <T extends MoveType>(move: MoveOf<T>): Actor | null =>
  definitionOf(move.type).newOwner?.(move) ?? null;

/** The request that a move would answer now, as a key; empty if it answers none. */
export const requestOf = (type: MoveType, facts: CaseFacts): string => definitionOf(type).request?.(facts) ?? '';

/** Whether these events, made by an earlier press of the same window, have something else than this move. */
export function isOther(move: Move, events: readonly CaseEvent[]): boolean {
  const made: Readonly<Record<string, unknown>> = Object.assign({}, ...events.map(({ data }) => data));
  return Object.entries(move).some(
    ([field, value]) =>
      field !== 'type' && value !== null && field in made && JSON.stringify(value) !== JSON.stringify(made[field]),
  );
}

/** The other case that a move also changes, and how; null: none. */
export function joiningOf<T extends MoveType>(move: MoveOf<T>) {
  const { joins } = definitionOf(move.type);
  return joins ? { ...joins, other: joins.other(move) } : null;
}
