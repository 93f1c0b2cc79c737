import { amount } from '../../domain/wording';
import type { ServiceDeps } from '../deps';
import type { Finding, Look } from '../look';

const DAY_MS = 24 * 60 * 60_000;

/**
 * The problem if this machine's clock and Slack's differ by more than a day: a clock years ahead would delete what is
 * kept for years. Null: they agree. Rejects if Slack is unreachable.
 */
export async function clocksApart({ now, slackNow }: Pick<ServiceDeps, 'now' | 'slackNow'>): Promise<Finding | null> {
  const [slack, machine] = [await slackNow(), now()];
  const days = Math.floor(Math.abs(+machine - +slack) / DAY_MS);
  if (days < 1) return null;
  const about = `The clock of a machine that runs Warmline is ${days === 1 ? 'a day' : `${amount(days)} days`} ${machine > slack ? 'ahead of' : 'behind'} Slack's. Nothing that is kept for a time is deleted until they agree. Sync the clock of every machine with NTP.`;
  return { id: 'clocks_apart', kind: 'clocks_apart', ref: null, about };
}

/** The alarm while clocks differ. */
export const stillApart: Look = async ({ deps }) => {
  const found = await clocksApart(deps);
  return found ? [found] : [];
};
