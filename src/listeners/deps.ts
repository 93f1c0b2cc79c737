import type { Logger } from 'pino';
import type { ServiceDeps } from '../services/deps';

/** What listeners need: the services' own needs, and a log. */
export interface ListenerDeps extends ServiceDeps {
  readonly log: Logger;
}

/** Who somebody is to Warmline. */
export const personOf = ({ admins }: ListenerDeps, id: string) => ({ id, isAdmin: admins.includes(id) });
