import { belongsToArea, isRestricted, type Role, readingRoles } from './access';
import type { Actor, CaseFacts } from './case';
import type { Area, ServiceProvider } from './directory';
import { KINDS } from './kinds';
import type { Policy } from './policy';

/** One place where a case is posted. */
export interface Destination {
  /** `main` is where people work on it; the others are copies. */
  readonly id: string;
  /** A channel id, or a user id if there is no channel. */
  readonly channel: string;
  /** Where its messages go if the channel is unreachable. */
  readonly fallback: string;
  /**
   * `redacted`: that the case exists, its severity and its clock, without its text (domain section 10) · `praise`: what
   * was done well, and nothing to work on.
   */
  readonly show: 'full' | 'redacted' | 'praise';
}

/** Where a case goes and who answers for it (domain sections 2 and 3). */
export interface Route {
  readonly area: string | null;
  readonly owner: Actor | null;
  readonly state: 'open' | 'in_review';
  /** Why it is unrouted, as a sentence; null if it is routed. */
  readonly unrouted: string | null;
  readonly destinations: readonly Destination[];
}

/** What routing needs to know. */
export interface RoutingFacts extends Pick<CaseFacts, 'kind' | 'tone' | 'marks' | 'subjects'> {
  readonly account: string | null;
  readonly provider: ServiceProvider | null;
  readonly area: Area | null;
  readonly channels: Policy['channels'];
  /** Channels that a subject of the report can read: its text does not go there (domain section 10). */
  readonly readBySubjects?: readonly string[];
  readonly roles: Partial<Record<Role, readonly Actor[]>>;
  /** Slack user ids of the admins, the last resort. */
  readonly admins: readonly Actor[];
}

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

/**
 * Where the cases of a kind go and who owns them; null if there is nowhere to send one. `open`: the last resort for
 * unrestricted text · `closed`: for need-to-know text.
 */
export type Router = (facts: RoutingFacts, open: string | null, closed: string | null) => Route | null;

/** The channels in which a need-to-know case may be shown in full (domain section 10). */
export function closedChannels(
  { kind, marks }: Pick<RoutingFacts, 'kind' | 'marks'>,
  channels: Policy['channels'],
): readonly string[] {
  return KINDS[kind].access.closed(marks).flatMap((name) => channels[name] ?? []);
}

/** No channel gets a case twice; the fuller view wins because it comes first. */
const unique = (destinations: readonly Destination[]) =>
  destinations.filter((one, i) => destinations.findIndex(({ channel }) => channel === one.channel) === i);
