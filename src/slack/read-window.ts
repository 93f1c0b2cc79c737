import { z } from 'zod';

const Chosen = z.looseObject({ value: z.string() });
const Element = z.looseObject({
  value: z.string().nullish(),
  selected_option: Chosen.nullish(),
  selected_options: z.array(Chosen).nullish(),
  selected_user: z.string().nullish(),
  selected_users: z.array(z.string()).nullish(),
  selected_conversation: z.string().nullish(),
});

/** What was entered in a window of Home, by block: one text, or a list; absent when a block was not there. */
export type WindowValues = Readonly<Record<string, string | readonly string[]>>;

/** Throws a ZodError when Slack's state is not in its own shape. */
export function readWindowValues(values: unknown): WindowValues {
  const blocks = z.record(z.string(), z.record(z.string(), Element)).parse(values);
  const entries = Object.entries(blocks).flatMap(([block, actions]) =>
    Object.values(actions).map((element): [string, string | readonly string[]] => {
      const { selected_options: options, selected_users: users } = element;
      if (options) return [block, options.map(({ value }) => value)];
      if (users) return [block, users];
      const { value, selected_option: option, selected_user: user, selected_conversation: conversation } = element;
      return [block, value ?? option?.value ?? user ?? conversation ?? ''];
    }),
  );
  return Object.fromEntries(entries);
}
/** One text that was entered, trimmed; empty for none. */
export const one = (values: WindowValues, block: string): string => String(values[block] ?? '').trim();
/** What was chosen in a list; null when the list was not shown. */
export const many = (values: WindowValues, block: string): readonly string[] | null => {
  const chosen = values[block];
  return chosen === undefined ? null : [chosen].flat().filter(Boolean);
};
