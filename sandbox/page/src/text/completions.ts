import type { ClientChannel, ClientUser, SlashCommandInfo } from '../../../client-protocol';

export interface Completion {
  /** What replaces the word being typed. */
  insert: string;
  label: string;
  hint: string;
  detail: string;
}
interface Sources {
  users: readonly ClientUser[];
  channels: readonly ClientChannel[];
  commands: readonly SlashCommandInfo[];
}
const MOST = 8;
const NONE = { offered: [] as Completion[], from: 0, hint: '' };

/** What the composer offers for the word before the caret; `hint` is the usage of a completed command. */
export function completionsFor(typed: string, caret: number, sources: Sources): typeof NONE {
  const before = typed.slice(0, caret);
  if (/^\/\S*$/.test(before)) {
    const offered = sources.commands
      .filter((each) => each.command.startsWith(before.toLowerCase()))
      // What was typed in full comes first: Enter sends it.
      .toSorted((a, b) => Number(b.command === before) - Number(a.command === before))
      .map((each) => ({
        insert: each.command,
        label: each.command,
        hint: each.usageHint,
        detail: each.description,
      }));
    return { offered, from: 0, hint: '' };
  }
  const command = sources.commands.find((each) => typed.startsWith(`${each.command} `));
  if (command) return { ...NONE, hint: `${command.command} ${command.usageHint}` };
  const word = /(?:^|[\s(])([@#])([\w.-]*)$/.exec(before);
  if (!word) return NONE;
  const [, mark = '', start = ''] = word;
  const wanted = start.toLowerCase();
  const from = caret - start.length - 1;
  const offered =
    mark === '@'
      ? sources.users
          .filter((user) => !user.deleted && `${user.name} ${user.realName}`.toLowerCase().includes(wanted))
          .map((user) => ({
            insert: `@${user.name}`,
            label: user.realName || user.name,
            hint: `@${user.name}`,
            detail: user.role,
          }))
      : sources.channels
          .filter((channel) => channel.type !== 'im' && channel.name.includes(wanted))
          .map((channel) => ({
            insert: `#${channel.name}`,
            label: `#${channel.name}`,
            hint: '',
            detail: channel.topic,
          }));
  return { offered: offered.slice(0, MOST), from, hint: '' };
}
