import { readingRoles } from '../domain/access';
import type { Actor } from '../domain/actor';
import { CASE_KINDS, KINDS } from '../domain/kinds';
import type { CaseKind } from '../domain/kinds/code';
import type { ConfigRole, Role } from '../domain/role';
import { withinOr } from './deadline';
import type { ServiceDeps } from './deps';

/** Need-to-know kinds, and the role to assign first. */
const NEEDED = CASE_KINDS.flatMap((kind): readonly (readonly [CaseKind, Role])[] => {
  const [role] = readingRoles(kind);
  return role ? [[kind, role]] : [];
});
/** How long a page waits for Slack's answers about people, ms; later ones are shown when they arrive. */
const PATIENCE_MS = 250;
/** How many are looked up at once, and at most per role; beyond that, the role counts as held. */
const [AT_ONCE, MOST_ASKED] = [5, 20];

type Holders = Partial<Record<Role, readonly Actor[]>>;

/**
 * What goes wrong while no active account has a role that reads a need-to-know kind (domain section 10): by role, a
 * sentence. `holders`: who has each now, including members of user groups. Anyone Slack has not answered about in time
 * counts as active; `later` gets the late answers.
 */
export async function roleGaps(
  { people }: Pick<ServiceDeps, 'people'>,
  holders: Holders,
  later: (work: Promise<unknown>) => void,
): Promise<ReadonlyMap<ConfigRole, string>> {
  const empty = new Set<Role>();
  const roles = [...new Set(NEEDED.flatMap(([kind]) => readingRoles(kind)))];
  const asked = Promise.all(
    roles.map(async (role) => {
      if (!(await isHeld(people, holders[role] ?? []))) empty.add(role);
    }),
  );
  await withinOr(PATIENCE_MS, asked, () => later(asked));
  return gapsOf(holders, empty);
}

/** Whether one of these accounts is active. */
export async function isHeld(
  people: Pick<ServiceDeps['people'], 'account'>,
  holders: readonly Actor[],
): Promise<boolean> {
  for (let i = 0; i < holders.length; i += AT_ONCE) {
    if (i >= MOST_ASKED) return true;
    const accounts = await Promise.all(holders.slice(i, i + AT_ONCE).map((id) => people.account(id)));
    if (accounts.some(({ active }) => active)) return true;
  }
  return false;
}

const gapsOf = (holders: Holders, empty: ReadonlySet<Role>): ReadonlyMap<ConfigRole, string> =>
  new Map(
    NEEDED.filter(([kind]) => readingRoles(kind).every((role) => empty.has(role))).map(([kind, role]) => {
      const haveLeft = readingRoles(kind).some((one) => holders[one]?.length);
      const nobody = haveLeft ? 'No one is left who can' : 'No one can';
      return [role, `${nobody} read a ${KINDS[kind].label.toLowerCase()}: give this role to someone.`];
    }),
  );
