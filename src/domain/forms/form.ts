import type { ExceptionCode } from '../exception-codes';
import type { CaseKind, Severity, Tone } from '../kinds';

/**
 * What a person answered, by question id: text (also yes/no as `yes` | `no`, codes of one-of, ISO dates, Slack user
 * ids) or a list (codes of many-of, file ids). An absent key is an unanswered question; empty strings never occur.
 */
export type Answer = string | readonly string[];
export type Answers = Readonly<Record<string, Answer>>;

/** One answer option. `code` is stored and never changes; the label may be renamed and an option retired. */
export interface Option {
  readonly code: string;
  readonly label: string;
  /** A few words beside the label, at most 75 characters. */
  readonly description?: string;
  /** The exception code it maps to, where one exists (domain section 3). */
  readonly exceptionCode?: ExceptionCode;
  /** Marked ⚠ in the domain text: offers to continue as a high-risk report. */
  readonly highRisk?: boolean;
  /** Choosing it excludes every sibling ("SP Does Not Have High Cost"). */
  readonly exclusive?: boolean;
  /** Never offered: recorded where it follows from other answers (see `follows`). */
  readonly implied?: boolean;
  /** Retired options are not offered anymore, yet old cases still show their label. */
  readonly retired?: boolean;
}

/** The editable lists of options, by catalogue key (`negative_customer`, `high_cost` ...). Passed in, never global. */
export type Catalogue = Readonly<Record<string, readonly Option[]>>;

/** One screen of a form that is asked page by page. Questions of one page stand together in the form. */
export interface Page {
  readonly id: string;
  readonly title: string;
}

/**
 * Questions that belong together and are left out together, under a heading of their own on their page. A part that was
 * a page once keeps that page's id, which stored drafts name.
 */
export interface Part {
  readonly id: string;
  readonly title: string;
  /** Id of its text question that holds why it is skipped; once given, no other answer of it is required. */
  readonly skip: string;
}

interface QuestionBase {
  /** Stable id: the key in Answers and the block_id in a modal. The same id in two branches is the same question. */
  readonly id: string;
  readonly label: string;
  /** What the form asks instead of the label, to be read aloud; the label names the answer everywhere else. */
  readonly ask?: string;
  readonly hint?: string;
  readonly placeholder?: string;
  /** Shown and stored only while this holds for the earlier visible answers. Absent means always. */
  readonly when?: (answers: Answers) => boolean;
  readonly optional?: boolean;
  /** While this holds, an optional question has to be answered anyway. */
  readonly needed?: (answers: Answers) => boolean;
  /** Id of another question: once that one is answered, this one need not be. */
  readonly unless?: string;
  /**
   * Redraw the form when this answer changes, because later questions or the preview depend on it. `aside`: and yet
   * nothing is concluded from it, so that nothing waits for it.
   */
  readonly live?: boolean | 'aside';
  /** Id of the closing text that its hint shows. */
  readonly reads?: string;
  /** The screen it belongs to; absent means the form's first. */
  readonly page?: Page;
  readonly part?: Part;
  /**
   * Never asked: the procedure supplies the answer each time the form is drawn or submitted. It is kept, summarised
   * and seen by later questions like any other.
   */
  readonly supplied?: boolean;
  /**
   * The answer that follows from the earlier ones. While there is one, it is recorded whatever was chosen before, and the
   * question has no field.
   */
  readonly follows?: (answers: Answers, catalogue: Catalogue) => Answer | undefined;
  /** Cards tell it in a place of its own, and not among the answers. */
  readonly apart?: boolean;
  /** What a later move fills in: its answer is found by this, wherever the question stands. */
  readonly holds?: Holding;
}
/** The police report's number, and the agency that gave it (domain section 4); the driver or technician who came, the decision that is appealed against (12). */
export type Holding = 'police_number' | 'police_agency' | 'driver' | 'appeal_of';
export type Question = QuestionBase &
  (
    | {
        readonly kind: 'text';
        readonly maxLength: number;
        /** Gives the cleaned value, or a sentence for the person saying what to type instead. */
        readonly parse?: (raw: string) => { ok: true; value: string } | { ok: false; fault: string };
      }
    | { readonly kind: 'long_text'; readonly maxLength: number }
    | {
        readonly kind: 'one_of';
        readonly options: (catalogue: Catalogue) => readonly Option[];
        /** The code chosen when the question first appears. Only where it cannot be unchosen: see `withInitial`. */
        readonly initial?: string;
        /**
         * Ids of later one-of questions, each opened by one of its options: they are asked in this one's list ("Recall
         * Reassignment: SP Refused"), ten entries in all at most, and answered under their own ids.
         */
        readonly joins?: readonly string[];
      }
    | { readonly kind: 'many_of'; readonly options: (catalogue: Catalogue) => readonly Option[] }
    | { readonly kind: 'yes_no'; readonly initial?: 'yes' | 'no' }
    | {
        readonly kind: 'date_time';
        /** It asks when something happened. */
        readonly past?: true;
        /** It starts with this moment when it appears, shown like any other choice. */
        readonly preset?: 'now';
      }
    /** `takesOver`: the person who is named answers for the case from then on. */
    | { readonly kind: 'person'; readonly takesOver?: true }
    | { readonly kind: 'files'; readonly maxFiles: number }
  );

