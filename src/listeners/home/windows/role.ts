import { roleWindow } from '../../../blocks/home/windows/role';
import { configEventId } from '../../../domain/configuration';
import { DEFAULT_POLICY } from '../../../domain/default-policy';
import type { FieldFault } from '../../../domain/directory-rules';
import type { Policy } from '../../../domain/policy';
import { CONFIG_ROLES } from '../../../domain/role';
import { changePolicy } from '../../../services/change-policy';
import { standing } from '../../../services/configure';
import { within } from '../../../services/deadline';
import { resolveMember } from '../../../services/import-people-and-channels';
import { peopleOf } from '../../../services/standing';
import type { WindowMemory } from '../../../slack/ids/home-window';
import { many } from '../../../slack/read-window';
import type { ListenerDeps } from '../../deps';
import { type HomeWindow, savedBy } from './window';

const GROUP = 'group:';
/** How long a window waits for Slack's user groups, ms: Slack gives up on windows after three seconds. */
const PATIENCE_MS = 1200;

const isGroup = (member: string) => member.startsWith(GROUP);
const entriesOf = (members: readonly string[]) => ({
  people: members.filter((member) => !isGroup(member)),
  groups: members.filter(isGroup).map((member) => member.slice(GROUP.length)),
});
const membersOf = (policy: Policy | null, role: string): readonly string[] => policy?.roles[role] ?? [];

const groupsOf = ({ slack, log }: ListenerDeps) =>
  within(PATIENCE_MS, slack.groups()).catch((error: unknown) => {
    log.warn({ err: error }, 'Slack does not list its user groups');
    return null;
  });

/** Gives a role to people and user groups. */
export const roleHomeWindow: HomeWindow = {
  id: 'role',
  async open(deps, _person, about) {
    if (!CONFIG_ROLES.some((role) => role === about.key)) return { refused: `There is no role ${about.key}.` };
    const [{ value, version }, groups] = await Promise.all([standing(deps, 'policy', 'policy'), groupsOf(deps)]);
    const entries = entriesOf(membersOf(value, about.key));
    return { view: roleWindow({ memory: { ...about, version }, entries, groups, fixed: deps.admins, confirm: false }) };
  },
  async submit(deps, person, memory, values) {
    const role = memory.key;
    const before = entriesOf(membersOf((await standing(deps, 'policy', 'policy')).value, role));
    // What the window could not show stays as it is.
    const people = many(values, 'people') ?? before.people;
    const groups = many(values, 'groups') ?? before.groups;
    const members = [...people, ...groups.map((id) => GROUP + id)];
    const faults = await faultsOf(deps, members, before);
    if (faults.length) return { is: 'faults', faults };

    const change = { what: 'policy', key: 'policy', version: memory.version } as const;
    const make = (policy: Policy): Policy => ({ ...policy, roles: { ...policy.roles, [role]: members } });
    const draw = async () => ({ entries: { people, groups }, groups: await groupsOf(deps), fixed: deps.admins });
    if (role === 'admin' && !many(values, 'confirm')?.length) {
      const { admins } = await peopleOf(deps, make(await deps.directory.policy()));
      if (!admins.includes(person.id) && admins.length)
        return { is: 'again', view: roleWindow({ memory, ...(await draw()), confirm: true }) };
    }
    const outcome = await changePolicy(deps, {
      by: person.id,
      expected: memory.version,
      section: ['roles', role],
      change: make,
    });
    const drawn = await draw();
    const current = !outcome.ok && outcome.is === 'conflict' ? membersOf(outcome.current, role) : members;
    const entries = entriesOf(merged(members, await asOpened(deps, memory), current));
    return savedBy(deps, change, outcome, (version, notice) =>
      roleWindow({ memory: { ...memory, version }, ...drawn, entries, confirm: false, notice, isFresh: true }),
    );
  },
};

/** The role as the window first showed it; null if the history does not have it. */
async function asOpened(
  { configuration }: ListenerDeps,
  { key, version }: WindowMemory,
): Promise<readonly string[] | null> {
  if (version === null) return membersOf(DEFAULT_POLICY, key);
  const event = await configuration.event(configEventId('policy', 'policy', version));
  return event?.after ? membersOf(event.after as Policy, key) : null;
}

/** The current members, plus those this person added, minus those they removed. */
function merged(typed: readonly string[], base: readonly string[] | null, current: readonly string[]): string[] {
  if (!base) return [...typed];
  const taken = base.filter((member) => !typed.includes(member));
  const added = typed.filter((member) => !base.includes(member));
  return [...new Set([...current, ...added])].filter((member) => !taken.includes(member));
}

/** A new member of the role must exist in Slack. */
async function faultsOf(
  { slack }: ListenerDeps,
  members: readonly string[],
  before: { readonly people: readonly string[]; readonly groups: readonly string[] },
): Promise<FieldFault[]> {
  const known = [...before.people, ...before.groups.map((id) => GROUP + id)];
  const found = await Promise.all(
    members
      .filter((member) => !known.includes(member))
      .map(async (member) => ({ member, resolved: await resolveMember(slack, member) })),
  );
  return found.flatMap(({ member, resolved }) =>
    resolved.ok ? [] : [{ field: isGroup(member) ? 'groups' : 'people', message: resolved.reason }],
  );
}
