import type { Actor } from '../actor';
import type { Role } from '../role';
import type { Destination, Router, RoutingFacts } from '../route';

/** The building blocks of routes. */

export const full = (id: string, channel: string, fallback: string): Destination => ({
  id,
  channel,
  fallback,
  show: 'full',
});

/** The Area Manager, or a substitute if the report is about them. */
export function ofArea({ area, subjects, admins }: RoutingFacts): { area: string | null; owner: Actor | null } {
  const people = [area?.areaManager, area?.deputy, ...(area ? admins : [])];
  const owner = people.find((id) => typeof id === 'string' && !subjects.includes(id)) ?? null;
  return { area: area?.name ?? null, owner };
}

/** The first person with one of these roles, else an admin; never a subject of the report. */
export function firstOf({ roles, admins, subjects }: RoutingFacts, ...wanted: readonly Role[]): Actor | null {
  const people = [...wanted.flatMap((role) => roles[role] ?? []), ...admins];
  return people.find((id) => !subjects.includes(id)) ?? null;
}

/** The area's channel, where its Area Manager answers for it at once. */
export const toArea: Router = (facts, open) => {
  if (!open) return null;
  const unrouted = whyUnrouted(facts);
  const channel = unrouted ? open : (facts.area?.channel ?? open);
  return { ...ofArea(facts), state: 'open', unrouted, destinations: [full('main', channel, open)] };
};

/** Why no area takes it, as a sentence, or null. */
export function whyUnrouted({ provider, area, account }: RoutingFacts): string | null {
  if (!account) return 'No SP account was given.';
  if (!provider) return `SP account ${account} is not in the directory.`;
  if (!area) return `The directory puts ${provider.name} in area ${provider.area}, which is not set up.`;
  if (!area.channel) return `Area ${area.name} has no channel yet.`;
  if (!area.areaManager) return `Area ${area.name} has no Area Manager yet.`;
  return null;
}
