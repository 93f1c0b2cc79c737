import { belongsToArea, isRestricted, type Role, readingRoles } from './access';
import type { Actor } from './case';
import type { Area, ServiceProvider } from './directory';
import type { Mark } from './forms/form';
import type { CaseKind, Tone } from './kinds';
import type { Policy } from './policy';

/** One place where a case is posted. */
export interface Destination {
  /** `main` is where it is worked; the others are copies. */
  readonly id: string;
  /** A channel id, or the user id of a person when there is no channel for it. */
  readonly channel: string;
  /** Where its messages go when the channel cannot be reached. */
  readonly fallback: string;
  /** `redacted`: that the case exists, its severity and its clock, and no word of it (domain section 10). */
  readonly show: 'full' | 'redacted';
}

/** Where a case goes and who answers for it (domain sections 2 and 3). */
export interface Route {
  readonly area: string | null;
  readonly owner: Actor | null;
  readonly state: 'open' | 'in_review';
  /** Why it is unrouted, as a sentence; null when it is routed. */
  readonly unrouted: string | null;
  readonly destinations: readonly Destination[];
}

/** What routing has to know. */
export interface RoutingFacts {
  readonly kind: CaseKind;
  readonly tone: Tone;
  readonly marks: readonly Mark[];
  readonly subjects: readonly Actor[];
  readonly account: string | null;
  readonly provider: ServiceProvider | null;
  readonly area: Area | null;
  readonly channels: Policy['channels'];
  /** Channels that somebody the report is about can read: no word of it goes there (domain section 10). */
  readonly readBySubjects?: readonly string[];
  readonly roles: Partial<Record<Role, readonly Actor[]>>;
  /** Slack user ids of the admins, the last resort. */
  readonly admins: readonly Actor[];
}

/** The route of a new case, or null when there is nobody at all to send it to: no channel and no admin. */
export function route(facts: RoutingFacts): Route | null {
  const admin = facts.admins.find((id) => !facts.subjects.includes(id));
  const open = facts.area?.fallbackChannel ?? facts.channels.fallback ?? admin;
  // What is need-to-know never falls back to a channel that everybody reads, nor in full to somebody who may not read it.
  const reader = readerOf(facts);
  const closed = reader ?? admin ?? null;
  const built = ROUTES[facts.kind](facts, open ?? null, closed);
  if (!built) return null;
  const mayRead = (id: string) => id === reader || (id === built.owner && !belongsToArea(facts.kind));
  const mayShow = (one: Destination): Destination =>
    isRestricted(facts.kind) && one.channel === admin && !mayRead(admin) ? { ...one, show: 'redacted' } : one;
  const destinations = unique(built.destinations.flatMap((one) => awayFromSubjects(facts, one, closed)).map(mayShow));
  return destinations.some(({ id }) => id === 'main') ? { ...built, destinations } : null;
}

/** Somebody whose role lets them read a need-to-know case of this kind, and whom it is not about. */
const readerOf = ({ kind, roles, subjects }: RoutingFacts): Actor | null =>
  readingRoles(kind)
    .flatMap((role) => roles[role] ?? [])
    .find((id) => !subjects.includes(id)) ?? null;

/** A full view never goes where a subject of the report reads: the main one goes to an admin instead, a copy nowhere. */
function awayFromSubjects(facts: RoutingFacts, one: Destination, closed: string | null): readonly Destination[] {
  const seen = (place: string) => (facts.readBySubjects ?? []).includes(place) || facts.subjects.includes(place);
  if (one.show === 'redacted' || !seen(one.channel))
    return [seen(one.fallback) ? { ...one, fallback: one.channel } : one];
  return one.id === 'main' && closed ? [{ ...one, channel: closed, fallback: closed }] : [];
}

type Router = (facts: RoutingFacts, open: string | null, closed: string | null) => Route | null;

const full = (id: string, channel: string, fallback: string): Destination => ({ id, channel, fallback, show: 'full' });

