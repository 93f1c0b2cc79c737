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
import type { SlackClients } from '../slack/clients';
import type { Companies } from '../slack/companies';
import type { InTurn } from './in-turn';

/** What listeners need: the services' own needs, and a log. */
export interface ListenerDeps extends ServiceDeps, SetTargets {
  readonly log: Logger;
  /** Sends a letter at once, where someone waits for it. */
  readonly sendLetter: SendLetter;
  readonly companies: Companies;
  /** The Web API by kind of work. A listener's own `client` is the one that answers people. */
  readonly clients: SlackClients;
  /** Looks up what an import names: it may wait for Slack, unlike `slack`. */
  readonly importLookup: SlackLookup;
  readonly late: LateNews;
  /** How long work that no one waits for lets people's acknowledgments go first, ms. */
  readonly breathMs: number;
  /** Draws someone's Home again once Slack's limit is over, in `ms`. Never throws, never waits. */
  readonly homeLater: (user: string, ms: number) => void;
  /** What this instance is, for the health page. */
  readonly instance: Instance;
  /** This instance's connection with Slack; null in HTTP mode. */
  readonly connection: () => Connection | null;
  readonly indexes: () => Indexes;
  /** Where a case's card stands, once this instance has posted it; null when `ms` pass first. */
  readonly cardPosted: (caseId: string, ms: number) => Promise<CardPlace | null>;
  /** The address of a card. */
  readonly linkTo: LinkTo;
  /** One drawing of a person's Home at a time, so that an older one never covers a newer. */
  readonly homesInTurn: InTurn;
  /** One reply of a thread at a time, by channel and ts of its card. */
  readonly threadsInTurn: InTurn;
  /** The need-to-know cases whose text is on the Home that someone has on screen, by user. */
  readonly homesShow: Map<string, Set<string>>;
  readonly pictures: Pictures;
  /** Figures that were counted lately, by what they count. */
  readonly counted: Answers;
}
