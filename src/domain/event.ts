import type { Actor } from './case';
import type { MoveEvents } from './move';
import type { Filed, Routed } from './moves/filing';

/**
 * A note that the threads which show the case in full have not seen: it was written under a card that does not
 * (`true`), or under one that was replaced since (`former`).
 */
export type Aside = true | 'former';

export interface EventBase {
  /** 1, 2, 3 … within the case. */
  readonly seq: number;
  readonly at: Date;
  readonly actor: Actor;
  /** What made it, so that a replay of the same press or message changes nothing (a view id, an action's ts ...); null for jobs. */
  readonly key: string | null;
}

/** What happened, by type, each as its move says. Events are appended and never edited (domain section 2). */
export type EventBody =
  | { readonly type: 'filed'; readonly data: Filed }
  | { readonly type: 'routed'; readonly data: Routed }
  | MoveEvents;

export type CaseEvent = EventBase & EventBody;

/**
 * An event as stored: it carries the hash of the one before it, the salted hash of its own content, and a hash of both
 * (domain section 10). Those of the first form have neither `salt` nor `content`.
 */
export type SealedEvent = CaseEvent & {
  readonly previous: string;
  readonly hash: string;
  readonly salt?: string;
  readonly content?: string;
  /**
   * What it said was erased, as retention asks, or words about a person were: what is left of it then is no part of the
   * proof (`provable`). The chain holds without it.
   */
  readonly erased?: true;
};

/** An event as it is proven: of one that was erased, its number, moment and type, and the hashes by which the chain holds. */
export const provable = (event: SealedEvent): SealedEvent => (event.erased ? withoutWords(event) : event);

/** An event without what it says. */
export const withoutWords = ({ seq, at, type, content, previous, hash }: SealedEvent): SealedEvent =>
  ({ seq, at, type, ...(content !== undefined && { content }), previous, hash, erased: true }) as SealedEvent;