const ROUTES: Record<CaseKind, Router> = {
  sp_feedback: (facts, open) => {
    if (!open) return null;
    const unrouted = whyUnrouted(facts);
    const channel = unrouted ? open : (facts.area?.channel ?? open);
    const { recognition } = facts.channels;
    const praise = facts.tone === 'positive' && recognition ? [full('recognition', recognition, open)] : [];
    return { ...ofArea(facts), state: 'open', unrouted, destinations: [full('main', channel, open), ...praise] };
  },

  exception: (facts, open) => {
    const review = facts.channels.admin_review ?? open;
    if (!review) return null;
    const owner = facts.admins[0] ?? null;
    return {
      area: facts.area?.name ?? null,
      owner,
      state: 'in_review',
      unrouted: null,
      destinations: [full('main', review, open ?? review)],
    };
  },

  high_risk: (facts, open, closed) => {
    const main = facts.channels.risk ?? closed;
    if (!main || !open) return null;
    const last = closed ?? main;
    const unrouted = whyUnrouted(facts);
    const channel = unrouted ? open : (facts.area?.channel ?? open);
    const advocates = facts.marks.includes('sp_at_risk') ? facts.channels.provider_advocate : null;
    return {
      ...ofArea(facts),
      state: 'open',
      unrouted,
      destinations: [
        full('main', main, last),
        { id: 'area', channel, fallback: open, show: 'redacted' },
        ...(advocates ? [full('advocates', advocates, last)] : []),
      ],
    };
  },

  leadership: (facts, _open, closed) => {
    const main = facts.channels.leadership ?? closed;
    if (!main) return null;
    const last = closed ?? main;
    const { risk } = facts.channels;
    const sensitive = facts.marks.includes('sensitive') && risk ? [full('risk', risk, last)] : [];
    return {
      area: facts.area?.name ?? null,
      owner: firstOf(facts, 'resolution_specialist', 'leadership'),
      state: 'open',
      unrouted: null,
      destinations: [full('main', main, last), ...sensitive],
    };
  },

  provider_report: (facts, _open, closed) => {
    const main = facts.channels.provider_advocate ?? closed;
    if (!main) return null;
    return {
      area: facts.area?.name ?? null,
      owner: firstOf(facts, 'provider_advocate'),
      state: 'open',
      unrouted: null,
      destinations: [full('main', main, closed ?? main)],
    };
  },
};

/** The Area Manager, or whoever stands in when the report is about them. */
function ofArea({ area, subjects, admins }: RoutingFacts): { area: string | null; owner: Actor | null } {
  const people = [area?.areaManager, area?.deputy, ...(area ? admins : [])];
  const owner = people.find((id) => typeof id === 'string' && !subjects.includes(id)) ?? null;
  return { area: area?.name ?? null, owner };
}

function firstOf({ roles, admins, subjects }: RoutingFacts, ...wanted: readonly Role[]): Actor | null {
  const people = [...wanted.flatMap((role) => roles[role] ?? []), ...admins];
  return people.find((id) => !subjects.includes(id)) ?? null;
}

function whyUnrouted({ provider, area, account }: RoutingFacts): string | null {
  if (!account) return 'No SP account was given.';
  if (!provider) return `SP account ${account} is not in the directory.`;
  if (!area) return `The directory puts ${provider.name} in area ${provider.area}, which is not set up.`;
  if (!area.channel) return `Area ${area.name} has no channel yet.`;
  if (!area.areaManager) return `Area ${area.name} has no Area Manager yet.`;
  return null;
}

/** The channels in which a need-to-know case may be shown in full (domain section 10). */
export function closedChannels(
  { kind, marks }: Pick<RoutingFacts, 'kind' | 'marks'>,
  channels: Policy['channels'],
): readonly string[] {
  const { risk, leadership, provider_advocate: advocates } = channels;
  const of: Partial<Record<CaseKind, readonly (string | null)[]>> = {
    high_risk: [risk, marks.includes('sp_at_risk') ? advocates : null],
    leadership: [leadership, marks.includes('sensitive') ? risk : null],
    provider_report: [advocates],
  };
  return (of[kind] ?? []).filter((id) => id !== null);
}

/** No channel gets a case twice; the fuller view wins because it stands first. */
const unique = (destinations: readonly Destination[]) =>
  destinations.filter((one, i) => destinations.findIndex(({ channel }) => channel === one.channel) === i);
