import { peopleBlocks, type RoleRow } from '../../../blocks/home/people';
import type { ConfigRole } from '../../../domain/role';
import { roleGaps } from '../../../services/role-gaps';
import { peopleOf } from '../../../services/standing';
import type { Part } from './part';

const ROWS: readonly ConfigRole[] = [
  'admin',
  'risk',
  'provider_advocate',
  'leadership',
  'resolution_specialist',
  'agent',
];

/** Who has which role. */
export const peoplePart: Part = {
  id: 'people',
  label: 'People and roles',
  async draw(deps, _person, _place, { later }) {
    const policy = await deps.directory.policy();
    const { roles } = await peopleOf(deps, policy);
    const gaps = await roleGaps(deps, roles, later);
    const rows = ROWS.map(
      (role): RoleRow => ({
        role,
        members: policy.roles[role] ?? [],
        fixed: role === 'admin' ? deps.admins : [],
        gap: gaps.get(role) ?? null,
      }),
    );
    return peopleBlocks(rows);
  },
};
