import { type Person, ROLES, type Role } from '../domain/access';
import type { Actor } from '../domain/case';
import type { Area } from '../domain/directory';
import type { Policy } from '../domain/policy';
import type { ServiceDeps } from './deps';

/** Who somebody is to Warmline: admin by configuration or policy, manager by any area, roles by the policy. */
export async function personOf({ directory, admins }: ServiceDeps, id: Actor): Promise<Person> {
  const [policy, areas] = await Promise.all([directory.policy(), directory.areas()]);
  return {
    id,
    isAdmin: admins.includes(id) || (policy.roles.admin ?? []).includes(id),
    isManager: areas.some((area) => area.areaManager === id || area.deputy === id),
    roles: ROLES.filter((role) => (policy.roles[role] ?? []).includes(id)),
  };
}

/** The people of each role, and all admins, under a policy. */
export function peopleOf(policy: Policy, admins: readonly Actor[]) {
  const roles: Partial<Record<Role, readonly Actor[]>> = policy.roles;
  return { roles, admins: [...new Set([...admins, ...(policy.roles.admin ?? [])])] };
}

/** The area of a case, or null. */
export const areaOf = ({ directory }: ServiceDeps, name: string | null): Promise<Area | null> =>
  name ? directory.area(name) : Promise.resolve(null);
