import { z } from 'zod';
import { DIALOG_INPUT } from './ids/case-dialog';
import { BULK_GROUP } from './ids/desk';

const Group = z.looseObject({ selected_options: z.array(z.looseObject({ value: z.string() })).nullish() });

/** The references that were chosen in the groups of a bulk window. Throws a ZodError when Slack's state is not in its own shape. */
export function readChosenCases(values: unknown): readonly string[] {
  const blocks = z.record(z.string(), z.record(z.string(), z.unknown())).parse(values);
  return Object.entries(blocks)
    .filter(([block]) => BULK_GROUP.test(block))
    .flatMap(([, actions]) => Group.parse(actions[DIALOG_INPUT] ?? {}).selected_options ?? [])
    .map(({ value }) => value);
}
