import { cleanText } from '../domain/clean-text';
import type { Area, GivenArea } from '../domain/directory';
import { areaFaults, type FieldFault } from '../domain/directory-rules';
import type { Resolved } from '../domain/targets';
import type { SlackLookup } from '../domain/workspace';
import { resolveChannel, resolvePerson } from './import-people-and-channels';

type LookUp = (slack: SlackLookup, given: string) => Promise<Resolved>;
const CHECKS: readonly (readonly [Exclude<keyof Area, 'name' | 'timeZone'>, LookUp])[] = [
  ['channel', resolveChannel],
  ['areaManager', resolvePerson],
  ['deputy', resolvePerson],
  ['manager', resolvePerson],
  ['fallbackChannel', resolveChannel],
];

/**
 * The area with everything looked up in Slack, or everything that is wrong with it. Used by imports and windows.
 * Rejects if Slack is unreachable.
 */
export async function checkArea(
  slack: SlackLookup,
  typed: GivenArea,
): Promise<
  { readonly ok: true; readonly area: Area } | { readonly ok: false; readonly faults: readonly FieldFault[] }
> {
  const given: GivenArea = {
    name: cleanText(typed.name),
    timeZone: cleanText(typed.timeZone),
    channel: cleanText(typed.channel),
    areaManager: cleanText(typed.areaManager),
    deputy: cleanText(typed.deputy),
    manager: cleanText(typed.manager),
    fallbackChannel: cleanText(typed.fallbackChannel),
  };
  const faults = areaFaults(given);
  const found: Partial<Record<keyof Area, string>> = {};
  const looked = CHECKS.filter(([field]) => given[field] !== '').map(
    async ([field, resolve]) => [field, await resolve(slack, given[field])] as const,
  );
  for (const [field, resolved] of await Promise.all(looked)) {
    if (resolved.ok) found[field] = resolved.id;
    else faults.push({ field, message: resolved.reason });
  }
  if (faults.length) return { ok: false, faults };
  const { channel = null, areaManager = null, deputy = null, manager = null, fallbackChannel = null } = found;
  const { name, timeZone } = given;
  return { ok: true, area: { name, timeZone, channel, areaManager, deputy, manager, fallbackChannel } };
}
