import { amount } from '../../domain/wording';
import type { Finding, Look } from '../audit-looks';
import type { ServiceDeps } from '../deps';

const DAY_MS = 24 * 60 * 60_000;

/**
 * What is wrong where this machine's clock and Slack's are more than a day apart: what is kept for years would be deleted
 * by a clock that is years ahead. Null: they agree. Rejects when Slack cannot be asked.
 */
export async function clocksApart({ now, slackNow }: Pick<ServiceDeps, 'now' | 'slackNow'>): Promise<Finding | null> {
  const [slack, machine] = [await slackNow(), now()];
  const days = Math.floor(Math.abs(+machine - +slack) / DAY_MS);
  if (days < 1) return null;
  const about = `The clock of a machine that runs Warmline is ${days === 1 ? 'a day' : `${amount(days)} days`} ${machine > slack ? 'ahead of' : 'behind'} Slack's. Nothing that is kept for a time is deleted until they agree. Sync the clock of every machine with NTP.`;
  return { id: 'clocks_apart', kind: 'clocks_apart', ref: null, about };
}

/** Clocks that are apart, for as long as they are. */
export const stillApart: Look = async ({ deps }) => {
  const found = await clocksApart(deps);
  return found ? [found] : [];
};
