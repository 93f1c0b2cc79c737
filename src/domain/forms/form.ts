import type { ExceptionCode } from '../exception-codes';
import type { CaseKind } from '../kinds/code';
import type { Severity, Tone } from '../severity';

/**
 * A person's answers, by question id: text (also yes/no as `yes` | `no`, codes of one-of, ISO dates, Slack user ids) or
 * a list (codes of many-of, file ids). No key means unanswered; empty strings never occur.
 */
export type Answer = string | readonly string[];
export type Answers = Readonly<Record<string, Answer>>;

/** One answer option. `code` is stored and never changes; the label may be renamed and an option retired. */
export interface Option {
  readonly code: string;
  readonly label: string;
  /** A few words next to the label, at most 75 characters. */
  readonly description?: string;
  /** The exception code it maps to, if any (domain section 3). */
  readonly exceptionCode?: ExceptionCode;
  /** Marked ⚠ (domain section 3): offers to continue as a high-risk report. */
  readonly highRisk?: boolean;
  /** Choosing it excludes all others ("SP Does Not Have High Cost"). */
  readonly exclusive?: boolean;
  /** Never offered: recorded if it follows from other answers (see `follows`). */
  readonly implied?: boolean;
  /** No longer offered; old cases still show its label. */
  readonly retired?: boolean;
}

/** The editable lists of options, by catalogue key (`negative_customer`, `high_cost` ...). Passed in, never global. */
export type Catalogue = Readonly<Record<string, readonly Option[]>>;

/** One screen of a multi-page form. Questions of one page are adjacent in the form. */
export interface Page {
  readonly id: string;
  readonly title: string;
}

/** Questions skipped together, under one heading. A part that used to be a page keeps its id for stored drafts. */
export interface Part {
  readonly id: string;
  readonly title: string;
  /** Id of its text question for why it is skipped; once that is given, its other answers are optional. */
  readonly skip: string;
}

interface QuestionBase {
  /** Stable id: the key in Answers and the block_id in a modal. The same id in two branches is the same question. */
  readonly id: string;
  readonly label: string;
  /** What the form asks instead of the label, to be read aloud; elsewhere, the label names the answer. */
  readonly ask?: string;
  readonly hint?: string;
  readonly placeholder?: string;
  /** Shown and stored only while this holds for the earlier visible answers. Absent: always. */
  readonly when?: (answers: Answers) => boolean;
  readonly optional?: boolean;
  /** Few reports need it: it is behind the form's `more` button while it is optional and empty. */
  readonly extra?: true | ((answers: Answers) => boolean);
  /** While this holds, an optional question is required. */
  readonly needed?: (answers: Answers) => boolean;
  /** Id of another question that can be answered instead. */
  readonly unless?: string;
  /**
   * Redraw the form when this answer changes, because later questions or the preview depend on it. `aside`: no
   * conclusion needs it, so nothing waits for it.
   */
  readonly live?: boolean | 'aside';
  /** Id of the closing text that its hint shows. */
  readonly reads?: string;
  /** The screen it belongs to; absent: the form's first. */
  readonly page?: Page;
  readonly part?: Part;
  /**
   * Never asked: the procedure supplies the answer each time the form is drawn or submitted. It is stored, summarized
   * and seen by later questions like any other.
   */
  readonly supplied?: boolean;
  /** The answer that follows from earlier ones: recorded whatever was chosen, while the question has no field. */
  readonly follows?: (answers: Answers, catalogue: Catalogue) => Answer | undefined;
  /** A choice that is often the same as in the person's last report: one press chooses all of these again. */
  readonly again?: true;
  /** Cards show it in a separate place, not among the answers. */
  readonly apart?: boolean;
  /** What a later move fills in; the answer is found by this, wherever the question is. */
  readonly holds?: Holding;
}
/** The police report's number and agency (domain section 4); the driver or technician, the appealed decision (12). */
export type Holding = 'police_number' | 'police_agency' | 'driver' | 'appeal_of';
export type Question = QuestionBase &
  (
    | {
        readonly kind: 'text';
        readonly maxLength: number;
        /** Returns the cleaned value, or a sentence saying what to type instead. */
        readonly parse?: (raw: string) => { ok: true; value: string } | { ok: false; fault: string };
      }
    | { readonly kind: 'long_text'; readonly maxLength: number }
    | {
        readonly kind: 'one_of';
        readonly options: (catalogue: Catalogue) => readonly Option[];
        /** The code chosen when the question first appears. Only if it cannot be undone: see `withInitial`. */
        readonly initial?: string;
        /**
         * Ids of later one-of questions, each opened by one of its options: they are asked in this one's list ("Recall
         * Reassignment: SP Refused") and answered under their own ids.
         */
        readonly joins?: readonly string[];
      }
    | {
        readonly kind: 'many_of';
        readonly options: (catalogue: Catalogue) => readonly Option[];
        /** All that apply are to be chosen, so they stay in sight. */
        readonly checklist?: true;
      }
    | { readonly kind: 'yes_no'; readonly initial?: 'yes' | 'no' }
    | {
        readonly kind: 'date_time';
        /** It asks when something happened. */
        readonly past?: true;
        /** It starts with the current time when it appears, shown like any other choice. */
        readonly preset?: 'now';
      }
    /** `takesOver`: this person then answers for the case. */
    | { readonly kind: 'person'; readonly takesOver?: true }
    | { readonly kind: 'files'; readonly maxFiles: number }
  );

