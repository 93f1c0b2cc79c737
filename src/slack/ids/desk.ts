import { z } from 'zod';
import { CASE_KINDS, type CaseKind } from '../../domain/kinds';
import { OUTCOME_CODES } from '../../domain/outcomes';

/** Opens a form, restoring its draft if there is one; its value is the kind of case. */
export const homeFormId = (kind: CaseKind): string => `home_form:${kind}`;
export const HOME_FORM = new RegExp(`^home_form:(${CASE_KINDS.join('|')})$`);
/** Throws away a draft; its value is the kind of case. */
export const HOME_DISCARD = 'home_discard_draft';
export const readKind = (value: string | undefined): CaseKind | null =>
  CASE_KINDS.find((kind) => kind === value) ?? null;

/** Takes all filters off the queue. */
export const HOME_CLEAR = 'home_clear_filters';
/** Opens the window that asks for an SP, and that window; it remembers the place in Home. */
export const HOME_SP = 'home_filter_sp';
export const SP_FILTER_CALLBACK = 'home_filter_sp';

/** Open the window of one's covers, and the search. */
export const HOME_COVER = 'home_cover';
export const HOME_SEARCH = 'home_search';

/** What can be done with several cases at once; each is the dialog of one case. */
export const BULK_MOVES = ['acknowledge', 'resolve', 'add_note', 'snooze', 'reassign'] as const;
export type BulkMove = (typeof BULK_MOVES)[number];
const moves = BULK_MOVES.join('|');
const moveIn = (pattern: RegExp, id: string) => BULK_MOVES.find((move) => move === pattern.exec(id)?.[1]) ?? null;

export const bulkButtonId = (move: BulkMove): string => `home_bulk:${move}`;
export const BULK_BUTTON = new RegExp(`^home_bulk:(${moves})$`);
export const bulkOfButton = (id: string) => moveIn(BULK_BUTTON, id);

/** The two windows of a bulk move: which cases and how; then what will happen, in numbers. */
export const bulkChooseId = (move: BulkMove): string => `home_bulk_choose:${move}`;
export const BULK_CHOOSE = new RegExp(`^home_bulk_choose:(${moves})$`);
export const bulkOfChoose = (id: string) => moveIn(BULK_CHOOSE, id);
export const BULK_CONFIRM = 'home_bulk_confirm';

/** Block ids of the groups of cases to choose from. */
export const bulkGroup = (number: number): string => `cases:${number}`;
export const BULK_GROUP = /^cases:\d+$/;

/** Slack takes 3,000 characters of metadata: 50 references and a summary of this length fit. */
export const BULK_MOST = 50;
export const BULK_TEXT_MAX = 1000;

const Plan = z.strictObject({
  refs: z.array(z.string().min(1).max(20)).min(1).max(BULK_MOST),
  move: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('acknowledge'), nextUpdateBy: z.coerce.date() }),
    z.strictObject({
      type: z.literal('reassign'),
      area: z.string().nullable(),
      owner: z.string(),
      summary: z.string().max(BULK_TEXT_MAX),
    }),
    z.strictObject({ type: z.literal('resolve'), outcome: z.enum(OUTCOME_CODES), text: z.string().max(BULK_TEXT_MAX) }),
    z.strictObject({ type: z.literal('add_note'), id: z.null(), text: z.string().max(BULK_TEXT_MAX) }),
    z.strictObject({ type: z.literal('snooze'), until: z.coerce.date(), reason: z.string().max(BULK_TEXT_MAX) }),
  ]),
});
/** What the confirmation will do when it is pressed. */
export type BulkPlan = z.infer<typeof Plan>;
export const packPlan = (plan: BulkPlan): string => JSON.stringify(plan);
/** Throws a ZodError on anything but what `packPlan` wrote. */
export const readPlan = (text: string): BulkPlan => Plan.parse(JSON.parse(text));
