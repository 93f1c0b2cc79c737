import type { Actor } from '../actor';
import type { ClockName, RungTarget } from '../allowance';
import type { CaseFacts, CaseLink, Deferred } from '../case';
import type { ClockMaker, Resume } from '../clocks';
import type { KnownNote } from '../notes';
import type { EventBody, MoveType } from './declared';

/** What a move is decided with, besides the facts. */
export interface Context {
  readonly actor: Actor;
  readonly now: Date;
  /** What caused this move; stored with its events. */
  readonly key: string | null;
  /** The request that was on screen, for a move that answers one (`MoveDefinition.request`); absent: not known. */
  readonly shown?: string;
  /** True if the actor may act on the case, not just write in its thread. */
  readonly mayAct: boolean;
  /** True if the actor may not read the case: a refusal does not tell what is in it. */
  readonly isOutside?: boolean;
  /** The moves that a refusal may name as possible for the actor; absent: all. */
  readonly may?: (type: MoveType) => boolean;
  /** A clock of the policy in force, starting at `from`; `dueAt` if someone promised a time. Null: no such clock. */
  readonly clock: ClockMaker;
  readonly resume: Resume;
  /** What is known of the note that the move is about; absent: what the facts say. */
  readonly note?: KnownNote;
  /** Who gets a rung later because of their quiet hours; absent: no one. */
  readonly deferral?: (to: RungTarget, clock: ClockName) => readonly Deferred[];
  /** Who may give a second approval to an outcome; absent if the move needs none. */
  readonly approvers?: readonly Actor[];
  /** People who answer for the case and may read it, and so may agree to another's request. */
  readonly keepers?: readonly Actor[];
  /** The newest link to the other case of this move, if the facts do not have it at hand. */
  readonly link?: CaseLink | null;
}

/** What a move's decision may use. */
export interface Deciding extends Context {
  /** The facts after one more event of this move. */
  readonly applied: (facts: CaseFacts, body: EventBody) => CaseFacts;
}
