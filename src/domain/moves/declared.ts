/** What each move carries, by its type: a move's file declares its own (domain sections 2 and 7). */
// biome-ignore lint/suspicious/noEmptyInterface: the moves fill it.
export interface Moves {}
/** The data of each event, by its type: the file that defines an event declares it. Both are stored and never change. */
// biome-ignore lint/suspicious/noEmptyInterface: the moves fill it.
export interface Events {}

/** For a move that carries nothing, or an event without data. */
export type None = Record<never, never>;

export type MoveType = keyof Moves;
/** What someone (or a job) wants to do with a case, by type. */
export type MoveOf<T extends MoveType> = { [K in T]: { readonly type: K } & Moves[K] }[T];
export type Move = MoveOf<MoveType>;

export type EventType = keyof Events;
/** What happened, by type. */
export type BodyOf<T extends EventType> = { [K in T]: { readonly type: K; readonly data: Events[K] } }[T];
export type EventBody = BodyOf<EventType>;
