import type { Actor, CaseEvent, CaseFacts, CaseState, Clock } from '../case';
import type { ClockMaker, Resume } from '../clocks';
import type { Context } from '../decide';
import type { EventBase } from '../event';
import type { Severity } from '../kinds';
import type { Holdable } from '../legal-hold';
import type { AskedFor } from '../mailbox';
import type { MoveType } from '../move';
import type { Piece, Said } from '../pieces';
import type { ClockName } from '../policy';
import type { AccessChange } from '../reads';
import type { Lane } from '../targets';
import type { Absorb } from './absorb';
import type { MoveDialog } from './dialog';
import type { Link } from './link';

/**
 * Who may make a move: `anyone` who sees the card · `responsible`, those who answer for the case · `keeper`, those of them who may
 * read it · its `reporter` ·
 * `reviewer`, the Admin team · `manager`, any Area Manager, deputy or admin, and whose role reads a need-to-know case ·
 * `outsider`, a person who may not read the need-to-know case · `reader`, whose role reads it · `system`, a job.
 */
export type Who =
  | 'anyone'
  | 'responsible'
  | 'keeper'
  | 'reporter'
  | 'reviewer'
  | 'manager'
  | 'outsider'
  | 'reader'
  | 'system';

/** What of a case decides which moves it allows. */
export type Standing = Pick<CaseFacts, 'kind' | 'state' | 'approval' | 'clocks' | 'hold' | 'sanction'> & Holdable;

/** Data of events by type. */
type Events = Readonly<Record<string, object>>;
/** Of a move that carries nothing, or makes no event of its own. */
export type None = Record<never, never>;
type BodiesOf<Made> = { [T in keyof Made & string]: { readonly type: T; readonly data: Made[T] } }[keyof Made & string];

/** The fields of a move that hold any text: each is `free` (someone typed it) or a `code` (an id, a name from a list). */
type Texts<Asked> = {
  readonly [F in keyof Asked as string extends NonNullable<Asked[F]> ? F : never]-?: 'free' | 'code';
};

/** What a move's decision may use beside its context. */
export interface Deciding extends Context {
  /** The facts after one more event of this move. */
  readonly applied: (facts: CaseFacts, body: BodiesOf<Events>) => CaseFacts;
}

/**
 * All there is to a move on a case (domain sections 2 and 7): one file `moves/<move>.ts`, one line in `moves/index.ts`.
 * `Asked`: what it carries. `Own`: the events that are its own. `Others`: those of other moves that it may make too.
 */
export interface MoveDefinition<Asked, Own extends Events = None, Others = None> {
  /** What people call it. */
  readonly label: string;
  /** Its place among what a refusal says is possible instead; null: not named there. */
  readonly named: number | null;
  readonly who: Who | ((facts: CaseFacts) => Who);
  readonly states: readonly CaseState[];
  /** What it takes beside the state. */
  readonly needs?: (facts: Standing) => boolean;
  /** Why it is not possible, where more can be said than the state. */
  readonly barred?: (facts: CaseFacts) => string | null;
  /** Why this person cannot make it now though role and state would allow it; null: nothing does. */
  readonly hindrance: ((facts: CaseFacts, actor: Actor, now: Date) => string | null) | null;
  /** Its window and where its button is; null: it is made in another way. */
  readonly dialog: MoveDialog<Asked> | null;
  readonly texts: Texts<Asked>;
  /** What it changes of what its clocks run by. A card moves to the channel of the area that is named here. */
  readonly changes?: (
    asked: Asked,
    facts: CaseFacts,
  ) => { readonly area?: string | null; readonly severity?: Severity };
  /** The reply or the other case about which its decision has to know more than the facts have at hand. */
  readonly recalls?: (asked: Asked) => { readonly note: string } | { readonly link: string } | null;
  /** Whom it makes answer for the case: no one of another company. A fault is shown at the field `owner` of its window. */
  readonly newOwner?: (asked: Asked) => Actor;
  /** It changes another case too, and first. */
  readonly joins?: Joining<Asked>;
  /** Its events call those who answer for the case, so it has to be known who they are now. */
  readonly calls?: true;
  /** The events it makes (none: there is nothing to do), or why not, in words for the person. */
  readonly decide: (facts: CaseFacts, asked: Asked, context: Deciding) => readonly BodiesOf<Own & Others>[] | string;
  readonly events: { readonly [T in keyof Own]: EventDefinition<Own[T]> };
}

/** A move that joins two cases. A fault is shown at the field `ref` of its window. */
export interface Joining<Asked> {
  /** The reference of the other case. */
  readonly other: (asked: Asked) => string;
  /** Why the two cannot be joined, in words for the person. */
  readonly fault: (own: CaseFacts, other: CaseFacts, isRestricted: (facts: CaseFacts) => boolean) => string | null;
  /** What is done on the other case. */
  readonly answer: (own: CaseFacts) => ({ readonly type: 'absorb' } & Absorb) | ({ readonly type: 'link' } & Link);
}

/** An event with its data. */
export type Happened<Data> = EventBase & { readonly data: Data };

