import { z } from 'zod';
import { CLOSED_LISTED } from '../../../blocks/home/windows/closed-days';
import { type Outlook, setsClocks } from '../../../blocks/home/windows/policy-review';
import { type ClosedDay, closedDays } from '../../../domain/business-hours';
import { dayAt } from '../../../domain/local-time';
import { calendarRulesFor, type Policy } from '../../../domain/policy';
import { type Entries, namedIn, type PolicyItem, packItem, readItem, withEntries } from '../../../domain/policy-items';
import { unsetAmong } from '../../../domain/targets';
import { whatApplyingShifts } from '../../../services/apply-policy';
import type { ListenerDeps } from '../../deps';

/** What somebody entered and has not saved yet. */
export interface PolicyEdit {
  readonly item: PolicyItem;
  readonly entries: Entries;
}
const Packed = z.strictObject({
  item: z.string(),
  entries: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
});

export const packEdit = ({ item, entries }: PolicyEdit): string => JSON.stringify({ item: packItem(item), entries });
/** Null when nothing is being edited. Throws a ZodError on anything but what `packEdit` wrote. */
export function readEdit(text: string | undefined): PolicyEdit | null {
  if (!text) return null;
  const { item: packed, entries } = Packed.parse(JSON.parse(text));
  const item = readItem(packed);
  return item && { item, entries };
}

/** The policy with an edit that was checked before. */
export function edited(policy: Policy, { item, entries }: PolicyEdit): Policy {
  const made = withEntries(policy, item, entries);
  if (made.ok) return made.policy;
  throw new Error(`An edit of the policy is no longer valid: ${made.faults.map(({ message }) => message).join(' ')}`);
}

/** Of a calendar, the next days on which it is closed under a policy, from today on where its area is. */
export async function closedUnder(
  { directory, now }: ListenerDeps,
  policy: Policy,
  item: PolicyItem,
): Promise<readonly ClosedDay[]> {
  if (item.is !== 'calendar') return [];
  const zone = (await directory.area(item.area))?.timeZone ?? policy.time_zone;
  return closedDays(calendarRulesFor(policy, item.area), dayAt(zone, now()), CLOSED_LISTED);
}

/** What is said of targets that an item names and that are not set up. */
export const unsetIn = ({ targetsOff }: ListenerDeps, policy: Policy, item: PolicyItem | null) =>
  unsetAmong(namedIn(policy, item), targetsOff);

/** So long a window waits for what open cases would make of an edit, ms: Slack gives up on windows that take three seconds. */
const PATIENCE_MS = 500;

/** What goes with an edit that is looked at before it is saved. */
export async function outlookOf(deps: ListenerDeps, policy: Policy, item: PolicyItem): Promise<Outlook> {
  const [closed, shifts] = await Promise.all([
    closedUnder(deps, policy, item),
    setsClocks(item) ? whatApplyingShifts(deps, policy, PATIENCE_MS) : null,
  ]);
  return { unset: unsetIn(deps, policy, item), closed, shifts };
}
