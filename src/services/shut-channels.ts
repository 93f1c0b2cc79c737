import type { Actor } from '../domain/actor';
import type { RungTarget } from '../domain/allowance';
import type { CaseFacts } from '../domain/case';
import { leadershipPlace, type Policy } from '../domain/policy';
import { isChannel, rungOf } from '../domain/targets';
import type { ServiceDeps } from './deps';
import { peopleOf } from './standing';

type Deps = Pick<ServiceDeps, 'people'>;

/** Those of these channels that one of these people can read. Rejects if Slack is unreachable. */
export async function channelsReadBy(
  { people }: Deps,
  readers: readonly Actor[],
  channels: readonly string[],
): Promise<readonly string[]> {
  if (!readers.length) return [];
  const members = await Promise.all(channels.map((channel) => people.inChannel(channel)));
  return channels.filter((_channel, i) => members[i]?.some((id) => readers.includes(id)));
}

/** The same for a case's subjects; a channel counts as theirs while Slack does not say who is in it. */
const shutOf = async (deps: Deps, { subjects }: Pick<CaseFacts, 'subjects'>, channels: readonly string[]) => {
  const asked = channels.map((one) => channelsReadBy(deps, subjects, [one]).catch(() => [one]));
  return (await Promise.all(asked)).flat();
};

/** The channels of rungs in which a subject of the case would read that there is a report about them. */
export const shutRungs = (
  deps: Deps,
  facts: Pick<CaseFacts, 'subjects'>,
  policy: Policy,
  targets: readonly RungTarget[],
): Promise<readonly string[]> => {
  const named = targets.flatMap((to) => rungOf(to)?.reaches(to, { onDuty: [], groups: new Map() }) ?? []);
  const places = [leadershipPlace(policy, 'nudges') ?? [], ...named.map((one) => ('lanes' in one ? one.lanes : []))];
  return shutOf(deps, facts, [...new Set(places.flat())].filter(isChannel));
};

/** Where leadership is told about a case: its channel, or an admin if a subject of the case reads that. */
export async function leadershipFor(
  deps: Pick<ServiceDeps, 'people' | 'admins'>,
  facts: Pick<CaseFacts, 'subjects'>,
  policy: Policy,
): Promise<string | null> {
  const { leadership } = policy.channels;
  if (leadership === null || !(await shutOf(deps, facts, [leadership])).length) return leadership;
  const { admins } = await peopleOf(deps, policy);
  return admins.find((id) => !facts.subjects.includes(id)) ?? null;
}
