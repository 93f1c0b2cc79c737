import type { Logger } from 'pino';
import type { Instance } from '../blocks/home/health';
import type { Answers } from '../cache';
import type { Connection, Indexes } from '../domain/health';
import type { CardPlace, LinkTo } from '../domain/mailbox';
import type { SlackLookup } from '../domain/workspace';
import type { ServiceDeps } from '../services/deps';
import type { LateNews } from '../services/late-news';
import type { SendLetter } from '../services/ports/letters';
import type { Pictures } from '../services/ports/pictures';
import type { SetTargets } from '../services/unset-targets';
import type { ChannelIds } from '../slack/channel-ids';
import type { SlackClients } from '../slack/clients';
import type { Companies } from '../slack/companies';
import type { InTurn } from './in-turn';
import type { NewestAnswers } from './newest-answers';

/** What listeners need: what services need, and a log. */
export interface ListenerDeps extends ServiceDeps, SetTargets {
  readonly log: Logger;
  /** Sends a letter at once, if someone waits for it. */
  readonly sendLetter: SendLetter;
  readonly companies: Companies;
  readonly channels: ChannelIds;
  /** The Web API by kind of work. A listener's own `client` is the one that answers people. */
  readonly clients: SlackClients;
  /** Lookups for imports: unlike `slack`, it may wait for rate limits. */
  readonly importLookup: SlackLookup;
  readonly late: LateNews;
  /** How long background work lets acknowledgments go first, ms. */
  readonly breathMs: number;
  /** Redraws someone's Home once Slack's rate limit is over, in `ms`. Never throws or waits. */
  readonly homeLater: (user: string, ms: number) => void;
  /** This instance, for the health page. */
  readonly instance: Instance;
  /** This instance's connection with Slack; null in HTTP mode. */
  readonly connection: () => Connection | null;
  readonly indexes: () => Indexes;
  /** The place of a case's card, once this instance has posted it; null if `ms` pass first. */
  readonly cardPosted: (caseId: string, ms: number) => Promise<CardPlace | null>;
  /** A card's link. */
  readonly linkTo: LinkTo;
  /** Draws a person's Home once at a time, so that an older drawing never covers a newer one. */
  readonly homesInTurn: InTurn;
  /** One reply of a thread at a time, by channel and ts of its card. */
  readonly threadsInTurn: InTurn;
  /** The need-to-know cases whose text is on the Home that someone has on screen, by user. */
  readonly homesShow: Map<string, Set<string>>;
  readonly newest: NewestAnswers;
  readonly pictures: Pictures;
  /** Recent figures, by what they count. */
  readonly counted: Answers;
}
