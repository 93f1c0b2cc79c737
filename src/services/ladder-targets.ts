import type { FieldFault } from '../domain/directory-rules';
import { ladderText, readLadder } from '../domain/policy-text';
import { type Names, type Resolved, rungOf, typedRung } from '../domain/targets';
import type { SlackLookup } from '../domain/workspace';
import { resolveChannel, resolvePerson } from './import-people-and-channels';

/** What targets ask of Slack. */
const namesIn = (slack: SlackLookup): Names => ({
  channel: (given) => resolveChannel(slack, given),
  person: (given) => resolvePerson(slack, given),
  async group(given) {
    const group = (await slack.groups()).find(({ id, handle }) => id === given || handle === given);
    return group
      ? { ok: true, id: group.id }
      : { ok: false, reason: `Slack has no user group ${given}. For one person, give the e-mail address.` };
  },
  channelName: async (id) => (await slack.channelById(id))?.name ?? null,
  groupHandle: async (id) => (await slack.groups()).find((group) => group.id === id)?.handle ?? null,
});

/** A rung's target as it is stored; what names somebody by what they are to the case stays. Rejects when Slack cannot be asked. */
export async function storedTarget(slack: SlackLookup, given: string): Promise<Resolved> {
  return typedRung(given)?.stored(given, namesIn(slack)) ?? { ok: true, id: given };
}

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
  const found = await Promise.all(read.value.map(({ to }) => storedTarget(slack, to)));
  const faults = found.flatMap((one) => (one.ok ? [] : [{ field: 'ladder', message: one.reason }]));
  if (faults.length) return { ok: false, faults };
  const rungs = read.value.map(({ after, repeat }, i) => {
    const one = found[i];
    return { after, to: one?.ok ? one.id : '', ...(repeat ? { repeat } : {}) };
  });
  return { ok: true, text: ladderText(rungs) };
}

/** A ladder as people type it: channels and user groups by name where Slack tells them. */
export async function withTargetNames(slack: SlackLookup, text: string): Promise<string> {
  const names = namesIn(slack);
  const targets = [...new Set(text.match(/[a-z]+:\S+?(?=,|$)/gm) ?? [])];
  const named = await Promise.all(
    targets.map(async (target) => [target, (await rungOf(target)?.typed(target, names)) ?? target] as const),
  );
  return named.reduce((all, [target, name]) => all.replaceAll(target, name), text);
}
