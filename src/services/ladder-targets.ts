import type { FieldFault } from '../domain/directory-rules';
import { ladderText, readLadder } from '../domain/policy-text';
import { resolveChannel, resolvePerson, type SlackLookup } from './import-people-and-channels';

/**
 * A ladder as it was typed, with Slack's ids in place of #channels, @user-groups and e-mail addresses; or what is wrong
 * with one of them. What cannot be read at all is left as it is. Rejects when Slack cannot be asked.
 */
export async function withTargetIds(
  slack: SlackLookup,
  typed: string,
  time: 'business' | 'always',
): Promise<
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly faults: readonly FieldFault[] }
> {
  const read = readLadder(typed, time);
  if (!read.ok) return { ok: true, text: typed };
  const found = await Promise.all(read.value.map(({ to }) => targetId(slack, to)));
  const faults = found.flatMap((one) => (one.ok ? [] : [{ field: 'ladder', message: one.reason }]));
  if (faults.length) return { ok: false, faults };
  const rungs = read.value.map(({ after, repeat }, i) => {
    const one = found[i];
    return { after, to: one?.ok ? one.id : '', ...(repeat ? { repeat } : {}) };
  });
  return { ok: true, text: ladderText(rungs) };
}

type Target = { readonly ok: true; readonly id: string } | { readonly ok: false; readonly reason: string };

async function targetId(slack: SlackLookup, to: string): Promise<Target> {
  const [, kind = '', given = to] = /^(channel|user|group):(.+)$/.exec(to) ?? [];
  if (kind === 'channel' || to.startsWith('#')) return called('channel', await resolveChannel(slack, given));
  if (kind === 'user' || /^[^@\s]+@[^@\s]+$/.test(to)) return called('user', await resolvePerson(slack, given));
  if (kind === 'group' || to.startsWith('@')) {
    const handle = given.replace(/^@/, '');
    const group = (await slack.groups()).find((one) => one.id === handle || one.handle === handle);
    return group
      ? { ok: true, id: `group:${group.id}` }
      : { ok: false, reason: `Slack knows no user group ${given}. For one person, give the e-mail address.` };
  }
  return { ok: true, id: to };
}

const called = (kind: 'channel' | 'user', found: Target): Target =>
  found.ok ? { ok: true, id: `${kind}:${found.id}` } : found;

/** A ladder as people type it: channels and user groups by name where Slack tells them. */
export async function withTargetNames(slack: SlackLookup, text: string): Promise<string> {
  const ids = [...new Set(text.match(/(channel|group):\S+?(?=,|$)/gm) ?? [])];
  const groups = ids.some((id) => id.startsWith('group:')) ? await slack.groups() : [];
  const named = await Promise.all(
    ids.map(async (target) => {
      const id = target.slice(target.indexOf(':') + 1);
      const channel = target.startsWith('channel:') ? await slack.channelById(id) : null;
      const group = groups.find((one) => one.id === id);
      return [target, channel ? `#${channel.name}` : group ? `@${group.handle}` : target] as const;
    }),
  );
  return named.reduce((all, [target, name]) => all.replaceAll(target, name), text);
}
