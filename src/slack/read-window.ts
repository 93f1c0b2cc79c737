import { z } from 'zod';
import { cleanText } from '../domain/clean-text';
import { fieldOfBlock } from './ids/home-window';

const Chosen = z.looseObject({ value: z.string() });
/** The value of a window's element, as Slack reports it. */
export const Element = z.looseObject({
  value: z.string().nullish(),
  selected_option: Chosen.nullish(),
  selected_options: z.array(Chosen).nullish(),
  selected_user: z.string().nullish(),
  selected_users: z.array(z.string()).nullish(),
  selected_conversation: z.string().nullish(),
  files: z.array(z.looseObject({ id: z.string() })).nullish(),
  selected_date: z.string().nullish(),
  selected_time: z.string().nullish(),
});

/** What was entered in a window of Home, by field: one text, or a list; absent if the block was not shown. */
export type WindowValues = Readonly<Record<string, string | readonly string[]>>;

/** Throws a ZodError if the state does not have Slack's shape. */
export function readWindowValues(values: unknown): WindowValues {
  const blocks = z.record(z.string(), z.record(z.string(), Element)).parse(values);
  const entries = Object.entries(blocks).flatMap(([block, actions]) =>
    Object.values(actions).map((element): [string, string | readonly string[]] => {
      const field = fieldOfBlock(block);
      const { selected_options: options, selected_users: users, files } = element;
      if (options) return [field, options.map(({ value }) => value)];
      if (users) return [field, users];
      if (files) return [field, files.map(({ id }) => id)];
      const { value, selected_option: option, selected_user: user, selected_conversation: conversation } = element;
      const { selected_date: date, selected_time: time } = element;
      return [field, value ?? option?.value ?? user ?? conversation ?? date ?? time ?? ''];
    }),
  );
  return Object.fromEntries(entries);
}
/** One text as entered, without what is invisible; may be empty. */
export const one = (values: WindowValues, block: string): string => cleanText(String(values[block] ?? ''));
/** What was chosen in a list; null if the list was not shown. */
export const many = (values: WindowValues, block: string): readonly string[] | null => {
  const chosen = values[block];
  return chosen === undefined ? null : [chosen].flat().filter(Boolean);
};
