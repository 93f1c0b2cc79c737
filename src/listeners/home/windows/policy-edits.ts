import { z } from 'zod';
import { CLOSED_LISTED } from '../../../blocks/home/windows/closed-days';
import { type Outlook, setsClocks } from '../../../blocks/home/windows/policy-review';
import { escapeWithin, namedMark } from '../../../blocks/text';
import { type ClosedDay, closedDays } from '../../../domain/business-hours';
import type { FieldFault } from '../../../domain/directory-rules';
import { dayAt } from '../../../domain/local-time';
import type { Policy } from '../../../domain/policy';
import { type Entries, withEntries } from '../../../domain/policy-entries';
import { namedIn, type PolicyItem, packItem, readItem } from '../../../domain/policy-items';
import { calendarRulesFor } from '../../../domain/policy-time';
import { rungOf, webhookUnset } from '../../../domain/targets';
import { sentence } from '../../../domain/wording';
import { previewShifts } from '../../../services/apply-policy';
import { within } from '../../../services/deadline';
import { lostAmong } from '../../../services/ladder-targets';
import { unsetTargets } from '../../../services/unset-targets';
import type { ListenerDeps } from '../../deps';

/** How long a window waits for what it shows next to its fields, ms: Slack gives up on windows after three seconds. */
const PATIENCE_MS = 500;

/** What someone entered and has not saved yet. */
export interface PolicyEdit {
  readonly item: PolicyItem;
  readonly entries: Entries;
}
const Packed = z.strictObject({
  item: z.string(),
  entries: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
});

export const packEdit = ({ item, entries }: PolicyEdit): string => JSON.stringify({ item: packItem(item), entries });
/** Null if nothing is being edited. Throws a ZodError on anything that `packEdit` did not write. */
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

/** For a calendar, its next closed days under a policy, from today on in its area. */
export async function closedUnder(
  { directory, now }: ListenerDeps,
  policy: Policy,
  item: PolicyItem,
): Promise<readonly ClosedDay[]> {
  if (item.is !== 'calendar') return [];
  const zone = (await directory.area(item.area))?.timeZone ?? policy.time_zone;
  return closedDays(calendarRulesFor(policy, item.area), dayAt(zone, now()), CLOSED_LISTED);
}

/**
 * Sentences about targets in an item, or in the whole policy, that are not set up or that Slack no longer has. What
 * Slack does not answer in time is left out.
 */
export async function unsetIn(deps: ListenerDeps, policy: Policy, item: PolicyItem | null): Promise<readonly string[]> {
  const { slack, log } = deps;
  const named = namedIn(policy, item);
  const webhooks = item === null || item.is === 'webhooks' ? policy.webhooks : [];
  const lost = await within(PATIENCE_MS, lostAmong(slack, named)).catch((error: unknown) => {
    log.warn({ err: error }, 'Slack does not say whether it has what the policy names');
    return [];
  });
  return [
    ...unsetTargets(deps, named, webhooks),
    ...lost.map(({ to, reason }) => {
      const name = rungOf(to)?.named(to);
      const said = escapeWithin(sentence(reason), 300);
      return name === undefined ? said : `${namedMark(name)}: ${said}`;
    }),
  ];
}

/**
 * Why an edit cannot be saved that only the environment shows: a webhook that it adds could not be used. One that is in
 * the policy already only causes a warning, so that others can be changed.
 */
export const webhookFaultsOf = (
  { webhookFault }: ListenerDeps,
  before: Policy,
  { webhooks }: Policy,
): readonly FieldFault[] =>
  webhooks
    .filter(({ url, secret }) => !before.webhooks.some((old) => old.url === url && old.secret === secret))
    .flatMap((one) => {
      const fault = webhookFault(one);
      return fault ? { field: 'webhooks', message: webhookUnset(one, fault) } : [];
    });

/** What is shown with an edit before it is saved. */
export async function outlookOf(deps: ListenerDeps, policy: Policy, item: PolicyItem): Promise<Outlook> {
  const [unset, closed, shifts] = await Promise.all([
    unsetIn(deps, policy, item),
    closedUnder(deps, policy, item),
    setsClocks(item) ? previewShifts(deps, policy, PATIENCE_MS) : null,
  ]);
  return { unset, closed, shifts };
}
