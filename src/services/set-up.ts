import { isDeepStrictEqual } from 'node:util';
import type { Person } from '../domain/access';
import { POLICY_KEPT, SET_UP_READ } from '../domain/configuration';
import { DEFAULT_POLICY } from '../domain/default-policy';
import type { Policy } from '../domain/policy';
import { MOST_COUNTED, type SetUpEnd } from '../domain/set-up';
import type { ServiceDeps } from './deps';
import { roleGaps } from './role-gaps';
import { peopleOf } from './standing';

/** What a new workspace still needs, each false until it is there. */
export interface SetUp {
  readonly areas: boolean;
  readonly channels: boolean;
  readonly people: boolean;
  readonly providers: boolean;
  readonly policy: boolean;
  readonly test: boolean;
}

export const NEEDED_CHANNELS = ['fallback', 'risk', 'leadership', 'provider_advocate'] as const;

/** The state of a workspace's set-up. A handful of indexed queries; `later` gets Slack's late answers. */
export async function setUpOf(deps: ServiceDeps, later: (work: Promise<unknown>) => void): Promise<SetUp> {
  const [policy, areas, providers, kept, test] = await Promise.all([
    deps.directory.policy(),
    deps.directory.areas(),
    deps.configuration.countProviders(null, 1),
    deps.configuration.event(POLICY_KEPT),
    deps.reports.hasAny(),
  ]);
  const { roles } = await peopleOf(deps, policy);
  return {
    areas: areas.some(({ channel, areaManager }) => channel && areaManager),
    channels: NEEDED_CHANNELS.every((name) => policy.channels[name]),
    people: (await roleGaps(deps, roles, later)).size === 0,
    providers: providers > 0,
    policy: kept !== null || isOwn(policy),
    test,
  };
}

/** Whether someone imported or changed the policy, besides its channels and roles: then they have reviewed it. */
const isOwn = (policy: Policy): boolean => {
  const { channels, roles } = policy;
  return !isDeepStrictEqual(policy, { ...DEFAULT_POLICY, channels, roles });
};

/** What to show at the end of a set-up; null once someone has read it. */
export async function setUpEnd(deps: ServiceDeps): Promise<SetUpEnd | null> {
  const [read, policy, areas, providers] = await Promise.all([
    deps.configuration.event(SET_UP_READ),
    deps.directory.policy(),
    deps.directory.areas(),
    deps.configuration.countProviders(null, MOST_COUNTED),
  ]);
  if (read) return null;
  const names = (some: typeof areas) => some.map(({ name }) => name);
  const optional = Object.keys(policy.channels) as (keyof Policy['channels'])[];
  return {
    areas: areas.length,
    providers,
    unfinished: names(areas.filter(({ channel, areaManager }) => !channel || !areaManager)),
    alone: names(areas.filter(({ deputy, areaManager }) => areaManager && !deputy)),
    channels: optional.filter((name) => !policy.channels[name]),
    holidays: Object.values(policy.calendars).some(({ holidays }) => holidays),
  };
}

/** Someone reviewed the policy and keeps it: an event of the history, and a step of the set-up. */
export const keepPolicy = (deps: ServiceDeps, person: Person): Promise<void> => takeDown(deps, person, POLICY_KEPT);

/** Someone read the result of the set-up, so it is not shown again. */
export const readSetUpEnd = (deps: ServiceDeps, person: Person): Promise<void> => takeDown(deps, person, SET_UP_READ);

async function takeDown({ configuration, now, onAdminMatter }: ServiceDeps, person: Person, id: string): Promise<void> {
  await configuration.record({
    id,
    at: now(),
    by: person.id,
    what: 'policy',
    key: 'policy',
    version: null,
    before: null,
    after: null,
    tally: null,
  });
  onAdminMatter(person.id);
}
