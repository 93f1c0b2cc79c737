import type { Actor } from '../domain/case';
import type { ServiceProvider } from '../domain/directory';
import { type Period, periodsOf, scoredSince } from '../domain/scorecard';
import type { ServiceDeps } from './deps';
import { type Seen, visible } from './find-cases';

export interface Scorecard {
  readonly account: string;
  /** Null when the account is not in the directory. */
  readonly provider: ServiceProvider | null;
  readonly periods: readonly Period[];
  /** Newest first. */
  readonly open: readonly Seen[];
}

/** What is known of an SP, counted over the cases that the reader may know of (domain section 9): one indexed query. */
export async function scorecardOf(deps: ServiceDeps, account: string, reader: Actor): Promise<Scorecard> {
  const now = deps.now();
  const [provider, records] = await Promise.all([
    deps.directory.provider(account),
    deps.cases.scoresOf(account, scoredSince(now)),
  ]);
  const seen = await visible(deps, records, reader);
  const isOpen = ({ record }: Seen) => record.state !== 'resolved' && record.state !== 'void';
  return {
    account,
    provider,
    periods: periodsOf(
      seen.map(({ record }) => record),
      now,
    ),
    open: seen.filter(isOpen),
  };
}
