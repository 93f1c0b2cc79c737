import type { Json, JsonObject } from '../../../client-protocol';

/** Readers of unvalidated Block Kit: each returns what is asked for or an empty value, and never throws. */
export const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
export const number = (value: Json | undefined): number | undefined => (typeof value === 'number' ? value : undefined);
export const object = (value: Json | undefined): JsonObject | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
export const objects = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? value.flatMap((each) => asList(object(each))) : [];
const asList = (value: JsonObject | null): JsonObject[] => (value ? [value] : []);
export const strings = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.flatMap((each) => (typeof each === 'string' ? [each] : [])) : [];
/** The text of a text object (`plain_text` or `mrkdwn`). */
export const words = (value: Json | undefined): string => text(object(value)?.text);

export const blockIdOf = (block: JsonObject, index: number): string => text(block.block_id) || `block-${index}`;

/** The elements of one block that can hold a value or be pressed. */
export const elementsOf = (block: JsonObject): JsonObject[] => {
  const single = object(block.element) ?? object(block.accessory);
  return single ? [single] : objects(block.elements);
};

/** Every (block_id, action_id) pair of a view. */
export const actionIdsOf = (blocks: readonly JsonObject[]): [string, string][] =>
  blocks.flatMap((block, index) =>
    elementsOf(block).flatMap((element): [string, string][] =>
      text(element.action_id) ? [[blockIdOf(block, index), text(element.action_id)]] : [],
    ),
  );

/** A row's options, flattened from groups, each as the app sent it. */
export const optionsOf = (element: JsonObject): JsonObject[] => [
  ...objects(element.options),
  ...objects(element.option_groups).flatMap((group) => objects(group.options)),
];
