import { z } from 'zod';
import type { Policy } from '../../../domain/policy';
import { type Entries, type PolicyItem, packItem, readItem, withEntries } from '../../../domain/policy-items';

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
  throw new Error(
    `An edit of the policy is not valid any more: ${made.faults.map(({ message }) => message).join(' ')}`,
  );
}
