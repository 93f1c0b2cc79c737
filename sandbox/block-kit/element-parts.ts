import { z } from 'zod';
import { choice, confirm, conversationFilter, dispatchConfig, id, option, optionGroup, plainText } from './composition';

/** What elements share: fields, and rules between them. */

const actionable = { action_id: id.optional() };
export const confirmable = { confirm: confirm.optional() };
export const focusable = { focus_on_load: z.boolean().optional() };
export const placeholdable = { placeholder: plainText(150).optional() };
export const dispatchable = { dispatch_action_config: dispatchConfig.optional() };
export const picker = { ...confirmable, ...focusable };
export const typed = { ...dispatchable, ...focusable, ...placeholdable };
export const single = { ...picker, ...placeholdable };
export const multi = { ...single, max_selected_items: z.int().min(1).optional() };
export const respondable = { response_url_enabled: z.boolean().optional() };
export const queried = { min_query_length: z.int().min(0).optional() };
export const label = { accessibility_label: z.string().min(1).max(75).optional() };
export const ids = z.array(z.string().min(1)).min(1);
export const listed = {
  options: z.array(option).min(1).max(100).optional(),
  option_groups: z.array(optionGroup).min(1).max(100).optional(),
};
export const conversations = {
  default_to_current_conversation: z.boolean().optional(),
  filter: conversationFilter.optional(),
};

export const decimal = z.string().regex(/^-?\d+(\.\d+)?$/, 'must be a number written as a string');
export const choices = z.array(choice).min(1).max(10);
export const feedback = z.strictObject({ text: plainText(75), value: z.string().min(1).max(2000), ...label });

export type Checks = (element: Record<string, unknown>, fault: (key: string, message: string) => void) => void;
type Picked = { value: string };
const values = (picked: unknown) => (Array.isArray(picked) ? picked : [picked]).map((one: Picked) => one.value);

/** Options from the app: one list, and only options from it preselected. */
export const initialAmongOptions: Checks = (element, fault) => {
  const { options, option_groups: groups } = element;
  const listsOptions = options !== undefined;
  if (listsOptions === (groups !== undefined)) return fault('', 'must define either `options` or `option_groups`');
  for (const key of ['initial_option', 'initial_options']) {
    const initial = element[key];
    if (initial === undefined) continue;
    const offered = Array.isArray(groups)
      ? groups.flatMap((group: { options: Picked[] }) => values(group.options))
      : values(options);
    if (!values(initial).every((value) => offered.includes(value))) fault(key, `\`${key}\` must be among the options`);
  }
};

/** Refuses a minimum above the maximum. */
export const inOrder =
  (smallest: string, largest: string): Checks =>
  (element, fault) => {
    const [low, high] = [element[smallest], element[largest]];
    if (low !== undefined && high !== undefined && Number(low) > Number(high))
      fault(smallest, `\`${smallest}\` must not be above \`${largest}\``);
  };

export const element = (type: string, shape: z.ZodRawShape, check?: Checks): z.ZodObject => {
  const schema = z.strictObject({ type: z.literal(type), ...shape });
  return check
    ? schema.superRefine((value, context) =>
        check(value, (key, message) => context.addIssue({ code: 'custom', path: key ? [key] : [], message })),
      )
    : schema;
};
/** An element a person acts on. */
export const interactive = (type: string, shape: z.ZodRawShape, check?: Checks) =>
  element(type, { ...actionable, ...shape }, check);
