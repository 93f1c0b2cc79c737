import type { Allowance, ClockName } from '../allowance';
import type { CaseFacts } from '../case';
import type { Channels } from '../channels';
import type { ContactStanding } from '../contact-rule';
import type { ExceptionCode } from '../exception-codes';
import type { Answers, Form, Mark } from '../forms/form';
import type { Move } from '../moves/declared';
import type { Role } from '../role';
import type { Router } from '../route';
import type { Severity, Tone } from '../severity';
import type { CaseKind } from './code';

/** How long someone has, by severity and clock. */
type Clocks = Readonly<Partial<Record<ClockName, Allowance>>>;

/**
 * A kind of case: everything that differs by kind (domain section 2). One folder each; `kinds/index.ts` lists them.
 * Nothing is optional: a kind sets what it does not have to null.
 */
export interface Kind<Code extends CaseKind = CaseKind> {
  /** The beginning of its references: three capital letters. */
  readonly prefix: string;
  /** The name of one, in cards, lists and filters. */
  readonly label: string;
  /** The name of several, within a sentence. */
  readonly several: string;
  /** The command that opens its form, with its slash. */
  readonly command: string;
  /** What may follow the command, as Slack's hint shows it. */
  readonly usage: string;
  /** What the command is for: a sentence in the help, and a few words in Slack's list of commands. */
  readonly help: string;
  readonly summary: string;
  /** The message shortcut that starts such a report, at most 24 characters, and its description. */
  readonly shortcut: { readonly name: string; readonly description: string } | null;
  /** What is asked, what is said, and the conclusions. */
  readonly form: Form<Code>;
  /** Where it goes and who owns it. */
  readonly route: Router;
  readonly access: KindAccess;
  /** Whom the agent has on the line and tells what comes next. */
  readonly hears: 'customer' | 'SP';
  /** Reports that no one on the line knows about, so there is no one to tell; null: none. */
  readonly unheard: ((answers: Answers) => boolean) | null;
  /** How long each step may take until a policy says otherwise (domain section 8). */
  readonly clocks: Readonly<Partial<Record<Severity, Clocks>>> & {
    readonly default: Clocks & { readonly acknowledge: Allowance; readonly update: Allowance };
  };
  /** How repeat rules count it (domain section 9); null if it says nothing against an SP. */
  readonly repeats: Repeats | null;
  /** How a repeat rule raises one (domain section 9); null: none does. Only one kind defines it. */
  readonly raised: Raised | null;
  /** The form that fits better, by the answers; null if none ever does. */
  readonly goesOn: ((answers: Answers) => CaseKind | null) | null;
  /** How a form offers to continue as this kind; null: none does. */
  readonly offer: Offer | null;
  /** What other kinds' answers mean in its form, besides those to the same questions. */
  readonly takes: Readonly<Partial<Record<CaseKind, (answers: Answers) => Answers>>>;
  /** How its form follows the contact rule (domain section 6); null if the SP need not be tried first. */
  readonly contactRule: ContactRule | null;
  /** Why a job was taken back and, if the SP refused it, why, for the scorecard; null if none ever is. */
  readonly recall: ((answers: Answers) => { readonly reason: string; readonly refusal: string | null } | null) | null;
  /** How many days its closed cases are kept, until a policy says otherwise (domain section 10). */
  readonly keptDays: number;
  /** The warm transfer of a caller (domain section 5), or null. */
  readonly transfer: Transfer | null;
}

export interface KindAccess {
  /** Roles that answer for cases of this kind, besides owner and admins. */
  readonly act: readonly Role[];
  /** Whether the area's AM and deputy answer for it. */
  readonly area: boolean;
  /**
   * Need-to-know: only these roles (and the reporter) read its text, beginning with the one to assign first; null if
   * everyone in the channel may.
   */
  readonly read: readonly [Role, ...Role[]] | null;
  /** The channels where it may be shown in full; empty if everyone in the channel may read it. */
  readonly closed: (marks: readonly Mark[]) => readonly (keyof Channels)[];
}

interface Repeats {
  /** Its name in a repeat rule, and how people may type it. */
  readonly counted: string;
  readonly typed: RegExp;
  /** The rule until a policy says otherwise. */
  readonly standard: { readonly tone?: Tone; readonly count: number; readonly days: number } | null;
}

interface Raised {
  /** Where it goes: no one filed it, so no one has to review it. */
  readonly route: Router;
  /**
   * Its answers. `why`: the rule that is met · `causes`: the cases that meet it · `proposal`: the next step; in words.
   */
  readonly filed: (
    account: string,
    why: string,
    causes: string,
    proposal: string,
  ) => Pick<CaseFacts, 'answers' | 'title' | 'severity' | 'severityReason' | 'tone' | 'codes'>;
}

interface Offer {
  readonly say: string;
  /** What an answer marked ⚠ shows: a heading, and the rest. */
  readonly warned: { readonly title: string; readonly say: string } | null;
}

export interface ContactRule {
  /** The button that opens its form once the rule is met. */
  readonly button: string;
  /** The exception code chosen so far, or null. */
  readonly code: (answers: Answers) => ExceptionCode | null;
  /** The answers that pass the contact rule's state to the form. */
  readonly supply: (standing: ContactStanding) => Answers;
  /** Why it was opened before the rule was met. */
  readonly override: (answers: Answers) => string;
}

interface Transfer {
  readonly isWanted: (answers: Answers) => boolean;
  /** The answers once someone takes the caller. */
  readonly taken: (by: string) => Answers;
  /** The transfer as a move on the new case, if any. */
  readonly moves: (answers: Answers) => readonly Move[];
}
