import type { ClientView, JsonObject } from '../../../client-protocol';
import { blockIdOf, object, objects, strings, text, words } from '../blocks/read';

const INITIALS: { [initial: string]: string } = {
  initial_value: 'value',
  initial_option: 'selected_option',
  initial_options: 'selected_options',
  initial_user: 'selected_user',
  initial_users: 'selected_users',
  initial_conversation: 'selected_conversation',
  initial_conversations: 'selected_conversations',
  initial_channel: 'selected_channel',
  initial_channels: 'selected_channels',
  initial_date: 'selected_date',
  initial_time: 'selected_time',
  initial_date_time: 'selected_date_time',
};

/** The state value of an untouched element. */
export function initialValue(element: JsonObject): JsonObject {
  const value: JsonObject = { type: element.type ?? '' };
  for (const [initial, key] of Object.entries(INITIALS)) {
    const given = element[initial];
    if (given !== undefined) value[key] = given;
  }
  return value;
}

const isFilled = (value: JsonObject): boolean =>
  Object.entries(value).some(
    ([key, part]) => key !== 'type' && (Array.isArray(part) ? part.length > 0 : part !== null && part !== ''),
  );

function faultOf(element: JsonObject, value: JsonObject, optional: boolean): string | null {
  const typed = text(value.value);
  if (!isFilled(value)) return optional ? null : 'Please complete this required field.';
  const shortest = typeof element.min_length === 'number' ? element.min_length : 0;
  const longest = typeof element.max_length === 'number' ? element.max_length : Number.POSITIVE_INFINITY;
  if (typed && typed.length < shortest) return `Please enter at least ${shortest} characters.`;
  if (typed.length > longest) return `Please shorten this by ${typed.length - longest} characters.`;
  if (!typed) return null;
  if (element.type === 'email_text_input' && !/^\S+@\S+\.\S+$/.test(typed))
    return 'Please enter a valid email address.';
  if (element.type === 'url_text_input' && !URL.canParse(typed))
    return 'Please enter a valid URL, with https:// in front.';
  if (element.type === 'number_input') return numberFault(element, typed);
  return null;
}

function numberFault(element: JsonObject, typed: string): string | null {
  const value = Number(typed);
  if (!Number.isFinite(value)) return 'Please enter a number.';
  if (element.is_decimal_allowed !== true && !Number.isInteger(value)) return 'Please enter a whole number.';
  if (text(element.min_value) && value < Number(element.min_value))
    return `Please enter ${text(element.min_value)} or more.`;
  if (text(element.max_value) && value > Number(element.max_value))
    return `Please enter ${text(element.max_value)} or less.`;
  return null;
}

/** What Slack's own client rejects before it sends a form: faults by block id, or none. */
export function clientFaults(view: ClientView, values: ClientView['values']): { [blockId: string]: string } {
  const faults: { [blockId: string]: string } = {};
  for (const [index, block] of view.blocks.entries()) {
    const element = object(block.element);
    if (block.type !== 'input' || !element) continue;
    const blockId = blockIdOf(block, index);
    const value = values[blockId]?.[text(element.action_id)] ?? initialValue(element);
    const fault = faultOf(element, value, block.optional === true);
    if (fault) faults[blockId] = fault;
  }
  return faults;
}

/** All values of a view as `state.values` has them, untouched inputs included. */
export function allValues(view: ClientView, values: ClientView['values']): ClientView['values'] {
  const all: ClientView['values'] = { ...values };
  for (const [index, block] of view.blocks.entries()) {
    const element = object(block.element);
    if (block.type !== 'input' || !element) continue;
    const blockId = blockIdOf(block, index);
    const actionId = text(element.action_id);
    all[blockId] = { [actionId]: initialValue(element), ...all[blockId] };
  }
  return all;
}

/** The text of a rich_text value; our rich text input is a plain one. */
export const richWords = (value: JsonObject): string =>
  objects(object(value.rich_text_value)?.elements)
    .flatMap((section) => objects(section.elements).map((each) => text(each.text)))
    .join('');
export const richValue = (typed: string): JsonObject => ({
  rich_text_value: {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: typed }] }],
  },
});

/** Something that can be picked, of any type. */
export interface Choice {
  key: string;
  label: string;
  detail?: string;
  group?: string;
  /** The option object as the app sent it, for selects over options. */
  option?: JsonObject;
}
export const choiceOf = (option: JsonObject, group?: string): Choice => ({
  key: text(option.value),
  label: words(option.text),
  option,
  ...(words(option.description) ? { detail: words(option.description) } : {}),
  ...(group ? { group } : {}),
});
export const choicesOf = (options: JsonObject[], groups: JsonObject[]): Choice[] => [
  ...options.map((option) => choiceOf(option)),
  ...groups.flatMap((group) => objects(group.options).map((option) => choiceOf(option, words(group.label)))),
];

export const PICKED: { [type: string]: { key: string; many: boolean } } = {
  external_select: { key: 'selected_option', many: false },
  users_select: { key: 'selected_user', many: false },
  conversations_select: { key: 'selected_conversation', many: false },
  channels_select: { key: 'selected_channel', many: false },
  multi_static_select: { key: 'selected_options', many: true },
  multi_external_select: { key: 'selected_options', many: true },
  multi_users_select: { key: 'selected_users', many: true },
  multi_conversations_select: { key: 'selected_conversations', many: true },
  multi_channels_select: { key: 'selected_channels', many: true },
};
/** The picked option objects or ids of a select's value. */
export function pickedOf(type: string, value: JsonObject): (JsonObject | string)[] {
  const kind = PICKED[type];
  const part = kind ? value[kind.key] : undefined;
  if (Array.isArray(part)) return [...objects(part), ...strings(part)];
  const option = object(part);
  if (option) return [option];
  return typeof part === 'string' && part ? [part] : [];
}
