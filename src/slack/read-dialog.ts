import { z } from 'zod';
import { DIALOG_INPUT } from './ids/case-dialog';

const Element = z.looseObject({
  value: z.string().nullish(),
  selected_option: z.looseObject({ value: z.string() }).nullish(),
  selected_user: z.string().nullish(),
  selected_date_time: z.number().nullish(),
});

/** What was entered in a dialog, by field name. Throws a ZodError when Slack's state is not in its own shape. */
export function readDialogValues(values: unknown): Record<string, string | number | undefined> {
  const blocks = z.record(z.string(), z.record(z.string(), Element)).parse(values);
  return Object.fromEntries(
    Object.entries(blocks).map(([name, actions]) => {
      const input = actions[DIALOG_INPUT];
      const entered =
        input?.selected_date_time ?? input?.selected_option?.value ?? input?.selected_user ?? input?.value;
      return [name, entered ?? undefined];
    }),
  );
}
