import type { Json, JsonObject } from '../client-protocol';
import { isObject, objects, str } from './json';
import type { ViewValues } from './model';

/** An interactive element and its block. */
export interface Placed {
  readonly block: JsonObject;
  readonly element: JsonObject;
  readonly blockId: string;
  readonly actionId: string;
  /** In an input block: part of a form, silent unless the block asks for dispatch. */
  readonly isInput: boolean;
}

/** Every interactive element of these blocks, top to bottom. */
export function placedElements(blocks: readonly JsonObject[]): Placed[] {
  return blocks.flatMap((block) => {
    const nested = [...objects(block.child_blocks), ...(block.type === 'carousel' ? objects(block.elements) : [])];
    const own = elementsOf(block).flatMap((element) => {
      const actionId = str(element.action_id);
      const blockId = str(block.block_id);
      return actionId !== undefined && blockId !== undefined
        ? [{ block, element, blockId, actionId, isInput: block.type === 'input' }]
        : [];
    });
    return [...own, ...placedElements(nested)];
  });
}

function elementsOf(block: JsonObject): JsonObject[] {
  switch (block.type) {
    case 'input':
      return isObject(block.element) ? [block.element] : [];
    case 'section':
      return isObject(block.accessory) ? [block.accessory] : [];
    case 'actions':
    case 'context_actions':
      return objects(block.elements);
    case 'card':
      return objects(block.actions);
    default:
      return [];
  }
}

/** By element type: the key of its value, the key of its initial value, and its empty value. */
const STATE: { [type: string]: { key: string; initial: string; empty: Json } } = {
  plain_text_input: { key: 'value', initial: 'initial_value', empty: null },
  email_text_input: { key: 'value', initial: 'initial_value', empty: null },
  url_text_input: { key: 'value', initial: 'initial_value', empty: null },
  number_input: { key: 'value', initial: 'initial_value', empty: null },
  rich_text_input: { key: 'rich_text_value', initial: 'initial_value', empty: null },
  static_select: { key: 'selected_option', initial: 'initial_option', empty: null },
  external_select: { key: 'selected_option', initial: 'initial_option', empty: null },
  radio_buttons: { key: 'selected_option', initial: 'initial_option', empty: null },
  multi_static_select: { key: 'selected_options', initial: 'initial_options', empty: [] },
  multi_external_select: { key: 'selected_options', initial: 'initial_options', empty: [] },
  checkboxes: { key: 'selected_options', initial: 'initial_options', empty: [] },
  users_select: { key: 'selected_user', initial: 'initial_user', empty: null },
  multi_users_select: { key: 'selected_users', initial: 'initial_users', empty: [] },
  channels_select: { key: 'selected_channel', initial: 'initial_channel', empty: null },
  multi_channels_select: { key: 'selected_channels', initial: 'initial_channels', empty: [] },
  conversations_select: { key: 'selected_conversation', initial: 'initial_conversation', empty: null },
  multi_conversations_select: { key: 'selected_conversations', initial: 'initial_conversations', empty: [] },
  datepicker: { key: 'selected_date', initial: 'initial_date', empty: null },
  timepicker: { key: 'selected_time', initial: 'initial_time', empty: null },
  datetimepicker: { key: 'selected_date_time', initial: 'initial_date_time', empty: null },
  file_input: { key: 'files', initial: 'initial_files', empty: [] },
};

/** The key under which this element type reports its value; undefined for buttons and the like. */
export const stateKey = (element: JsonObject): string | undefined => STATE[str(element.type) ?? '']?.key;

/** `{type, value-key: value}` for an element; `undefined` as value means its initial or empty one. */
export function stateOf(element: JsonObject, value?: Json): JsonObject | undefined {
  const type = str(element.type) ?? '';
  const rule = STATE[type];
  if (!rule) return undefined;
  return { type, [rule.key]: value ?? (value === undefined ? element[rule.initial] : undefined) ?? rule.empty };
}

/**
 * The state of a view just rendered: an element keeps its value only while its block_id, action_id and type stay;
 * initial values count only for new elements, and what left the view is forgotten.
 */
export function valuesFor(blocks: readonly JsonObject[], before: ViewValues = {}): ViewValues {
  const values: ViewValues = {};
  for (const { element, blockId, actionId } of placedElements(blocks)) {
    const fresh = stateOf(element);
    if (!fresh) continue;
    const kept = before[blockId]?.[actionId];
    values[blockId] = { ...values[blockId], [actionId]: kept && kept.type === fresh.type ? kept : fresh };
  }
  return values;
}

const valueIn = (state: JsonObject | undefined): Json | undefined =>
  state === undefined ? undefined : state[STATE[str(state.type) ?? '']?.key ?? 'value'];

export function isEmpty(state: JsonObject | undefined): boolean {
  const value = valueIn(state);
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** What Slack's client checks before it sends a submission: errors by block id, empty if there are none. */
export function clientErrors(blocks: readonly JsonObject[], values: ViewValues): { [blockId: string]: string } {
  const errors: { [blockId: string]: string } = {};
  for (const { block, element, blockId, actionId, isInput } of placedElements(blocks)) {
    if (!isInput) continue;
    const state = values[blockId]?.[actionId];
    const fault = isEmpty(state)
      ? block.optional === true
        ? undefined
        : 'Please complete this required field.'
      : inputFault(element, valueIn(state));
    if (fault) errors[blockId] = fault;
  }
  return errors;
}

function inputFault(element: JsonObject, value: Json | undefined): string | undefined {
  if (typeof value === 'string') {
    const { min_length: min, max_length: max } = element;
    if (typeof min === 'number' && value.length < min) return `Please enter at least ${min} characters.`;
    if (typeof max === 'number' && value.length > max) return `Please enter no more than ${max} characters.`;
    if (element.type === 'email_text_input' && !/^\S+@\S+\.\S+$/.test(value))
      return 'Please enter a valid email address.';
    if (element.type === 'url_text_input' && !URL.canParse(value)) return 'Please enter a valid URL.';
    if (element.type === 'number_input') return numberFault(element, value);
  }
  const most = element.max_selected_items ?? element.max_files;
  if (Array.isArray(value) && typeof most === 'number' && value.length > most)
    return `Please select no more than ${most}.`;
  return undefined;
}

function numberFault(element: JsonObject, value: string): string | undefined {
  const number = Number(value);
  if (!Number.isFinite(number)) return 'Please enter a number.';
  if (element.is_decimal_allowed !== true && !Number.isInteger(number)) return 'Please enter a whole number.';
  const { min_value: min, max_value: max } = element;
  if (typeof min === 'string' && number < Number(min)) return `Please enter a number of at least ${min}.`;
  if (typeof max === 'string' && number > Number(max)) return `Please enter a number of at most ${max}.`;
  return undefined;
}

/** All options an element offers, groups flattened. */
export const optionsOf = (element: JsonObject): JsonObject[] => [
  ...objects(element.options),
  ...objects(element.option_groups).flatMap((group) => objects(group.options)),
];

/** Whether a change of this element is told to the app at once. */
export const dispatches = ({ block, isInput }: Placed): boolean => !isInput || block.dispatch_action === true;
