import type { Actor } from './actor';
import type { CaseFacts } from './case';
import type { Channels } from './channels';
import type { Area, ServiceProvider } from './directory';
import type { Role } from './role';

/** One place where a case is posted. */
export interface Destination {
  /** `main` is where people work on it; the others are copies. */
  readonly id: string;
  /** A channel id, or a user id if there is no channel. */
  readonly channel: string;
  /** Where its messages go if the channel is unreachable. */
  readonly fallback: string;
  /**
   * `redacted`: that the case exists, its severity and its clock, without its text (domain section 10) · `praise`: what
   * was done well, and nothing to work on.
   */
  readonly show: 'full' | 'redacted' | 'praise';
}

/** Where a case goes and who answers for it (domain sections 2 and 3). */
export interface Route {
  readonly area: string | null;
  readonly owner: Actor | null;
  readonly state: 'open' | 'in_review';
  /** Why it is unrouted, as a sentence; null if it is routed. */
  readonly unrouted: string | null;
  readonly destinations: readonly Destination[];
}

/** What routing needs to know. */
export interface RoutingFacts extends Pick<CaseFacts, 'kind' | 'tone' | 'marks' | 'subjects'> {
  readonly account: string | null;
  readonly provider: ServiceProvider | null;
  readonly area: Area | null;
  readonly channels: Channels;
  /** Channels that a subject of the report can read: its text does not go there (domain section 10). */
  readonly readBySubjects?: readonly string[];
  readonly roles: Partial<Record<Role, readonly Actor[]>>;
  /** Slack user ids of the admins, the last resort. */
  readonly admins: readonly Actor[];
}

/**
 * Where the cases of a kind go and who owns them; null if there is nowhere to send one. `open`: the last resort for
 * unrestricted text · `closed`: for need-to-know text.
 */
export type Router = (facts: RoutingFacts, open: string | null, closed: string | null) => Route | null;
