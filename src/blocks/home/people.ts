import type { KnownBlock } from '@slack/types';
import { amount } from '../../domain/wording';
import { homeWindowId } from '../../slack/ids/home-window';
import { button, header, remark, section } from '../lines';
import { memberWords, ROLE_LABELS } from './config-words';

/** What each role may do, in a sentence. */
export const ROLE_WORDS: Readonly<Record<string, string>> = {
  admin: 'Review exceptions, route what no area takes, and change everything on these pages.',
  risk: 'Read and work on high-risk reports, and on leadership concerns.',
  provider_advocate: 'Read and work on provider reports, and read high-risk reports in which the SP is at risk.',
  leadership: 'Read and work on leadership concerns; can claim a caller.',
  resolution_specialist: 'Take callers by warm transfer: pinged during business hours in their own time zone.',
  agent: 'Everyone can file. The role is for your own lists and gives no other access.',
};

const MOST_MEMBERS = 15;

export interface RoleRow {
  readonly role: string;
  /** People by id, user groups as `group:ID`. */
  readonly members: readonly string[];
  /** The admins in the server's configuration. */
  readonly fixed: readonly string[];
  /** What goes wrong while no one has it, or null. */
  readonly gap: string | null;
}

/** Who has which role. Rows keep their order; missing ones are also listed at the top. */
export function peopleBlocks(rows: readonly RoleRow[]): KnownBlock[] {
  const gaps = rows.filter(({ gap }) => gap).map(({ role }) => ROLE_LABELS[role] ?? role);
  const names = new Intl.ListFormat('en-US').format(gaps);
  return [
    header('People and roles'),
    ...(gaps.length ? [remark(`:warning: Someone is needed: ${names}`)] : []),
    ...rows.map(roleRow),
  ];
}

function roleRow({ role, members, fixed, gap }: RoleRow): KnownBlock {
  const all = [...new Set([...fixed, ...members])];
  const more = all.length - MOST_MEMBERS;
  const who = all.slice(0, MOST_MEMBERS).map(memberWords).join(', ') + (more > 0 ? ` and ${amount(more)} more` : '');
  const lines = [
    `*${ROLE_LABELS[role] ?? role}*`,
    ROLE_WORDS[role] ?? '',
    who || '_No one_',
    ...(gap ? [`:warning: ${gap}`] : []),
  ];
  return section(lines.join('\n'), button(homeWindowId('role'), 'Change', role));
}
