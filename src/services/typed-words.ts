import type { SpOffer } from '../domain/directory';
import { STANDARD_NUMBERS } from '../domain/forms/numbers';
import { accountsIn, plainTyped, readTyped, type TypedWords } from '../domain/typed-words';
import type { ServiceDeps } from './deps';
import { numbersFor } from './numbers';

/** What someone typed after a command, with what the directory says of it. */
export interface Understood extends TypedWords {
  /** The text without Slack's markup. */
  readonly text: string;
  /** SPs of the name that was typed, where it is not one alone. */
  readonly offer: SpOffer | null;
}

/** As many as stand beside a question without hiding the next one. */
const MOST_OFFERED = 5;

/**
 * Understands what was typed after a command: numbers by their form and by the directory, an SP by its name. Two queries
 * at most, both on an index. Rejects when the store cannot be reached; `understoodAlone` then knows the forms at least.
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

/** As `understand`, without the directory. */
export function understoodAlone(typed: string): Understood {
  const text = plainTyped(typed);
  return { ...readTyped(text, new Set(), STANDARD_NUMBERS), text, offer: null };
}

/** SPs whose account, or of whose name every word, begins as someone typed it. */
export async function spsNamed(deps: ServiceDeps, name: string): Promise<SpOffer> {
  const { rows, isMore } = await deps.configuration.findProviders(name, {
    skip: 0,
    limit: MOST_OFFERED,
    atMost: MOST_OFFERED,
  });
  return { name, providers: rows, isMore };
}
