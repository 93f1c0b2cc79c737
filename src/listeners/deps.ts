import type { Logger } from 'pino';
import type { ServiceDeps } from '../services/deps';

/** What listeners need: the services' own needs, and a log. */
export interface ListenerDeps extends ServiceDeps {
  readonly log: Logger;
}
