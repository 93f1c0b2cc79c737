import type { Actor } from '../actor';
import type { ClockName } from '../allowance';
import type { CaseFacts, CaseState, Clock } from '../case';
import type { ClockMaker, Resume } from '../clocks';
import type { EventBase } from '../event';
import type { Holdable } from '../legal-hold';
import type { AskedFor } from '../mailbox';
import type { Piece, Said } from '../pieces';
import type { AccessChange } from '../reads';
import type { Severity } from '../severity';
import type { Lane } from '../targets';
import type { Deciding } from './context';
import type { BodyOf, Events, EventType, MoveOf, Moves, MoveType } from './declared';
import type { MoveDialog } from './dialog';

/**
 * Who may make a move: `anyone` who sees the card · `informed`: people who may read the case · `responsible`: people who
 * answer for the case · `keeper`: those of them who may read it · its `reporter` · `reviewer`: the Admin team · `asked`:
 * its reporter or the Admin team · `manager`: any Area Manager, deputy or admin; of a need-to-know case, people whose
 * role reads it · `outsider`: a person who may not read the need-to-know case · `reader`: people whose role reads it ·
 * `system`: a job.
 */
export type Who =
  | 'anyone'
  | 'informed'
  | 'responsible'
  | 'keeper'
  | 'reporter'
  | 'reviewer'
  | 'asked'
  | 'manager'
  | 'outsider'
  | 'reader'
  | 'system';

/** The facts that decide which moves a case allows. */
export type Standing = Pick<CaseFacts, 'kind' | 'state' | 'approval' | 'clocks' | 'hold' | 'sanction'> & Holdable;

/** A move's text fields: each is `free` (someone typed it) or a `code` (an id, a name from a list). */
type Texts<Asked> = {
  readonly [F in keyof Asked as string extends NonNullable<Asked[F]> ? F : never]-?: 'free' | 'code';
};

/**
 * A move on a case (domain sections 2 and 7): one file `moves/<move>.ts`, one line in `moves/index.ts`. `Own`: its
 * own events. `Others`: other moves' events that it may make.
 */
export interface MoveDefinition<
  Type extends MoveType,
  Own extends EventType = never,
  Others extends EventType = never,
> {
  readonly label: string;
  /** Its place in a refusal's list of possible moves; null: not listed. */
  readonly named: number | null;
  readonly who: Who | ((facts: CaseFacts) => Who);
  readonly states: readonly CaseState[];
  /** What it requires besides the state. */
  readonly needs?: (facts: Standing) => boolean;
  /** Why it is not possible, if there is more to say than the state. */
  readonly barred?: (facts: CaseFacts) => string | null;
  /** Why this person cannot make it now although role and state would allow it; null: they can. */
  readonly hindrance: ((facts: CaseFacts, actor: Actor, now: Date) => string | null) | null;
  /** The request that it answers, as a key; a window opened for another one changes nothing. */
  readonly request?: (facts: CaseFacts) => string;
  /** Its window and where its button is; null: it is made in another way. */
  readonly dialog: MoveDialog<Moves[Type]> | null;
  readonly texts: Texts<Moves[Type]>;
  /** How it changes what its clocks depend on. A card moves to the channel of the area named here. */
  readonly changes?: (
    asked: Moves[Type],
    facts: CaseFacts,
  ) => { readonly area?: string | null; readonly severity?: Severity };
  /** The reply or the other case that its decision needs beyond the facts at hand. */
  readonly recalls?: (asked: Moves[Type]) => { readonly note: string } | { readonly link: string } | null;
  /** The new owner, who cannot be someone of another company. A fault is shown at the field `owner` of its window. */
  readonly newOwner?: (asked: Moves[Type]) => Actor;
  /** It also changes another case, and that one first. */
  readonly joins?: Joining<Moves[Type]>;
  /** Its events call the people who answer for the case, so these are looked up. */
  readonly calls?: true;
  /** The events it makes (none: there is nothing to do), or why not, in words for the person. */
  readonly decide: (
    facts: CaseFacts,
    asked: Moves[Type],
    context: Deciding,
  ) => readonly BodyOf<Own | Others>[] | string;
  readonly events: { readonly [T in Own]: EventDefinition<Events[T]> };
}

/** A move that joins two cases. A fault is shown at the field `ref` of its window. */
export interface Joining<Asked> {
  readonly other: (asked: Asked) => string;
  /** Why the two cannot be joined, in words for the person. */
  readonly fault: (own: CaseFacts, other: CaseFacts, isRestricted: (facts: CaseFacts) => boolean) => string | null;
  /** The move on the other case. */
  readonly answer: (own: CaseFacts) => MoveOf<'absorb' | 'link'>;
}

/** An event with its data. */
export type Happened<Data> = EventBase & { readonly data: Data };

