import { type ConfigRole, type Role, readingRoles } from '../domain/access';
import type { Actor } from '../domain/case';
import { CASE_KINDS, type CaseKind, KINDS } from '../domain/kinds';
import { DeadlineError, within } from './deadline';
import type { ServiceDeps } from './deps';

/** Need-to-know kinds, and the role that is asked for first. */
const NEEDED = CASE_KINDS.flatMap((kind): readonly (readonly [CaseKind, Role])[] => {
  const [role] = readingRoles(kind);
  return role ? [[kind, role]] : [];
});
/** So long a page waits for Slack's word on people, ms; what comes later is shown when it is there. */
const PATIENCE_MS = 250;
/** So many are asked for at once, and of one role at most: beyond that someone is taken to be there. */
const [AT_ONCE, MOST_ASKED] = [5, 20];

type Holders = Partial<Record<Role, readonly Actor[]>>;

/**
 * What goes wrong while no one whose account is in use has a role that a need-to-know kind of case is read by (domain
 * section 10): by role, a sentence. `holders`: who has each now, members of user groups among them. Anyone whom Slack has not
 * told of in time counts as there; `later` gets what was late.
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
  await within(PATIENCE_MS, asked).catch((error: unknown) => {
    if (!(error instanceof DeadlineError)) throw error;
    later(asked);
  });
  return gapsOf(holders, empty);
}

/** Whether the account of one of them is in use. */
async function isHeld(people: ServiceDeps['people'], holders: readonly Actor[]): Promise<boolean> {
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