/** A fault next to one question; `question` is its id. */
export interface Fault {
  readonly question: string;
  readonly message: string;
}

/**
 * Other consequences of a case: `sensitive`: need-to-know (the risk channel, domain sections 2 and 10) · `sp_at_risk`:
 * a copy to the Provider Advocates (4) · `police_number_missing`: to be asked again (4, 8) · `lawsuit`, `lawyer` and
 * `law_enforcement`: a legal hold (10) · `contact_override`: opened before the contact rule was met (6).
 */
export type Mark =
  | 'sensitive'
  | 'sp_at_risk'
  | 'police_number_missing'
  | 'lawsuit'
  | 'lawyer'
  | 'law_enforcement'
  | 'contact_override';

/** A form's conclusions from its answers. */
export interface Derived {
  readonly severity: Severity;
  /** One sentence for the agent: why this severity. */
  readonly severityReason: string;
  readonly tone: Tone;
  readonly codes: readonly ExceptionCode[];
  /** The case's title on cards and lists, e.g. "Negative feedback from a customer". Plain text. */
  readonly title: string;
  readonly marks?: readonly Mark[];
  /** The callback promised to the customer, an ISO date-time (domain section 5). */
  readonly callbackAt?: string;
  /** Slack ids of the people the report is about: it is never routed or shown to them (domain section 10). */
  readonly subjects?: readonly string[];
}

/** A sentence for the agent to say in one situation. */
export interface Saying {
  /** The key under which the business may reword it; `about`: when it is said. Only closing texts have them. */
  readonly id?: string;
  readonly about?: string;
  readonly when: (answers: Answers) => boolean;
  readonly say: string;
}

/** A form as data (architecture section 2), one in each kind's folder (`domain/kinds/`). */
export interface Form<Code extends CaseKind = CaseKind> {
  readonly kind: Code;
  /** Modal title, at most 24 characters. */
  readonly title: string;
  /** Domain section 11: one suggested sentence of acknowledgment for the agent to say. */
  readonly opening: string;
  /** Better openings for certain situations; the first that fits is suggested (see `openingOf`). */
  readonly openings?: readonly Saying[];
  /** Shown above everything else, in one sentence, until the answers say that it does not apply. */
  readonly banner?: string;
  readonly isCalm?: (answers: Answers) => boolean;
  /** The button that shows the questions that few reports need (`extra`). */
  readonly more?: string;
  /** A common beginning, chosen in one press by someone who has no last report of this kind (see `again`). */
  readonly starter?: (catalogue: Catalogue) => Answers;
  /** What to read out to the customer or the SP at the end; `closings` work like `openings` (see `closingOf`). */
  readonly closing?: string;
  readonly closings?: readonly Saying[];
  /** Ids of the questions for the SP account and the SJ number; either may be optional. */
  readonly spQuestion: string;
  readonly sjQuestion: string;
  /** Id of the question for a promised callback, checked against business hours when filed (`callbackFaults`). */
  readonly callbackQuestion?: string;
  readonly questions: readonly Question[];
  /** Rules between answers; each fault names the answers that disagree. Called with visible answers only. */
  readonly agreements: (answers: Answers, catalogue: Catalogue) => readonly Fault[];
  readonly derive: (answers: Answers, catalogue: Catalogue) => Derived;
}
