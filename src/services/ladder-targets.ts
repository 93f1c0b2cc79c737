import type { FieldFault } from '../domain/directory-rules';
import { listed } from '../domain/policy-entries';
import { ladderText, readLadder } from '../domain/policy-text';
import { type Names, type Resolved, rungOf, typedRung } from '../domain/targets';
import { sentence } from '../domain/wording';
import type { SlackLookup } from '../domain/workspace';
import { resolveChannel, resolvePerson } from './import-people-and-channels';

const namesIn = (slack: SlackLookup): Names => ({
  channel: (given) => resolveChannel(slack, given),
  person: (given) => resolvePerson(slack, given),
  async group(given) {
    const group = (await slack.groups()).find(({ id, handle }) => id === given || handle === given);
    return group
      ? { ok: true, id: group.id }
      : { ok: false, reason: `Slack has no user group ${given}. For one person, give the email address.` };
  },
  channelName: async (id) => (await slack.channelById(id))?.name ?? null,
  groupHandle: async (id) => (await slack.groups()).find((group) => group.id === id)?.handle ?? null,
});

/** A rung's target as stored; one relative to the case stays. Rejects if Slack is unreachable. */
export async function storedTarget(slack: SlackLookup, given: string): Promise<Resolved> {
  return typedRung(given)?.stored(given, namesIn(slack)) ?? { ok: true, id: given };
}

type WithIds =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly faults: readonly FieldFault[] };

/**
 * A typed ladder with Slack ids in place of #channels, @user-groups and email addresses; or what is wrong with one of
 * them. Unreadable parts stay as they are. Rejects if Slack is unreachable.
 */
export async function withTargetIds(slack: SlackLookup, typed: string, time: 'business' | 'always'): Promise<WithIds> {
  const read = readLadder(typed, time);
  if (!read.ok) return { ok: true, text: typed };
  const found = await Promise.all(read.value.map(({ to }) => storedTarget(slack, to)));
  const faults = faultsIn('ladder', found);
  if (faults.length) return { ok: false, faults };
  const rungs = read.value.map(({ after, repeat }, i) => {
    const one = found[i];
    return { after, to: one?.ok ? one.id : '', ...(repeat ? { repeat } : {}) };
  });
  return { ok: true, text: ladderText(rungs) };
}

const faultsIn = (field: string, found: readonly Resolved[]): FieldFault[] =>
  found.flatMap((one) => (one.ok ? [] : [{ field, message: sentence(one.reason) }]));

/** The same for a list of places. */
export async function withPlaceIds(slack: SlackLookup, typed: string): Promise<WithIds> {
  const found = await Promise.all(listed(typed).map((given) => storedTarget(slack, given)));
  const faults = faultsIn('places', found);
  return faults.length
    ? { ok: false, faults }
    : { ok: true, text: found.flatMap((one) => (one.ok ? one.id : [])).join('\n') };
}

/** Names in a policy that Slack no longer has (for Warmline), with the reason. Rejects if Slack is unreachable. */
export async function lostAmong(
  slack: SlackLookup,
  named: readonly string[],
): Promise<readonly { readonly to: string; readonly reason: string }[]> {
  const found = await Promise.all(
    [...new Set(named)].map(async (to) => ({ to, stored: await storedTarget(slack, to) })),
  );
  return found.flatMap(({ to, stored }) => (stored.ok ? [] : { to, reason: stored.reason }));
}

/** A ladder as people type it: channels and user groups by name if Slack returns it. */
export async function withTargetNames(slack: SlackLookup, text: string): Promise<string> {
  const names = namesIn(slack);
  const targets = [...new Set(text.match(TARGET) ?? [])];
  const named = await Promise.all(
    targets.map(async (target) => [target, (await rungOf(target)?.typed(target, names)) ?? target] as const),
  );
  const byTarget = new Map(named);
  return text.replace(TARGET, (target) => byTarget.get(target) ?? target);
}
const TARGET = /[a-z]+:\S+?(?=,|$)/gm;
