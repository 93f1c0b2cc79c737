import type { Actor } from '../actor';
import type { ClockName } from '../allowance';
import type { CaseFacts, CaseState } from '../case';
import type { Area } from '../directory';
import type { Fault } from '../forms/form';
import type { Piece } from '../pieces';

/** What a dialog may show besides the case. */
export interface DialogContext {
  readonly now: Date;
  /** The person named by the button, or empty. */
  readonly about: Actor;
  /** The next update's default time under the policy. */
  readonly nextUpdateBy: Date;
  readonly areas: readonly Area[];
  /** Usual snooze times, labeled in the reader's own zone. */
  readonly presets: readonly { readonly label: string; readonly at: Date }[];
  /** Whether they may read the case; otherwise nothing is filled in from it. */
  readonly mayRead: boolean;
  /** The SP's email address in the directory, or null. */
  readonly spMailbox: string | null;
  /** The reader's current day, such as `2026-11-02`. */
  readonly today: string;
  /** Open cases of the same SJ and SP that the reader may know of. */
  readonly others: readonly { readonly ref: string; readonly title: string }[];
}

/** What was entered, by field: text, an option's value, a user id, or epoch seconds. Absent when empty. */
export type DialogValues = Readonly<Record<string, string | number | undefined>>;

interface Asking {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly optional?: boolean;
}
export interface Option {
  readonly value: string;
  readonly label: string;
  /** A few words below the label, at most 75 characters. */
  readonly description?: string | undefined;
}
/** A field of a dialog, or a sentence in it. */
export type DialogField =
  | ({
      readonly kind: 'text';
      readonly short?: boolean;
      /** The limit in characters; absent: Slack's. */
      readonly most?: number;
      readonly initial?: string | undefined;
    } & Asking)
  /** A day, such as `2026-11-02`. */
  | ({ readonly kind: 'day'; readonly initial: string } & Asking)
  /** A time in the reader's own zone; `initial`: its first value. */
  | ({ readonly kind: 'moment'; readonly initial?: Date } & Asking)
  | ({
      readonly kind: 'choice';
      readonly look: 'radio_buttons' | 'static_select';
      readonly options: readonly Option[];
      readonly initial?: string | undefined;
      /** Other fields depend on it: the window is redrawn once it is chosen. */
      readonly live?: true;
    } & Asking)
  | ({ readonly kind: 'person' } & Asking)
  | { readonly kind: 'sentence'; readonly text: string };

export type Entered<Asked> = { readonly asked: Asked } | { readonly faults: readonly Fault[] };

/** The window of a move. */
export interface MoveDialog<Asked> {
  /** Its title, and the words of the button that opens it: at most 24 characters. */
  readonly title: string;
  readonly submit: string;
  /** `values`: what is chosen so far, if it is redrawn. */
  readonly fields: (facts: CaseFacts, context: DialogContext, values: DialogValues) => readonly DialogField[];
  /** What the move carries, or what is wrong in which field. */
  readonly read: (values: DialogValues, context: DialogContext) => Entered<Asked>;
  /** It offers the open cases of the same SJ and SP. */
  readonly offersOthers?: true;
  /** What its button does at once on a card and in a message, without its window; it can be changed afterward. */
  readonly atOnce?: {
    readonly asked: (facts: CaseFacts, context: DialogContext) => Asked;
    /** The result, for the person who pressed it. */
    readonly said: string;
    /** The move that changes the result. */
    readonly change: string;
  };
  readonly stands: Stands;
  /** How Home makes it for several cases at once; absent: one at a time. */
  readonly several?: Several<Asked>;
}

/** The texts of a move for several cases at once. */
export interface Several<Asked> {
  /** The text if it is not possible in any of the cases on screen. */
  readonly none: string;
  /** What will happen, after "3 cases". What someone typed is shown below it. */
  readonly will: (asked: Asked) => { readonly line: readonly Piece[]; readonly quoted?: string };
  /** What was done, after "3 cases": "acknowledged". */
  readonly done: string;
}

/** Where a move's button is; a number is its place among the others there. */
export interface Stands {
  /** On the card, in its row of buttons. */
  readonly row?: number;
  /** On the card, in its More menu. */
  readonly menu?: number;
  /** In the row instead of the menu while the case is in this state. */
  readonly rowIn?: { readonly state: CaseState; readonly place: number };
  /** On what shows only that a need-to-know case exists. */
  readonly outside?: number;
  /** Next to a case on Home: on a desk, and in the review. */
  readonly desk?: number;
  readonly review?: number;
  /** In a nudge's DM, by its clock. */
  readonly nudge?: Partial<Record<ClockName, number>>;
  /** It is the obvious next step. */
  readonly isPrimary?: (facts: Pick<CaseFacts, 'state'>) => boolean;
}

/** So many areas a dialog offers: as many as a menu with groups takes within the size of a window. */
export const MOST_AREAS = 1000;

export const fault = (question: string, message: string): { readonly faults: readonly Fault[] } => ({
  faults: [{ question, message }],
});

/** What was typed in a field, trimmed. */
export const text = (values: DialogValues, field: string): string => String(values[field] ?? '').trim();

/** The one question of a window that asks for a text, and what the move carries of its answer. */
export const asksText = <Asked>(
  field: Omit<Extract<DialogField, { readonly kind: 'text' }>, 'kind'>,
  asked: (typed: string) => Asked,
): Pick<MoveDialog<Asked>, 'fields' | 'read'> => ({
  fields: () => [{ kind: 'text', ...field }],
  read: (values) => ({ asked: asked(text(values, field.id)) }),
});

/** No one promises or waits longer: a wrong year was chosen. */
const FARTHEST_MS = 366 * 24 * 60 * 60_000;

/** A time that was entered, which must be in the future, within a year. */
export function moment(
  values: DialogValues,
  field: string,
  now: Date,
): { readonly at: Date } | { readonly faults: readonly Fault[] } {
  const seconds = values[field];
  const at = typeof seconds === 'number' ? new Date(seconds * 1000) : null;
  if (!at || at <= now) return fault(field, 'Choose a time in the future.');
  return +at - +now > FARTHEST_MS ? fault(field, 'Choose a time within a year from now.') : { at };
}
