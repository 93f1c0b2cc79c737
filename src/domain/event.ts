import type { Actor } from './actor';
import type { EventBody } from './moves/declared';

/**
 * A note that threads of full cards have not shown: it was written under a redacted card (`true`), or under one that
 * was replaced since (`former`).
 */
export type Aside = true | 'former';

export interface EventBase {
  /** 1, 2, 3 … within the case. */
  readonly seq: number;
  readonly at: Date;
  readonly actor: Actor;
  /** What caused it (a view id, an action's ts ...), so that repeating it changes nothing; null for jobs. */
  readonly key: string | null;
}

/** What happened, and when. Events are appended and never edited (domain section 2). */
export type CaseEvent = EventBase & EventBody;

/**
 * A stored event: with the hash of the one before it, the salted hash of its contents, and a hash of both (domain
 * section 10). Those of the first format have neither `salt` nor `content`.
 */
export type SealedEvent = CaseEvent & {
  readonly previous: string;
  readonly hash: string;
  readonly salt?: string;
  readonly content?: string;
  /**
   * Its contents were erased by retention, or words about a person were; the rest is not part of the proof
   * (`provable`). The chain holds without it.
   */
  readonly erased?: true;
};

/** An event as it is proven; if it was erased, only its number, time, type and hashes. */
export const provable = (event: SealedEvent): SealedEvent => (event.erased ? withoutWords(event) : event);

/** An event without its contents. */
export const withoutWords = ({ seq, at, type, content, previous, hash }: SealedEvent): SealedEvent =>
  ({ seq, at, type, ...(content !== undefined && { content }), previous, hash, erased: true }) as SealedEvent;
