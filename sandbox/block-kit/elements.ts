import { z } from 'zod';
import {
  choice,
  httpUrl,
  id,
  ONE_PICTURE,
  onePicture,
  option,
  overflowOption,
  picture,
  plainText,
  style,
} from './composition';
import {
  choices,
  confirmable,
  conversations,
  decimal,
  element,
  feedback,
  ids,
  initialAmongOptions,
  inOrder,
  interactive,
  label,
  listed,
  multi,
  picker,
  queried,
  respondable,
  single,
  typed,
} from './element-parts';
import { richText } from './rich-text';

export type Surface = 'message' | 'modal' | 'home';
type Holder = 'section' | 'actions' | 'input' | 'context' | 'context_actions';
type Entry = { schema: z.ZodObject; holders: readonly Holder[]; surfaces?: readonly Surface[] };

const MENU: readonly Holder[] = ['section', 'actions', 'input'];
const PRESS: readonly Holder[] = ['section', 'actions'];
const TYPE: readonly Holder[] = ['input'];

export const image = element('image', picture).refine(onePicture, ONE_PICTURE);
export const button = interactive('button', {
  text: plainText(75),
  value: z.string().max(2000).optional(),
  url: httpUrl(3000).optional(),
  style: style.optional(),
  ...confirmable,
  ...label,
});

