import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { cleanText } from '../domain/clean-text';
import type { Fault } from '../domain/forms/form';
import type { DialogValues } from '../domain/moves/dialog';
import { DIALOG_INPUT, DIALOG_LIVE } from './ids/case-dialog';

const Element = z.looseObject({
  value: z.string().nullish(),
  selected_option: z.looseObject({ value: z.string() }).nullish(),
  selected_user: z.string().nullish(),
  selected_date_time: z.number().nullish(),
  selected_date: z.string().nullish(),
  selected_time: z.string().nullish(),
});

/**
 * What was entered in a dialog, by field name; texts without what is invisible. Throws a ZodError if the state does not
 * have Slack's shape.
 */
export function readDialogValues(values: unknown): Record<string, string | number | undefined> {
  const blocks = z.record(z.string(), z.record(z.string(), Element)).parse(values);
  return Object.fromEntries(
    Object.entries(blocks).map(([name, actions]) => {
      const input = actions[DIALOG_INPUT] ?? actions[DIALOG_LIVE];
      const { selected_date_time, selected_option, selected_user, selected_date, selected_time, value } = input ?? {};
      const entered =
        selected_date_time ??
        selected_option?.value ??
        selected_user ??
        selected_date ??
        selected_time ??
        cleaned(value);
      return [name, entered ?? undefined];
    }),
  );
}

const cleaned = (value: string | null | undefined) => (value ? cleanText(value) : undefined);

/** The required texts in which nothing can be read: Slack accepts spaces as an answer. */
export const blankTexts = (blocks: readonly KnownBlock[], values: DialogValues): readonly Fault[] =>
  blocks.flatMap((block) =>
    block.type === 'input' &&
    block.element.type === 'plain_text_input' &&
    block.optional !== true &&
    !values[block.block_id ?? '']
      ? [{ question: block.block_id ?? '', message: 'Fill this in: no one can read spaces.' }]
      : [],
  );