/** A fault beside one question; `question` is its id. */
export interface Fault {
  readonly question: string;
  readonly message: string;
}

/**
 * What else a case calls for: `sensitive` need-to-know (the risk channel, domain sections 2 and 10) · `sp_at_risk` a
 * copy to the Provider Advocates (4) · `police_number_missing` to be asked again (4, 8) · `lawsuit`, `lawyer`
 * and `law_enforcement` a legal hold (10) ·
 * `contact_override` opened before the contact rule was met (6).
 */
export type Mark =
  | 'sensitive'
  | 'sp_at_risk'
  | 'police_number_missing'
  | 'lawsuit'
  | 'lawyer'
  | 'law_enforcement'
  | 'contact_override';

/** What a form's procedure concludes from its answers. */
export interface Derived {
  readonly severity: Severity;
  /** One sentence, shown to the agent: why this severity. */
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
  /** Under which the business may word it in its own way; `about` says when it is said. Closing texts alone have them. */
  readonly id?: string;
  readonly about?: string;
  readonly when: (answers: Answers) => boolean;
  readonly say: string;
}

/** A form as data (architecture section 2). One in the folder of each kind (`domain/kinds/`). */
export interface Form<Code extends CaseKind = CaseKind> {
  readonly kind: Code;
  /** Modal title, at most 24 characters. */
  readonly title: string;
  /** Domain section 11: one suggested sentence of acknowledgment for the agent to say. */
  readonly opening: string;
  /** Better openings for certain situations; the first that fits is suggested (see `openingOf`). */
  readonly openings?: readonly Saying[];
  /** Stands above everything else, in one sentence. */
  readonly banner?: string;
  /** What to read out to the customer, or to the SP, at the end; `closings` as `openings` (see `closingOf`). */
  readonly closing?: string;
  readonly closings?: readonly Saying[];
  /** Ids of the questions that hold the SP account and the SJ number; either may be optional, and then unanswered. */
  readonly spQuestion: string;
  readonly sjQuestion: string;
  /** Id of the question that holds a promised callback: held against business hours when filed (`callbackFaults`). */
  readonly callbackQuestion?: string;
  readonly questions: readonly Question[];
  /** Rules between answers; each fault names the answers that disagree. Called with visible answers only. */
  readonly agreements: (answers: Answers, catalogue: Catalogue) => readonly Fault[];
  readonly derive: (answers: Answers, catalogue: Catalogue) => Derived;
}
