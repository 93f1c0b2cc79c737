import type { Actor } from './case';
import type { Area, ServiceProvider } from './directory';

/** Where a case goes: an area's channel and Area Manager, or the unrouted queue with the reason (domain section 3). */
export interface Route {
  readonly area: string | null;
  readonly owner: Actor | null;
  /** A channel id, or the user id of an admin when there is no channel at all. */
  readonly channel: string;
  /** Where its messages go when the channel cannot be reached. */
  readonly fallback: string;
  /** Why it is unrouted, as a sentence; null when it is routed. */
  readonly unrouted: string | null;
}

export interface Destinations {
  /** The policy's fallback channel. */
  readonly fallback: string | null;
  /** Slack user ids of the admins, the last resort. Never empty in a configured workspace. */
  readonly admins: readonly Actor[];
}

/** Routes by the SP's area. Null when there is nobody at all to send it to: no channel and no admin. */
export function route(
  provider: ServiceProvider | null,
  area: Area | null,
  destinations: Destinations,
  account: string,
): Route | null {
  const fallback = area?.fallbackChannel ?? destinations.fallback ?? destinations.admins[0];
  if (!fallback) return null;
  const unrouted = whyUnrouted(provider, area, account);
  if (unrouted)
    return { area: area?.name ?? null, owner: area?.areaManager ?? null, channel: fallback, fallback, unrouted };
  return {
    area: area?.name ?? null,
    owner: area?.areaManager ?? null,
    channel: area?.channel ?? fallback,
    fallback,
    unrouted: null,
  };
}

function whyUnrouted(provider: ServiceProvider | null, area: Area | null, account: string): string | null {
  if (!provider) return `SP account ${account} is not in the directory.`;
  if (!area) return `The directory puts ${provider.name} in area ${provider.area}, which is not set up.`;
  if (!area.channel) return `Area ${area.name} has no channel yet.`;
  if (!area.areaManager) return `Area ${area.name} has no Area Manager yet.`;
  return null;
}