/** Every element: its shape, the blocks that may hold it, and the surfaces where it is allowed (all unless named). */
const ELEMENTS: Record<string, Entry> = {
  button: { holders: PRESS, schema: button },
  image: { holders: ['section', 'context'], schema: image },
  overflow: {
    holders: PRESS,
    schema: interactive('overflow', { options: z.array(overflowOption).min(1).max(5), ...confirmable }),
  },
  workflow_button: {
    holders: PRESS,
    schema: interactive('workflow_button', {
      text: plainText(75),
      workflow: z.strictObject({
        trigger: z.strictObject({
          url: httpUrl(3000),
          customizable_input_parameters: z
            .array(z.strictObject({ name: z.string().min(1), value: z.string() }))
            .optional(),
        }),
      }),
      style: style.optional(),
      ...confirmable,
      ...label,
    }),
  },
  feedback_buttons: {
    holders: ['context_actions'],
    schema: interactive('feedback_buttons', { positive_button: feedback, negative_button: feedback }),
  },
  icon_button: {
    holders: ['context_actions'],
    schema: interactive('icon_button', {
      icon: z.string().min(1),
      text: plainText(75),
      value: z.string().max(2000).optional(),
      visible_to_user_ids: ids.max(10).optional(),
      ...confirmable,
      ...label,
    }),
  },
  static_select: {
    holders: MENU,
    schema: interactive(
      'static_select',
      { ...single, ...listed, initial_option: option.optional() },
      initialAmongOptions,
    ),
  },
  multi_static_select: {
    holders: MENU,
    schema: interactive(
      'multi_static_select',
      { ...multi, ...listed, initial_options: z.array(option).min(1).max(100).optional() },
      initialAmongOptions,
    ),
  },
  external_select: {
    holders: MENU,
    schema: interactive('external_select', { ...single, ...queried, initial_option: option.optional() }),
  },
  multi_external_select: {
    holders: MENU,
    schema: interactive('multi_external_select', {
      ...multi,
      ...queried,
      initial_options: z.array(option).min(1).max(100).optional(),
    }),
  },
  users_select: { holders: MENU, schema: interactive('users_select', { ...single, initial_user: id.optional() }) },
  multi_users_select: {
    holders: MENU,
    schema: interactive('multi_users_select', { ...multi, initial_users: ids.optional() }),
  },
  channels_select: {
    holders: MENU,
    schema: interactive('channels_select', { ...single, ...respondable, initial_channel: id.optional() }),
  },
  multi_channels_select: {
    holders: MENU,
    schema: interactive('multi_channels_select', { ...multi, initial_channels: ids.optional() }),
  },
  conversations_select: {
    holders: MENU,
    schema: interactive('conversations_select', {
      ...single,
      ...respondable,
      ...conversations,
      initial_conversation: id.optional(),
    }),
  },
  multi_conversations_select: {
    holders: MENU,
    schema: interactive('multi_conversations_select', {
      ...multi,
      ...conversations,
      initial_conversations: ids.optional(),
    }),
  },
  radio_buttons: {
    holders: MENU,
    schema: interactive(
      'radio_buttons',
      { ...picker, options: choices, initial_option: choice.optional() },
      initialAmongOptions,
    ),
  },
  checkboxes: {
    holders: MENU,
    schema: interactive(
      'checkboxes',
      { ...picker, options: choices, initial_options: choices.optional() },
      initialAmongOptions,
    ),
  },
  datepicker: {
    holders: MENU,
    schema: interactive('datepicker', {
      ...single,
      initial_date: z.iso.date({ error: 'must be a date as YYYY-MM-DD' }).optional(),
    }),
  },
  timepicker: {
    holders: MENU,
    schema: interactive('timepicker', {
      ...single,
      initial_time: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time as HH:mm')
        .optional(),
      timezone: z.string().min(1).optional(),
    }),
  },
  datetimepicker: {
    holders: MENU,
    schema: interactive('datetimepicker', {
      ...picker,
      initial_date_time: z.int().min(1_000_000_000).max(9_999_999_999).optional(),
    }),
  },
  plain_text_input: {
    holders: TYPE,
    schema: interactive(
      'plain_text_input',
      {
        ...typed,
        multiline: z.boolean().optional(),
        initial_value: z.string().max(3000).optional(),
        min_length: z.int().min(0).max(3000).optional(),
        max_length: z.int().min(1).max(3000).optional(),
      },
      inOrder('min_length', 'max_length'),
    ),
  },
  number_input: {
    holders: TYPE,
    schema: interactive(
      'number_input',
      {
        ...typed,
        is_decimal_allowed: z.boolean(),
        initial_value: decimal.optional(),
        min_value: decimal.optional(),
        max_value: decimal.optional(),
      },
      inOrder('min_value', 'max_value'),
    ),
  },
  email_text_input: {
    holders: TYPE,
    schema: interactive('email_text_input', { ...typed, initial_value: z.string().max(3000).optional() }),
  },
  url_text_input: {
    holders: TYPE,
    schema: interactive('url_text_input', { ...typed, initial_value: z.string().max(3000).optional() }),
  },
  rich_text_input: {
    holders: ['input', 'actions'],
    schema: interactive(
      'rich_text_input',
      {
        ...typed,
        initial_value: richText.optional(),
        min_lines: z.int().min(1).max(100).optional(),
        max_lines: z.int().min(1).max(100).optional(),
      },
      inOrder('min_lines', 'max_lines'),
    ),
  },
  file_input: {
    holders: TYPE,
    surfaces: ['modal'],
    schema: interactive('file_input', {
      filetypes: z.array(z.string().min(1)).min(1).optional(),
      max_files: z.int().min(1).max(10).optional(),
    }),
  },
};

/** One schema for several shapes with different `type`. */
export function byType(schemas: readonly z.ZodObject[]) {
  const [first, ...rest] = schemas;
  if (!first) throw new Error('No shape is allowed here: the table of blocks or elements lacks an entry.');
  return z.discriminatedUnion('type', [first, ...rest]);
}

/** What a block may hold on a surface. */
export const elementsFor = (holder: Holder, surface: Surface, ...others: z.ZodObject[]) =>
  byType([
    ...Object.values(ELEMENTS)
      .filter((entry) => entry.holders.includes(holder) && (entry.surfaces ?? [surface]).includes(surface))
      .map((entry) => entry.schema),
    ...others,
  ]);
