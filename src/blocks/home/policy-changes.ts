import { isDeepStrictEqual } from 'node:util';
import { type ConfigEvent, changesOf, type Difference } from '../../domain/configuration';
import { DEFAULT_POLICY } from '../../domain/default-policy';
import { Policy } from '../../domain/policy';
import { clocksOf, type PolicyItem, pathOf, WHOLE_ITEMS } from '../../domain/policy-items';
import { escapeWithin } from '../text';
import { changeLines, itemName } from './policy-words';

/** A change to one item of the policy: in one line, and in all its lines. */
export interface PolicyChange {
  readonly short: string;
  readonly lines: readonly string[];
}
const SECTIONS: readonly string[] = ['clocks', 'ladders', 'calendars', ...WHOLE_ITEMS];

/**
 * A change of the policy, worded as in the policy's own windows, and the differences outside of these: channels and
 * roles. Null for a policy of another version of Warmline, which its windows cannot show.
 */
export function policyChanges(
  event: ConfigEvent,
): { readonly items: readonly PolicyChange[]; readonly rest: readonly Difference[] } | null {
  const [before, after] = [Policy.safeParse(event.before ?? DEFAULT_POLICY), Policy.safeParse(event.after)];
  if (!before.success || !after.success) return null;
  const items = itemsOf(before.data, after.data)
    .filter((item) => !isDeepStrictEqual(at(before.data, pathOf(item)), at(after.data, pathOf(item))))
    .map((item) => changeOf(item, before.data, after.data))
    .filter(({ lines }) => lines.length);
  return { items, rest: changesOf(event).filter(({ path: [head = ''] }) => !SECTIONS.includes(head)) };
}

function changeOf(item: PolicyItem, before: Policy, after: Policy): PolicyChange {
  const lines = changeLines(item, before, after);
  const [only = ''] = lines;
  const short = lines.length === 1 ? only.replaceAll('*', '') : `${escapeWithin(itemName(item), 150)} changed`;
  return { short, lines };
}

/** Everything that any of them sets. */
function itemsOf(...policies: readonly Policy[]): PolicyItem[] {
  const keys = (section: 'ladders' | 'calendars') => [
    ...new Set(policies.flatMap((policy) => Object.keys(policy[section]))),
  ];
  const clocks = policies.flatMap((policy) => clocksOf(policy).map(({ item }): PolicyItem => item));
  return [
    ...new Map(clocks.map((item) => [pathOf(item).join(), item])).values(),
    ...keys('ladders').map((clock) => ({ is: 'ladder', clock }) as PolicyItem),
    ...keys('calendars').map((area): PolicyItem => ({ is: 'calendar', area })),
    ...WHOLE_ITEMS.map((is): PolicyItem => ({ is })),
  ];
}

const at = (policy: Policy, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key], policy);
