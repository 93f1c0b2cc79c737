import { z } from 'zod';
import { DIALOG_INPUT, DIALOG_LIVE } from './ids/case-dialog';

const Element = z.looseObject({
  value: z.string().nullish(),
  selected_option: z.looseObject({ value: z.string() }).nullish(),
  selected_user: z.string().nullish(),
  selected_date_time: z.number().nullish(),
  selected_date: z.string().nullish(),
  selected_time: z.string().nullish(),
});

/** What was entered in a dialog, by field name. Throws a ZodError if the state does not have Slack's shape. */
export function readDialogValues(values: unknown): Record<string, string | number | undefined> {
  const blocks = z.record(z.string(), z.record(z.string(), Element)).parse(values);
  return Object.fromEntries(
    Object.entries(blocks).map(([name, actions]) => {
      const input = actions[DIALOG_INPUT] ?? actions[DIALOG_LIVE];
      const { selected_date_time, selected_option, selected_user, selected_date, selected_time, value } = input ?? {};
      const entered =
        selected_date_time ?? selected_option?.value ?? selected_user ?? selected_date ?? selected_time ?? value;
      return [name, entered ?? undefined];
    }),
  );
}
