import type { CaseFacts } from '../../domain/case';
import type { CaseEvent } from '../../domain/event';
import type { Exposure } from '../../domain/exposure';
import type { LinkTo } from '../../domain/mailbox';
import type { Policy } from '../../domain/policy';
import type { CaseHistory } from '../../services/ports/cases';
import type { AccessLog } from '../../services/ports/people';
import type { SpStandings } from '../../services/ports/standings';
import type { Patience } from '../troubles';
import type { TargetSettings } from './settings';
import type { Renderer } from './slack/render';
import type { Sender } from './slack/sender';
import type { EventOf } from './target';

/** What targets are made of; each takes what it needs. */
export interface TargetContext extends TargetSettings {
  readonly sender: Sender;
  readonly render: Renderer;
  /** How a channel can be read by others than its own people. Never rejects, and answers quickly. */
  readonly exposure: (channel: string) => Promise<Exposure | null>;
  readonly eventOf: EventOf;
  readonly history: Pick<CaseHistory, 'numbered'>;
  readonly accessLog: Pick<AccessLog, 'keep'>;
  /** A posted card's link, or null if Slack does not return it. */
  readonly linkTo: LinkTo;
  /** The email address in a person's Slack profile, and their time zone. Rejects if Slack is unreachable. */
  readonly mailboxOf: (user: string) => Promise<{ readonly address: string | null; readonly timeZone: string | null }>;
  /** Where SP standings set by cases are stored. */
  readonly standings: Pick<SpStandings, 'hear'>;
  /** Makes the case with this reference act on another case's decision about it: once, however often it is called. */
  readonly actOn: (ref: string, decided: CaseFacts, event: CaseEvent) => Promise<void>;
  /** The policy in force. */
  readonly policy: () => Promise<Policy>;
  /** Business time. */
  readonly now: () => Date;
  /** Between two messages in one Slack lane, ms. */
  readonly postIntervalMs: number;
  readonly patience: { readonly slack: Patience; readonly outside: Patience };
}
