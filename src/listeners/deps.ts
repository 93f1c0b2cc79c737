import type { Logger } from 'pino';
import type { ServiceDeps } from '../services/deps';
import type { LinkTo } from '../slack/card-links';
import type { InTurn } from './in-turn';

/** What listeners need: the services' own needs, and a log. */
export interface ListenerDeps extends ServiceDeps {
  readonly log: Logger;
  /** The address of a card. */
  readonly linkTo: LinkTo;
  /** One drawing of a person's Home at a time, so that an older one never covers a newer. */
  readonly homesInTurn: InTurn;
  /** The need-to-know cases whose text is on the Home that somebody has on screen, by user. */
  readonly homesShow: Map<string, Set<string>>;
}
