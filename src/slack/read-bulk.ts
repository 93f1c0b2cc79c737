import { z } from 'zod';
import { DIALOG_INPUT } from './ids/case-dialog';
import { BULK_GROUP } from './ids/desk';

const Group = z.looseObject({ selected_options: z.array(z.looseObject({ value: z.string() })).nullish() });

/** The references chosen in the groups of a bulk window. Throws a ZodError if the state does not have Slack's shape. */
export function readChosenCases(values: unknown): readonly string[] {
  const blocks = z.record(z.string(), z.record(z.string(), z.unknown())).parse(values);
  return Object.entries(blocks)
    .filter(([block]) => BULK_GROUP.test(block))
    .flatMap(([, actions]) => Group.parse(actions[DIALOG_INPUT] ?? {}).selected_options ?? [])
    .map(({ value }) => value);
}
