import { type ConfigRole, type Role, readingRoles } from '../domain/access';
import type { Actor } from '../domain/case';
import { type CaseKind, KINDS } from '../domain/kinds';

/** Need-to-know kinds, and the role that is asked for first. */
const NEEDED: readonly (readonly [CaseKind, Role])[] = [
  ['high_risk', 'risk'],
  ['leadership', 'leadership'],
  ['provider_report', 'provider_advocate'],
];

/**
 * What goes wrong while nobody has a role that a need-to-know kind of case is read by (domain section 10): by role, a
 * sentence. `roles`: who has each now, members of user groups among them.
 */
export function roleGaps(roles: Partial<Record<Role, readonly Actor[]>>): ReadonlyMap<ConfigRole, string> {
  const isUnread = (kind: CaseKind) => !readingRoles(kind).some((role) => roles[role]?.length);
  return new Map(
    NEEDED.filter(([kind]) => isUnread(kind)).map(([kind, role]) => [
      role,
      `Nobody can read a ${KINDS[kind].label.toLowerCase()}: give this role to somebody.`,
    ]),
  );
}