/** All there is to an event that a move makes. Its type and its data are stored: neither ever changes. */
export interface EventDefinition<Data> {
  /** What is different after it, beside its clocks. */
  readonly apply: (facts: CaseFacts, event: Happened<Data>) => Partial<CaseFacts>;
  readonly clocks: ClockRule<Data>;
  /** Its line in the threads of the card; null: it has none. */
  readonly line: ThreadLine<Data> | null;
  /** Who gets a DM about it, and what that says; null: no one. */
  readonly dm: DirectMessage<Data> | null;
  /** Who is asked by DM, and for what: the buttons go once that is waited for no more. */
  readonly asks?: { readonly is: AskedFor; readonly whom: (event: Happened<Data>) => readonly Actor[] };
  /** Places beside the case's own that are told of it, and what: no word of its text. A rung names its place itself. */
  readonly notice?: {
    readonly to?: (event: Happened<Data>, desks: Desks) => readonly (Lane | null)[];
    readonly say: (event: Happened<Data>) => readonly Piece[];
  };
  /** The mailbox outside that gets its text, where there is one; absent: none ever. */
  readonly mails?: (data: Data) => string | null;
  /** What it changes of what the case has done about its SP goes to the directory; absent: it changes nothing of that. */
  readonly toDirectory?: true;
  /** The other case that hears of it and acts on it, by its reference; null or absent: none. */
  readonly toCase?: (facts: CaseFacts, event: Happened<Data>) => string | null;
  /** What the access log says of it, where it is about who may read the case: never why. */
  readonly access?: (event: Happened<Data>) => AccessChange;
  /** What it is found by in a long history: the note, or the case it links to. */
  readonly about?: (data: Data) => { readonly note: string } | { readonly link: string };
}

/** Places that the policy names. */
export interface Desks {
  /** The leadership channel. */
  readonly leadership: string | null;
  /** Told beside the manager whom a case is sent to. */
  readonly beside?: readonly string[];
}

/** What an event means to clocks (domain section 8). */
export type ClockRule<Data> = Answering<Data> & {
  /** The clocks it starts; one of the same name that runs already is replaced. */
  readonly starts: ((data: Data, facts: CaseFacts) => readonly Clock[]) | null;
  /** What the same event would have held under other rules; null: the same. */
  readonly again: ((facts: CaseFacts, event: Happened<Data>, rules: Again) => Data) | null;
  /** Time, the auditor or a new policy made it, and no one's deed; absent: never. */
  readonly isOfTime?: (event: EventBase) => boolean;
  /** Which clocks run after it, where it is no matter of answers and starts alone. */
  readonly after?: (facts: CaseFacts, event: Happened<Data>) => Timed;
};
type Answering<Data> =
  | { readonly answers: readonly []; readonly deed?: never; readonly answersIf?: never }
  | {
      /** The clocks it answers: every rung of theirs stops, also in a snooze. `all` closes the case. */
      readonly answers: readonly ClockName[] | 'all';
      /** What someone does who answers them so, as in "acknowledges it"; null: no one's deed. */
      readonly deed: string | null;
      /** Whether it answers them this time; absent: always. */
      readonly answersIf?: (data: Data) => boolean;
    };
export type Timed = Pick<CaseFacts, 'clocks' | 'hold'>;

/** The rules under which a history is gone through once more. */
export interface Again {
  readonly at: Date;
  readonly clock: ClockMaker;
  readonly resume: Resume;
  /** Clocks of the case as it would run with another area or severity. */
  readonly clockWith: (change: { readonly area?: string | null; readonly severity?: Severity }) => ClockMaker;
  /** The promise that work renews; `had`: it did when it happened. */
  readonly renewed: (had: boolean) => Clock | null;
}

/** `names`: the people it calls, else the owner. */
type Say<Data, S> = (facts: CaseFacts, event: Happened<Data>, names: readonly Actor[] | undefined) => S;
export interface ThreadLine<Data> {
  readonly say: Say<Data, SaidInThread>;
  /**
   * What is said under a card that shows no more than that the case exists: nothing that an answer, an outcome or
   * another case gives away (domain section 10). Quotations are never there.
   */
  readonly outside: 'same' | 'never' | Say<Data, Said | null>;
  /** When it is not said at all; absent: always. `alone`: no other event happened with it. */
  readonly isHidden?: (event: Happened<Data>, alone: boolean) => boolean;
  /** What replaces the buttons that an earlier line offered, once this has answered them. */
  readonly settles?: (event: Happened<Data>) => readonly Piece[];
  /** It calls those who answer for the case by name. */
  readonly calls?: true;
  /** It says what a rung that fires with it would say in the thread. */
  readonly speaksForRungs?: true;
}

/** `offers`: moves that are open to the person who reads the case in full, and the person they are about. */
export interface SaidInThread extends Said {
  readonly offers?: { readonly moves: readonly MoveType[]; readonly about: Actor };
}

export interface DirectMessage<Data> {
  /** Whom it is for, beside the person who made it and those the case is about, who never get it. `onDuty`: null where not known. */
  readonly to: (facts: CaseFacts, event: Happened<Data>, onDuty: readonly Actor[] | null) => readonly (Actor | null)[];
  readonly say: (facts: CaseFacts, event: Happened<Data>, reader: Reader) => SaidToOne;
}
interface Reader {
  readonly to: Actor;
  /** They answer for the case. */
  readonly acts: boolean;
}
interface SaidToOne extends Said {
  /** What is quoted was written for the person who gets it. */
  readonly isForReader?: true;
  /** The moves it offers, or those that answer this clock. */
  readonly buttons?: readonly MoveType[] | { readonly answering: ClockName };
}

/** An event of this type. */
export type EventOf<T extends CaseEvent['type']> = Extract<CaseEvent, { readonly type: T }>;
