import { setImmediate as others } from 'node:timers/promises';
import { DateTime } from 'luxon';
import type { Actor } from '../domain/actor';
import type { Policy } from '../domain/policy';
import { type Knowledge, reach, type Subject } from '../domain/reach';
import { type Fired, type Rules, replaying } from '../domain/replay';
import { route } from '../domain/routing';
import { hourCounts, type Scenario, type Simulated, type ToldByHour, targetsIn, timeline } from '../domain/simulator';
import { slackLane } from '../domain/targets';
import type { ServiceDeps } from './deps';
import { knowledgeOf, type Moment } from './recipients';
import { peopleOf } from './standing';

/** A hypothetical case; `reporter` is the person who asks. */
export type Question = Omit<Scenario, 'owner' | 'state'>;

/** Whom such a case would reach, when and how, under each of these policies, with today's people. */
export function simulate(deps: ServiceDeps, question: Question, policies: readonly Policy[]): Promise<Simulated[]> {
  return Promise.all(policies.map((policy) => simulated(deps, question, policy)));
}

async function simulated(deps: ServiceDeps, question: Question, policy: Policy): Promise<Simulated> {
  const { kind, area, severity, reporter, at } = question;
  const name = area?.name ?? '';
  const routed = route({
    kind,
    area,
    tone: 'negative',
    marks: [],
    subjects: [],
    account: area && 'SIMULATED',
    provider: area && { account: 'SIMULATED', name, area: name, phone: null, email: null, status: 'active' },
    channels: policy.channels,
    ...(await peopleOf(deps, policy)),
  });
  const scenario: Scenario = {
    kind,
    severity,
    area,
    reporter,
    at,
    owner: routed?.owner ?? null,
    state: routed?.state ?? 'open',
  };
  const known = await knownOf(deps, scenario, { policy, area, now: at, targets: targetsIn(policy, scenario) });
  return {
    channels: routed?.destinations.map(({ channel }) => slackLane(channel)) ?? null,
    timeline: timeline(policy, scenario, (now) => ({ ...known, now })),
  };
}

const knownOf = (deps: ServiceDeps, concerned: Omit<Subject, 'subjects'>, moment: Moment): Promise<Knowledge> =>
  knowledgeOf(deps, { ...concerned, subjects: [] }, moment);

export const REPLAYED_DAYS = 30;
/** Cases between two calls of `onCases`. */
const CASES_A_STEP = 2000;

/** What the policies would have sent, each in order. Cases about the person who asks are left out. */
export interface Replayed {
  readonly cases: number;
  readonly told: readonly (readonly ToldByHour[])[];
}

/**
 * What each of these policies would have sent for the cases filed in the last 30 days: people do what they did, with
 * today's duties, covers and quiet hours. One walk along an index, a few hundred cases at a time in memory.
 */
export async function replayMonth(
  all: ServiceDeps,
  policies: readonly Policy[],
  asker: Actor,
  onCases: (count: number) => Promise<void>,
): Promise<Replayed> {
  const deps = onceEach(all);
  const until = deps.now();
  const from = DateTime.fromJSDate(until).minus({ days: REPLAYED_DAYS }).toJSDate();
  const areas = new Map((await deps.directory.areas()).map((area) => [area.name, area]));
  const areaOf: Rules['area'] = (name) => (name === null ? null : (areas.get(name) ?? null));
  const zones = new Map<string, string>();
  const hourOf = (zoneless: string) => (who: string, at: Date) =>
    DateTime.fromJSDate(at, { zone: zones.get(who) ?? zoneless }).hour;
  const counts = policies.map((policy) => hourCounts(hourOf(policy.time_zone)));
  let cases = 0;
  for await (const { events } of deps.search.histories({ from, to: until }, asker)) {
    const replays = policies.map((policy) => replaying({ policy, area: areaOf }, until));
    for await (const page of events) for (const event of page) for (const replay of replays) replay.add(event);
    for (const [i, policy] of policies.entries())
      counts[i]?.add(await stepsOf(deps, replays[i]?.fired() ?? [], policy, areaOf, zones));
    // Other requests get their turn between two cases.
    await others();
    if (++cases % CASES_A_STEP === 0) await onCases(cases);
  }
  return { cases, told: counts.map((count) => count.result()) };
}

async function stepsOf(
  deps: ServiceDeps,
  fired: readonly Fired[],
  policy: Policy,
  areaOf: Rules['area'],
  zones: Map<string, string>,
) {
  const targets = [...new Set(fired.map(({ to }) => to))];
  const found = new Map<string, Knowledge>();
  const steps = [];
  for (const { at, clock, to, subject } of fired) {
    const key = [subject.area, subject.owner, subject.severity].join();
    const area = areaOf(subject.area);
    const known = found.get(key) ?? (await knowledgeOf(deps, subject, { policy, area, now: at, targets }));
    found.set(key, known);
    for (const [who, { timeZone }] of known.habits) zones.set(who, timeZone);
    steps.push({ at, told: reach(to, clock, subject, { ...known, now: at }) });
  }
  return steps;
}

/** The same answers throughout a walk: each person, group and list is looked up once. */
function onceEach(deps: ServiceDeps): ServiceDeps {
  const once = <T>(ask: (id: string) => Promise<T>) => {
    const known = new Map<string, Promise<T>>();
    return (id: string) => {
      const answer = known.get(id) ?? ask(id);
      known.set(id, answer);
      return answer;
    };
  };
  const { people } = deps;
  const [covers, preferences] = [once(() => deps.covers.recent()), once(() => deps.preferences.recent())];
  return {
    ...deps,
    people: { ...people, account: once((id) => people.account(id)), inGroup: once((id) => people.inGroup(id)) },
    covers: { ...deps.covers, recent: () => covers('') },
    preferences: { ...deps.preferences, recent: () => preferences('') },
  };
}
