import type { Actor, CaseFacts, CaseState } from '../case';
import type { Area } from '../directory';
import type { Fault } from '../forms/form';
import type { Piece } from '../pieces';
import type { ClockName } from '../policy';

/** What a dialog may show beside the case. */
export interface DialogContext {
  readonly now: Date;
  /** The person whom the button names; empty where it names none. */
  readonly about: Actor;
  /** The next update's default moment under the policy. */
  readonly nextUpdateBy: Date;
  readonly areas: readonly Area[];
  /** Moments until which a case is often snoozed, in words of the reader's own zone. */
  readonly presets: readonly { readonly label: string; readonly at: Date }[];
  /** Whether they may read the case: else it fills in nothing of it. */
  readonly mayRead: boolean;
  /** The address of the SP that the directory has; null: none. */
  readonly spMailbox: string | null;
  /** The day it is for the reader, such as `2026-11-02`. */
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
      /** So many characters at most; absent: as many as there is room for. */
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
      /** Other fields depend on it: the window is drawn again once it is chosen. */
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
  /** `values`: what is chosen in it so far, where it is drawn again. */
  readonly fields: (facts: CaseFacts, context: DialogContext, values: DialogValues) => readonly DialogField[];
  /** What the move carries, or what is wrong beside which field. */
  readonly read: (values: DialogValues, context: DialogContext) => Entered<Asked>;
  /** It offers the open cases of the same SJ and SP. */
  readonly offersOthers?: true;
  /** What its button does at once on a card and in a message, without its window: it can be changed afterward. */
  readonly atOnce?: {
    readonly asked: (facts: CaseFacts, context: DialogContext) => Asked;
    /** What it did, for the person who pressed it. */
    readonly said: string;
    /** The move that changes what it did. */
    readonly change: string;
  };
  readonly stands: Stands;
  /** How Home makes it of several cases at once; absent: of one at a time. */
  readonly several?: Several<Asked>;
}

/** The words around a move that is made of several cases at once. */
export interface Several<Asked> {
  /** What is said where it is possible in none of the cases on screen. */
  readonly none: string;
  /** What will happen, after "3 cases". Words that someone typed are shown below it. */
  readonly will: (asked: Asked) => { readonly line: readonly Piece[]; readonly quoted?: string };
  /** What was done, after "3 cases": "acknowledged". */
  readonly done: string;
}

/** Where the button of a move is; a number is its place among the others there. */
export interface Stands {
  /** On the card, in its row of buttons. */
  readonly row?: number;
  /** On the card, in its More menu. */
  readonly menu?: number;
  /** In the row rather than the menu while the case is in this state. */
  readonly rowIn?: { readonly state: CaseState; readonly place: number };
  /** On what shows a need-to-know case by its existence alone. */
  readonly outside?: number;
  /** Beside a case on Home: on a desk, and in the review. */
  readonly desk?: number;
  readonly review?: number;
  /** In the DM of a nudge, by the clock that it is of. */
  readonly nudge?: Partial<Record<ClockName, number>>;
  /** It is what should be done next. */
  readonly isPrimary?: (facts: Pick<CaseFacts, 'state'>) => boolean;
}

/** So many areas a dialog offers: as many as a menu with groups takes within the size of a window. */
export const MOST_AREAS = 1000;

export const fault = (question: string, message: string): { readonly faults: readonly Fault[] } => ({
  faults: [{ question, message }],
});

/** What was typed in a field, without spaces around it. */
export const text = (values: DialogValues, field: string): string => String(values[field] ?? '').trim();

/** Further ahead no one promises or waits: a wrong year was chosen. */
const FARTHEST_MS = 366 * 24 * 60 * 60_000;

/** A moment that was entered, which must lie ahead, by a year at most. */
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
