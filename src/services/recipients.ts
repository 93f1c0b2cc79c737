import { belongsToArea, isRestricted, mayAct, mayRead, readingRoles } from '../domain/access';
import type { Actor } from '../domain/actor';
import type { ClockName, RungTarget } from '../domain/allowance';
import type { CaseFacts, Deferred } from '../domain/case';
import { unanswered } from '../domain/clocks';
import type { Area } from '../domain/directory';
import { clockAllowance, ladderFor, leadershipPlace, type Policy } from '../domain/policy';
import { DEFAULT_PREFERENCES, zoneOr } from '../domain/preferences';
import {
  answerable,
  candidates,
  type Habits,
  type Knowledge,
  mayApprove,
  onDuty,
  reach,
  type Subject,
  type Told,
} from '../domain/reach';
import { ROLES } from '../domain/role';
import { rungOf } from '../domain/targets';
import type { ServiceDeps } from './deps';
import { shutRungs } from './shut-channels';
import { peopleOf } from './standing';

/** How many people who are told later are kept with a clock and named on the card; others are told without that. */
const MOST_DEFERRED = 20;
const DAY_MS = 24 * 60 * 60_000;

/** Whom the rungs of one case reach now. */
export interface Reach {
  readonly reach: (to: RungTarget, clock: ClockName) => Told;
  readonly onDuty: readonly Actor[];
  readonly approvers: readonly Actor[];
  /** People who answer for the case and may read it, and so may agree to a lifting that one of them asks for. */
  readonly keepers: readonly Actor[];
  /** Who of them is told later. */
  readonly deferral: (to: RungTarget, clock: ClockName) => readonly Deferred[];
}

/** Looks up whom a case's rungs would reach at `now`: people in store and Slack, each at most a minute old. */
export async function reachOf(
  deps: ServiceDeps,
  facts: CaseFacts,
  { policy, area, now }: { readonly policy: Policy; readonly area: Area | null; readonly now: Date },
): Promise<Reach> {
  const { known, roles } = await lookedUp(deps, facts, { policy, area, now, targets: targetsOf(facts, policy) });
  const told = (to: RungTarget, clock: ClockName) => reach(to, clock, facts, known);
  return {
    reach: told,
    onDuty: onDuty(facts, known),
    approvers: mayApprove(facts, known),
    keepers: keepersOf(facts, area, known, roles),
    deferral: (to, clock) =>
      told(to, clock)
        .dms.filter(({ at }) => at > now)
        .slice(0, MOST_DEFERRED)
        .map((dm) => ({ to: dm.to, until: dm.at })),
  };
}

/** Those with the right themselves, among the people concerned; their covers may agree, too. */
function keepersOf(facts: CaseFacts, area: Area | null, known: Knowledge, roles: Roles): readonly Actor[] {
  const { admins } = known;
  const people = [...answerable(facts, known), ...known.approvers, ...admins];
  return [...new Set(people)].filter((id) => {
    const held = ROLES.filter((role) => roles[role]?.includes(id));
    const person = { id, isAdmin: admins.includes(id), isManager: false, roles: held, standsFor: [], grants: [] };
    return !known.gone.has(id) && mayAct(facts, person, area) && mayRead(facts, person, area);
  });
}

/** Every target that can fire: of its clocks, and of the ladder that a missed promise brings back. */
function targetsOf(facts: CaseFacts, policy: Policy): readonly RungTarget[] {
  const again = ladderFor(policy, 'acknowledge', clockAllowance(policy, facts.kind, facts.severity, 'acknowledge'));
  return [...unanswered(facts).flatMap(({ rungs }) => rungs), ...again].map(({ to }) => to);
}

/** The policy and the time, and what else rungs name besides the owner. */
export interface Moment {
  readonly policy: Policy;
  readonly area: Area | null;
  readonly now: Date;
  readonly targets?: readonly RungTarget[];
}

/** What to look up about the people whom a case may concern. */
export const knowledgeOf = async (deps: ServiceDeps, facts: Subject, moment: Moment): Promise<Knowledge> =>
  (await lookedUp(deps, facts, moment)).known;

type Roles = Awaited<ReturnType<typeof peopleOf>>['roles'];

async function lookedUp(
  deps: ServiceDeps,
  facts: Subject,
  { policy, area, now, targets = [] }: Moment,
): Promise<{ readonly known: Knowledge; readonly roles: Roles }> {
  const [covers, chosen, { roles, admins }, groups, shut] = await Promise.all([
    deps.covers.recent(),
    deps.preferences.recent(),
    peopleOf(deps, policy),
    groupsOf(deps, targets),
    shutRungs(deps, facts, policy, targets),
  ]);
  const roleHolders = belongsToArea(facts.kind) ? [] : readingRoles(facts.kind).flatMap((role) => roles[role] ?? []);
  const approvers = isRestricted(facts.kind)
    ? readingRoles(facts.kind).flatMap((role) => roles[role] ?? [])
    : [area?.areaManager ?? [], area?.deputy ?? [], admins].flat();
  const people = candidates(targets, facts, { area, roleHolders, groups, admins, approvers });
  // Quiet hours end within a day, and the cover of then is told.
  const soon = new Date(+now + DAY_MS);
  const stands = covers.flatMap(({ person, deputy, state, from }) =>
    state === 'accepted' && from < soon && people.includes(person) ? [deputy] : [],
  );
  const all = [...new Set([...people, ...stands])];
  const accounts = await Promise.all(all.map(async (id) => ({ id, ...(await deps.people.account(id)) })));
  const zone = area?.timeZone ?? policy.time_zone;
  const habits = accounts.map(({ id, timeZone }): [Actor, Habits] => [
    id,
    { preferences: chosen.get(id) ?? DEFAULT_PREFERENCES, timeZone: zoneOr(timeZone, zone) },
  ]);
  const known = {
    now,
    area,
    leadership: leadershipPlace(policy, 'nudges'),
    shut,
    roleHolders,
    admins,
    approvers: [...new Set(approvers)],
    groups,
    covers,
    gone: new Set(accounts.filter(({ active }) => !active).map(({ id }) => id)),
    habits: new Map(habits),
    bypass: policy.quiet_hours.bypass,
  };
  return { known, roles };
}

async function groupsOf({ people }: ServiceDeps, targets: readonly RungTarget[]) {
  const ids = [...new Set(targets.flatMap((to) => rungOf(to)?.group(to) ?? []))];
  return new Map(await Promise.all(ids.map(async (id) => [id, await people.inGroup(id)] as const)));
}
