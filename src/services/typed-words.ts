import type { SpOffer } from '../domain/directory';
import { STANDARD_NUMBERS } from '../domain/forms/numbers';
import { accountsIn, plainTyped, readTyped, type TypedWords } from '../domain/typed-words';
import type { ServiceDeps } from './deps';
import { numbersFor } from './numbers';

/** What someone typed after a command, with the directory's data. */
export interface Understood extends TypedWords {
  /** The text without Slack's markup. */
  readonly text: string;
  /** SPs with the typed name, if there is not just one. */
  readonly offer: SpOffer | null;
}

/** How many fit next to a question without hiding the next one. */
const MOST_OFFERED = 5;

/**
 * Parses what was typed after a command: numbers by format and directory, an SP by name. At most two indexed queries.
 * Rejects if the store is unreachable; `understoodAlone` then at least knows the formats.
 */
export async function understand(deps: ServiceDeps, typed: string): Promise<Understood> {
  const text = plainTyped(typed);
  const numbers = await numbersFor(deps);
  const accounts = accountsIn(text, numbers);
  const known = accounts.length ? await deps.directory.knownAccounts(accounts) : [];
  const read = readTyped(text, new Set(known), numbers);
  if (read.account || !read.name) return { ...read, text, offer: null };
  const offer = await spsNamed(deps, read.name);
  const [single] = offer.providers;
  if (!single || offer.providers.length > 1) return { ...read, text, offer };
  return { ...read, account: single.account, text, offer: null };
}

/** Like `understand`, without the directory. */
export function understoodAlone(typed: string): Understood {
  const text = plainTyped(typed);
  return { ...readTyped(text, new Set(), STANDARD_NUMBERS), text, offer: null };
}

/** SPs whose account, or every word of whose name, begins as typed. */
export async function spsNamed(deps: ServiceDeps, name: string): Promise<SpOffer> {
  const { rows, isMore } = await deps.configuration.findProviders(name, {
    skip: 0,
    limit: MOST_OFFERED,
    atMost: MOST_OFFERED,
  });
  return { name, providers: rows, isMore };
}
