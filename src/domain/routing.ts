import { belongsToArea, isRestricted, readingRoles } from './access';
import type { Actor } from './actor';
import type { Channels } from './channels';
import { KINDS } from './kinds';
import type { Destination, Route, Router, RoutingFacts } from './route';

/** The route of a new case, or null if there is nowhere to send it: no channel and no admin. */
export function route(facts: RoutingFacts, router: Router = KINDS[facts.kind].route): Route | null {
  const admin = facts.admins.find((id) => !facts.subjects.includes(id));
  const open = facts.area?.fallbackChannel ?? facts.channels.fallback ?? admin;
  // Need-to-know text never falls back to an open channel, nor in full to someone who may not read it.
  const reader = readerOf(facts);
  const closed = reader ?? admin ?? null;
  const built = router(facts, open ?? null, closed);
  if (!built) return null;
  const mayRead = (id: string) => id === reader || (id === built.owner && !belongsToArea(facts.kind));
  const mayShow = (one: Destination): Destination =>
    isRestricted(facts.kind) && one.channel === admin && !mayRead(admin) ? { ...one, show: 'redacted' } : one;
  const destinations = unique(built.destinations.flatMap((one) => awayFromSubjects(facts, one, closed)).map(mayShow));
  return destinations.some(({ id }) => id === 'main') ? { ...built, destinations } : null;
}

/** Someone whose role reads need-to-know cases of this kind and who is not a subject. */
const readerOf = ({ kind, roles, subjects }: RoutingFacts): Actor | null =>
  readingRoles(kind)
    .flatMap((role) => roles[role] ?? [])
    .find((id) => !subjects.includes(id)) ?? null;

/** A full view never goes where a subject reads: the main one goes to an admin instead, a copy nowhere. */
function awayFromSubjects(facts: RoutingFacts, one: Destination, closed: string | null): readonly Destination[] {
  const seen = (place: string) => (facts.readBySubjects ?? []).includes(place) || facts.subjects.includes(place);
  if (one.show === 'redacted' || !seen(one.channel))
    return [seen(one.fallback) ? { ...one, fallback: one.channel } : one];
  return one.id === 'main' && closed ? [{ ...one, channel: closed, fallback: closed }] : [];
}

/** The channels in which a need-to-know case may be shown in full (domain section 10). */
export function closedChannels(
  { kind, marks }: Pick<RoutingFacts, 'kind' | 'marks'>,
  channels: Channels,
): readonly string[] {
  return KINDS[kind].access.closed(marks).flatMap((name) => channels[name] ?? []);
}

/** No channel gets a case twice; the fuller view wins because it comes first. */
const unique = (destinations: readonly Destination[]) =>
  destinations.filter((one, i) => destinations.findIndex(({ channel }) => channel === one.channel) === i);
