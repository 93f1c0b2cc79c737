import type { CaseEvent } from '../../domain/event';
import type { Delivery } from '../../domain/mailbox';
import type { Lane } from '../../domain/targets';
import { within } from '../../services/deadline';
import type { StoredCase } from '../../services/ports/cases';
import type { Patience } from '../troubles';

/** A delivery, and its case as it is now. */
export interface Parcel {
  readonly stored: StoredCase;
  readonly delivery: Delivery;
}

/** Where a message is. Outside Slack, its lane and no `ts`. */
export interface Posted {
  readonly channel: string;
  readonly ts: string;
  /** It was there already, and shows its case as it was when it was posted. */
  readonly isFound?: true;
}

/** One rendered message, and what it is about; deliveries that are no longer needed are in neither. */
export interface Drawn {
  readonly parcels: readonly Parcel[];
  /** `post`: takes the lane's next slot. `update`: edits what is there. `trace`: looks for it, never sends it. */
  readonly is: 'post' | 'update' | 'trace';
  /** Where these deliveries are now; for a trace, only those that had arrived. Rejects with what `failureOf` reads. */
  send(hands: Hands): Promise<ReadonlyMap<string, Posted>>;
  /** The same in another form that avoids this failure, or null. */
  plainer(failure: Failure): Drawn | null;
  /** The `ts` of the card that it is, or belongs under; null for a message without one. */
  readonly card: string | null;
}

/** The context of a send. */
export interface Hands {
  /** Whether an earlier attempt may have arrived. */
  isInDoubt(deliveryId: string): boolean;
  /** Call it right before a message goes out. Throws if the lane is not held anymore. */
  take(): void;
  /** The same before a message changes, which takes no slot of the lane's rate. */
  check(): void;
}

/** What a failed call means for its message. */
export type Failure =
  /** Not done; try again after `ms`. */
  | { readonly is: 'wait'; readonly ms: number; readonly fault: string }
  /** No message gets through until someone fixes the installation, or lets the app in again. */
  | { readonly is: 'blocked'; readonly fault: string }
  /** It may have been done: look before sending again. */
  | { readonly is: 'unknown'; readonly fault: string }
  /** Not done, for a reason that may pass. `own`: this message is at fault. `expected`: it is no problem yet. */
  | { readonly is: 'unheard'; readonly fault: string; readonly own: boolean; readonly expected?: true }
  /** `plainFirst`: it may be a forbidden mention, so try the plain form first. */
  | { readonly is: 'unreachable'; readonly fault: string; readonly plainFirst?: true }
  | { readonly is: 'gone'; readonly fault: string }
  /** This content, or this address, is refused for good. */
  | { readonly is: 'refused'; readonly fault: string }
  /** The file cannot be fetched or shared; the card and its lines can. */
  | { readonly is: 'unshared'; readonly fault: string };

/** One way for messages to reach someone: how it renders them, sends them, and what its failures mean. */
export interface Target {
  /** Renders a delivery, or several combined; null if it is no longer needed. */
  draw(parcels: readonly Parcel[]): Promise<Drawn | null>;
  /** Why these may not go there, as a code, or null. Never rejects. */
  bars(parcels: readonly Parcel[]): Promise<string | null>;
  failureOf(error: unknown): Failure;
  readonly patience: Patience;
  /** Between two messages in one lane, ms. */
  readonly intervalMs: number;
  /** The service behind its lane: while others go out through it, a failing message is itself at fault. */
  serviceOf(lane: Lane): string;
}

/** The target of a lane; one that refuses everything if this version knows none. */
export type TargetFor = (lane: Lane) => Target;

/** The event a message is about, by its number; null: there is none, or a nudge was answered since. */
export type EventOf = (parcel: Parcel) => Promise<CaseEvent | null>;

/** A failure known before anything is sent, by its code. */
export class RefusedError extends Error {}

/**
 * A message that leaves Slack, and cannot be looked up again. `tryMs`: how long that may take, if sending has no end of
 * its own.
 */
export const outside = (parcel: Parcel, send: () => Promise<void>, tryMs: number | null = null): Drawn => ({
  parcels: [parcel],
  is: 'post',
  card: null,
  plainer: () => null,
  async send({ take }) {
    take();
    await (tryMs === null ? send() : within(tryMs, send()));
    return new Map([[parcel.delivery.id, { channel: parcel.delivery.lane, ts: '' }]]);
  },
});
