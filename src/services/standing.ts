import { type Granting, heldIn, type Person } from '../domain/access';
import type { Actor } from '../domain/actor';
import { standsFor } from '../domain/cover';
import type { Area } from '../domain/directory';
import type { Policy } from '../domain/policy';
import { ROLES, type Role } from '../domain/role';
import type { ServiceDeps } from './deps';

/**
 * Who someone is to Warmline: admin by configuration or policy, manager by any area, roles by the policy, whom they
 * cover for, and their access grants. `cases`: cases already read, which list their own grants; an empty list if only
 * the standing is needed. Without it, all their grants are looked up.
 */
export async function personOf(deps: ServiceDeps, id: Actor, cases?: readonly Granting[]): Promise<Person> {
  const now = deps.now();
  const [policy, areas, covers, grants] = await Promise.all([
    deps.directory.policy(),
    deps.directory.areas(),
    deps.covers.recent(),
    cases ? heldIn(cases, id, now) : deps.cases.grantedTo(id, now),
  ]);
  const { roles, admins } = await peopleOf(deps, policy);
  return {
    id,
    isAdmin: admins.includes(id),
    isManager: areas.some((area) => area.areaManager === id || area.deputy === id),
    roles: ROLES.filter((role) => roles[role]?.includes(id)),
    standsFor: standsFor(covers, id, now),
    grants,
  };
}

/** What it takes to know who has a role. */
interface Groups extends Pick<ServiceDeps, 'admins'> {
  readonly people: Pick<ServiceDeps['people'], 'inGroup'>;
}

/** The people of each role, and all admins, under a policy; a user group counts with its current members. */
export async function peopleOf({ people, admins }: Groups, { roles }: Policy) {
  const resolved = async (name: string): Promise<readonly Actor[]> => {
    const members = (roles[name] ?? []).map((entry) =>
      entry.startsWith('group:') ? people.inGroup(entry.slice('group:'.length)) : [entry],
    );
    return (await Promise.all(members)).flat();
  };
  const entries = await Promise.all(ROLES.map(async (role) => [role, await resolved(role)] as const));
  const byRole: Partial<Record<Role, readonly Actor[]>> = Object.fromEntries(entries);
  return { roles: byRole, admins: [...new Set([...admins, ...(await resolved('admin'))])] };
}

/** The area of a case, or null. */
export const areaOf = ({ directory }: ServiceDeps, name: string | null): Promise<Area | null> =>
  name ? directory.area(name) : Promise.resolve(null);
