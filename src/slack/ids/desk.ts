import { z } from 'zod';
import { CASE_KINDS } from '../../domain/kinds';
import type { CaseKind } from '../../domain/kinds/code';
import { dialogOf, MOVE_TYPES } from '../../domain/move';
import type { Move, MoveType } from '../../domain/moves/declared';

/** Opens a form, restoring its draft if there is one; its value is the kind of case. */
export const homeFormId = (kind: CaseKind): string => `home_form:${kind}`;
export const HOME_FORM = new RegExp(`^home_form:(${CASE_KINDS.join('|')})$`);
export const readKind = (value: string | undefined): CaseKind | null =>
  CASE_KINDS.find((kind) => kind === value) ?? null;

/** Throws away a draft; its value says which one, by the time it was begun. */
export const HOME_DISCARD = 'home_discard_draft';
export const packDraft = (kind: CaseKind, startedAt: Date): string => `${kind} ${+startedAt}`;
/** Null if there is no such form. Homes of an earlier release do not say the time. */
export function readDraft(value: string | undefined): { kind: CaseKind; startedAt: number | null } | null {
  const [name, at] = (value ?? '').split(' ');
  const kind = readKind(name);
  return kind && { kind, startedAt: at === undefined ? null : Number(at) };
}

/** Removes all filters from the queue. */
export const HOME_CLEAR = 'home_clear_filters';
/** Opens the window that asks for an SP, and that window's id; it remembers the place on Home. */
export const HOME_SP = 'home_filter_sp';
export const SP_FILTER_CALLBACK = 'home_filter_sp';

/** Open the windows of one's covers, and of the search. */
export const HOME_COVER = 'home_cover';
export const HOME_SEARCH = 'home_search';

/** Moves that can be made for several cases at once; each uses the dialog of one case. */
export const BULK_MOVES: readonly MoveType[] = MOVE_TYPES.filter((type) => dialogOf(type)?.several);
const moves = BULK_MOVES.join('|');
const moveIn = (pattern: RegExp, id: string) => BULK_MOVES.find((move) => move === pattern.exec(id)?.[1]) ?? null;

export const bulkButtonId = (move: MoveType): string => `home_bulk:${move}`;
export const BULK_BUTTON = new RegExp(`^home_bulk:(${moves})$`);
export const bulkOfButton = (id: string) => moveIn(BULK_BUTTON, id);

/** The two windows of a bulk move: which cases and how; then what will happen, in numbers. */
export const bulkChooseId = (move: MoveType): string => `home_bulk_choose:${move}`;
export const BULK_CHOOSE = new RegExp(`^home_bulk_choose:(${moves})$`);
export const bulkOfChoose = (id: string) => moveIn(BULK_CHOOSE, id);
export const BULK_CONFIRM = 'home_bulk_confirm';

/** Block ids of the groups of cases to choose from. */
export const bulkGroup = (number: number): string => `cases:${number}`;
export const BULK_GROUP = /^cases:\d+$/;

/** Slack takes 3,000 characters of metadata: 50 references and a text of this length fit. */
export const BULK_MOST = 50;
export const BULK_TEXT_MAX = 1000;

/** What a move carries, as JSON. */
const Carried = z.union([
  z.string().max(BULK_TEXT_MAX),
  z.number(),
  z.boolean(),
  z.null(),
  z.strictObject({ date: z.coerce.date() }).transform(({ date }) => date),
]);
const Plan = z.strictObject({
  refs: z.array(z.string().min(1).max(20)).min(1).max(BULK_MOST),
  move: z.object({ type: z.enum(BULK_MOVES as [MoveType, ...MoveType[]]) }).catchall(Carried),
});
/** What the confirmation does when pressed. */
export interface BulkPlan {
  readonly refs: readonly string[];
  readonly move: Move;
}

const carried = (value: unknown) => {
  if (value instanceof Date) return { date: value };
  return typeof value === 'string' ? value.slice(0, BULK_TEXT_MAX) : value;
};
export const packPlan = ({ refs, move }: BulkPlan): string =>
  JSON.stringify({
    refs,
    move: Object.fromEntries(Object.entries(move).map(([field, value]) => [field, carried(value)])),
  });
/** Throws a ZodError on anything that `packPlan` did not write. */
export function readPlan(text: string): BulkPlan {
  const { refs, move } = Plan.parse(JSON.parse(text));
  return { refs, move: move as Move };
}
