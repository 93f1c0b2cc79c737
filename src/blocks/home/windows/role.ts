import type { KnownBlock, ModalView } from '@slack/types';
import { amount } from '../../../domain/wording';
import { type WindowMemory, windowBlock } from '../../../slack/ids/home-window';
import { field, note, remark, section } from '../../lines';
import { plainText } from '../../text';
import { ROLE_LABELS } from '../config-words';
import { ROLE_WORDS } from '../people';
import { type Choice, homeWindow, offered, optionOf } from './parts';

/** One menu holds up to this many people. */
const MOST_PEOPLE = 200;
/** Slack's limit of preselected options. */
const MOST_CHOSEN = 100;
/** With more user groups, the window would exceed Slack's limit. */
const MOST_GROUPS = 1000;

export interface RoleEntries {
  readonly people: readonly string[];
  /** Ids of user groups. */
  readonly groups: readonly string[];
}
interface RoleWindow {
  readonly memory: WindowMemory;
  readonly entries: RoleEntries;
  /** User groups of the workspace; null: Slack does not answer now. */
  readonly groups: readonly { readonly id: string; readonly handle: string; readonly name: string }[] | null;
  /** Admins in the server's configuration, whatever this window says. */
  readonly fixed: readonly string[];
  /** Someone who would remove their own role has to confirm it. */
  readonly confirm: boolean;
  readonly notice?: readonly KnownBlock[];
  /** The lists differ from what the person saw before. */
  readonly isFresh?: boolean;
}

/** Who has a role: people, and user groups, whose members count at the time. */
export function roleWindow({
  memory,
  entries,
  groups,
  fixed,
  confirm,
  notice = [],
  isFresh = false,
}: RoleWindow): ModalView {
  const role = memory.key;
  const fresh = isFresh ? memory.version : null;
  return homeWindow('role', { title: 'Who has this role', submit: 'Save', memory }, [
    ...notice,
    section(`*${ROLE_LABELS[role] ?? role}*\n${ROLE_WORDS[role] ?? ''}`),
    ...(fixed.length && role === 'admin'
      ? [
          remark(
            `Always admins, set by the server's ADMIN_USERS: ${fixed
              .slice(0, 20)
              .map((id) => `<@${id}>`)
              .join(', ')}`,
          ),
        ]
      : []),
    ...(confirm ? [confirmBlock] : []),
    peopleBlock(entries.people, windowBlock('people', fresh)),
    groupsBlock(entries.groups, groups, windowBlock('groups', fresh)),
  ]);
}

const confirmBlock: KnownBlock = field(
  'confirm',
  'You would no longer be an admin',
  { type: 'checkboxes', options: [{ text: plainText('Yes, take the role from me'), value: 'yes' }] },
  { hint: 'Only another admin could give the role back to you.' },
);

function peopleBlock(people: readonly string[], block: string): KnownBlock {
  if (people.length > MOST_PEOPLE)
    return note(
      `${amount(people.length)} people have it by name: too many for a window. They stay; make them a user group, or change them with an import.`,
    );
  return field(
    block,
    'People',
    {
      type: 'multi_users_select',
      placeholder: plainText('No one by name'),
      ...(people.length ? { initial_users: [...people] } : {}),
    },
    { optional: true },
  );
}

function groupsBlock(chosen: readonly string[], groups: RoleWindow['groups'], block: string): KnownBlock {
  if (!groups) return note('Slack is not listing its user groups right now. Those that have the role keep it.');
  if (chosen.length > MOST_CHOSEN)
    return note(`${chosen.length} user groups have it: too many for a window. They stay; change them with an import.`);
  const known = groups.map(
    ({ id, handle, name }): Choice => ({ value: id, label: `@${handle}${name ? ` (${name})` : ''}` }),
  );
  const mine = chosen.map(
    (id) => known.find(({ value }) => value === id) ?? { value: id, label: `${id} (no longer in Slack)` },
  );
  const all = [...mine, ...known.filter(({ value }) => !chosen.includes(value))].slice(0, MOST_GROUPS);
  if (!all.length)
    return note('This workspace has no user groups. With one, its members have the role while they are in it.');
  return field(
    block,
    'User groups',
    {
      type: 'multi_static_select',
      placeholder: plainText('No group'),
      ...offered(all),
      ...(mine.length ? { initial_options: mine.map(optionOf) } : {}),
    },
    {
      optional: true,
      hint: `People have the role while they are in the group.${known.length > MOST_GROUPS ? ` The first ${MOST_GROUPS} groups by handle are here.` : ''}`,
    },
  );
}