/** An event that a move makes. Its type and data are stored, so neither ever changes. */
export interface EventDefinition<Data> {
  /** What changes, besides its clocks. */
  readonly apply: (facts: CaseFacts, event: Happened<Data>) => Partial<CaseFacts>;
  readonly clocks: ClockRule<Data>;
  /** Its line in the card's threads; null: none. */
  readonly line: ThreadLine<Data> | null;
  /** Who gets a DM about it, and its text; null: no one. */
  readonly dm: DirectMessage<Data> | null;
  /** Who is asked by DM, and for what; the buttons disappear once that is settled. */
  readonly asks?: { readonly is: AskedFor; readonly whom: (event: Happened<Data>) => readonly Actor[] };
  /** Other places that are told, and what, without the case's text. A rung names its place itself. */
  readonly notice?: {
    readonly to?: (event: Happened<Data>, desks: Desks) => readonly (Lane | null)[];
    readonly say: (event: Happened<Data>) => readonly Piece[];
  };
  /** The mailbox outside the workspace that gets its text, if any; absent: never. */
  readonly mails?: (data: Data) => string | null;
  /** It changes what the case sets for its SP, so the directory is told; absent: it does not. */
  readonly toDirectory?: true;
  /** The reference of another case that acts on it; null or absent: none. */
  readonly toCase?: (facts: CaseFacts, event: Happened<Data>) => string | null;
  /** Its entry in the access log, if it changes who may read the case; without the reason. */
  readonly access?: (event: Happened<Data>) => AccessChange;
  /** Its key in a long history: the note, or the case it links to. */
  readonly about?: (data: Data) => { readonly note: string } | { readonly link: string };
}

/** Places that the policy names. */
export interface Desks {
  /** The leadership channel. */
  readonly leadership: string | null;
  /** Told in addition to the manager whom a case is sent to. */
  readonly beside?: readonly string[];
}

/** How an event affects clocks (domain section 8). */
export type ClockRule<Data> = Answering<Data> & {
  /** The clocks it starts; one of the same name is replaced. */
  readonly starts: ((data: Data, facts: CaseFacts) => readonly Clock[]) | null;
  /** What the same event would have held under other rules; null: the same. */
  readonly again: ((facts: CaseFacts, event: Happened<Data>, rules: Again) => Data) | null;
  /** Time, the auditor or a new policy made it, not a person; absent: never. */
  readonly isOfTime?: (event: EventBase) => boolean;
  /** Which clocks run after it, if `answers` and `starts` are not enough. */
  readonly after?: (facts: CaseFacts, event: Happened<Data>) => Timed;
};
type Answering<Data> =
  | { readonly answers: readonly []; readonly action?: never; readonly answersIf?: never }
  | {
      /** The clocks it answers: all their rungs stop, even during a snooze. `all` closes the case. */
      readonly answers: readonly ClockName[] | 'all';
      /** What the person who answers them does, as in "acknowledges it"; null: not a person's action. */
      readonly action: string | null;
      /** Whether it answers them this time; absent: always. */
      readonly answersIf?: (data: Data) => boolean;
    };
export type Timed = Pick<CaseFacts, 'clocks' | 'hold'>;

/** The rules under which a history is replayed. */
export interface Again {
  readonly at: Date;
  readonly clock: ClockMaker;
  readonly resume: Resume;
  /** The case's clocks with another area or severity. */
  readonly clockWith: (change: { readonly area?: string | null; readonly severity?: Severity }) => ClockMaker;
  /** The promise that work renews; `had`: it did originally. */
  readonly renewed: (had: boolean) => Clock | null;
}

/** `names`: the people it calls, else the owner. */
type Say<Data, S> = (facts: CaseFacts, event: Happened<Data>, names: readonly Actor[] | undefined) => S;
export interface ThreadLine<Data> {
  readonly say: Say<Data, SaidInThread>;
  /**
   * The line under a card that shows only that the case exists: nothing that reveals an answer, an outcome or another
   * case (domain section 10), and no quotations.
   */
  readonly outside: 'same' | 'never' | Say<Data, Said | null>;
  /** When there is no line; absent: always shown. `alone`: no other event happened with it. */
  readonly isHidden?: (event: Happened<Data>, alone: boolean) => boolean;
  /** What replaces an earlier line's buttons once this has answered them. */
  readonly settles?: (event: Happened<Data>) => readonly Piece[];
  /** It names the people who answer for the case. */
  readonly calls?: true;
  /** It replaces the thread line of a rung that fires with it. */
  readonly speaksForRungs?: true;
}

/** `offers`: moves for people who read the case in full, and the person the moves are about. */
export interface SaidInThread extends Said {
  readonly offers?: { readonly moves: readonly MoveType[]; readonly about: Actor };
}

export interface DirectMessage<Data> {
  /** Whom it is for, except its actor and the case's subjects, who never get it. `onDuty`: null if not known. */
  readonly to: (facts: CaseFacts, event: Happened<Data>, onDuty: readonly Actor[] | null) => readonly (Actor | null)[];
  readonly say: (facts: CaseFacts, event: Happened<Data>, reader: DmReader) => SaidToOne;
}
export interface DmReader {
  readonly to: Actor;
  /** They answer for the case. */
  readonly acts: boolean;
  /** They may not read the case. */
  readonly isOutside: boolean;
}
interface SaidToOne extends Said {
  /** The quotation was written for the recipient. */
  readonly isForReader?: true;
  /** The moves it offers, or those that answer this clock. */
  readonly buttons?: readonly MoveType[] | { readonly answering: ClockName };
}
