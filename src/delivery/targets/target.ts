import type { CaseEvent, CaseFacts } from '../../domain/case';
import type { Exposure } from '../../domain/exposure';
import type { Delivery, LinkTo } from '../../domain/mailbox';
import type { Policy } from '../../domain/policy';
import type { Lane } from '../../domain/targets';
import type { CaseHistory, StoredCase } from '../../services/ports/cases';
import type { AccessLog } from '../../services/ports/people';
import type { SpStandings } from '../../services/ports/standings';
import type { Waits } from '../troubles';
import type { TargetSettings } from './settings';
import type { Renderer } from './slack/render';
import type { Sender } from './slack/sender';

/** A delivery, and the case that owes it as it is now. */
export interface Parcel {
  readonly stored: StoredCase;
  readonly delivery: Delivery;
}

/** Where a message is. For one outside Slack, its lane and no `ts`. */
export interface Posted {
  readonly channel: string;
  readonly ts: string;
}

/** One message, and what it is about; what has nothing left to say is in neither. */
export interface Drawn {
  readonly parcels: readonly Parcel[];
  /** `post`: it takes the lane's next slot. `update`: of what stands already. `trace`: it is only looked for, and never sent. */
  readonly is: 'post' | 'update' | 'trace';
  /** Where these deliveries are now. Of what was looked for, only those that had arrived. Rejects with what `failureOf` reads. */
  send(hands: Hands): Promise<ReadonlyMap<string, Posted>>;
  /** The same in another form, where that is what the failure is about; null: there is none. */
  plainer(failure: Failure): Drawn | null;
  /** The `ts` of the card that it is, or belongs under; null for a message on its own. */
  readonly card: string | null;
}

/** What a sender is given. */
export interface Hands {
  /** Whether an earlier attempt may have arrived. */
  isInDoubt(deliveryId: string): boolean;
  /** To be called right before something goes out. Throws when the lane is not held anymore. */
  take(): void;
}

/** What a failed call means for the message it carried. */
export type Failure =
  /** Not done; may be tried again after `ms`. */
  | { readonly is: 'wait'; readonly ms: number; readonly fault: string }
  /** No one's message gets through until someone repairs the installation, or lets the app in again. */
  | { readonly is: 'blocked'; readonly fault: string }
  /** It may have been done: look before sending again. */
  | { readonly is: 'unknown'; readonly fault: string }
  /** Not done, for a reason that may go away, or not. `own`: it lies in this message. `expected`: it is no trouble yet. */
  | { readonly is: 'unheard'; readonly fault: string; readonly own: boolean; readonly expected?: true }
  /** `plainFirst`: unless it is a mention in the message that is not allowed there. */
  | { readonly is: 'unreachable'; readonly fault: string; readonly plainFirst?: true }
  | { readonly is: 'gone'; readonly fault: string }
  /** This content, or this address, is refused for good. */
  | { readonly is: 'refused'; readonly fault: string }
  /** The file cannot be had, or not be shared; the card and its lines can. */
  | { readonly is: 'unshared'; readonly fault: string };

/** How long a target goes on trying. */
export interface Patience {
  readonly waits: Waits;
  /** A message that failed for so long is given up, ms of business time; null: after many tries that failed while others went out. */
  readonly forMs: number | null;
}

/** One way by which messages reach someone: how it puts them into words, sends them, and what its failures mean. */
export interface Target {
  /** Puts a delivery into words, or those that go out together; null when there is nothing left to say. */
  draw(parcels: readonly Parcel[]): Promise<Drawn | null>;
  /** Why these may not go there at all, as a code; null: they may. Never rejects. */
  bars(parcels: readonly Parcel[]): Promise<string | null>;
  failureOf(error: unknown): Failure;
  readonly patience: Patience;
  /** Between two messages in one lane, ms. */
  readonly intervalMs: number;
  /** What its lane's messages go through: while others go out through it, a message that fails is itself to blame. */
  serviceOf(lane: Lane): string;
}

/** All that targets are made of; each takes what it needs. */
export interface TargetContext extends TargetSettings {
  readonly sender: Sender;
  readonly render: Renderer;
  /** How others than its own people read a channel. Never rejects, and is not long about it. */
  readonly exposure: (channel: string) => Promise<Exposure | null>;
  readonly eventOf: EventOf;
  readonly history: Pick<CaseHistory, 'numbered'>;
  readonly accessLog: Pick<AccessLog, 'keep'>;
  /** The address of a posted card, or null where Slack cannot tell. */
  readonly linkTo: LinkTo;
  /** The address that a person's Slack profile shows, and their time zone. Rejects when Slack cannot be asked. */
  readonly mailboxOf: (user: string) => Promise<{ readonly address: string | null; readonly timeZone: string | null }>;
  /** Where what cases set for their SPs is kept. */
  readonly standings: Pick<SpStandings, 'hear'>;
  /** Makes the case with this reference act on what was decided about it in another one: once, however often it is told. */
  readonly actOn: (ref: string, decided: CaseFacts, event: CaseEvent) => Promise<void>;
  /** The policy in force. */
  readonly policy: () => Promise<Policy>;
  /** Business time. */
  readonly now: () => Date;
  /** Between two messages in one Slack lane, ms. */
  readonly postIntervalMs: number;
  readonly patience: { readonly slack: Patience; readonly outside: Patience };
}

/** The target of a lane; one that refuses everything where this version knows none. */
export type TargetFor = (lane: Lane) => Target;

/** The event a message is about, with its number; null: there is none, or a nudge that someone has answered since. */
export type EventOf = (parcel: Parcel) => Promise<CaseEvent | null>;

/** A failure that is known before anything is sent, by its code. */
export class RefusedError extends Error {}

/** A message that leaves Slack by itself, and cannot be looked at again. */
export const outside = (parcel: Parcel, send: () => Promise<void>): Drawn => ({
  parcels: [parcel],
  is: 'post',
  card: null,
  plainer: () => null,
  async send({ take }) {
    take();
    await send();
    return new Map([[parcel.delivery.id, { channel: parcel.delivery.lane, ts: '' }]]);
  },
});
