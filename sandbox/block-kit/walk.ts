import { randomBytes } from 'node:crypto';
import type { Json, JsonObject } from '../client-protocol';
import type { StatefulElement } from './types';

/** Where a block has its interactive elements. */
const HOLDS: Record<string, string> = {
  input: 'element',
  section: 'accessory',
  actions: 'elements',
  context_actions: 'elements',
  card: 'actions',
};
/** Where a block has other blocks. */
const CHILDREN: Record<string, string> = { container: 'child_blocks', carousel: 'elements', plan: 'tasks' };

/** Elements that only act or show; every other one keeps a value in the view's state. */
const STATELESS = new Set(['button', 'overflow', 'image', 'workflow_button', 'feedback_buttons', 'icon_button']);

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A block or element and its JSON pointer. */
export interface Located {
  node: JsonObject;
  at: string;
}

const locate = (value: Json | undefined, at: string): Located[] => {
  if (Array.isArray(value))
    return value.flatMap((node, index) => (isObject(node) ? [{ node, at: `${at}/${index}` }] : []));
  return isObject(value) ? [{ node: value, at }] : [];
};

/** All blocks; those within a container, carousel or plan follow the block that holds them. `at` points to the list. */
export function allBlocks(blocks: readonly JsonObject[], at = ''): Located[] {
  return locate([...blocks], at).flatMap((found) => {
    const key = CHILDREN[String(found.node.type)];
    const children = key ? found.node[key] : undefined;
    return Array.isArray(children) ? [found, ...allBlocks(children.filter(isObject), `${found.at}/${key}`)] : [found];
  });
}

/** The elements directly in a block, including pictures but not texts. */
export function elementsOf({ node, at }: Located): Located[] {
  const key = HOLDS[String(node.type)];
  return key ? locate(node[key], `${at}/${key}`) : [];
}

const textOf = (value: Json | undefined): string =>
  isObject(value) && typeof value.text === 'string' ? value.text : '';

/** Every element that keeps a value, in the order of the blocks. Call it on blocks that have their ids. */
export function inputElements(blocks: readonly JsonObject[]): StatefulElement[] {
  return allBlocks(blocks).flatMap((block) =>
    elementsOf(block)
      .filter(({ node }) => !STATELESS.has(String(node.type)))
      .map(({ node: element }) => {
        const { type, block_id, label, text, dispatch_action, optional } = block.node;
        return {
          blockId: String(block_id ?? ''),
          actionId: String(element.action_id ?? ''),
          blockType: String(type),
          dispatch: type !== 'input' || dispatch_action === true,
          optional: type !== 'input' || optional === true,
          label: textOf(label) || textOf(text) || textOf(element.placeholder),
          element,
        };
      }),
  );
}

/** Five characters, as Slack generates them for a block or element without an id. */
const randomId = () => randomBytes(4).toString('base64url').slice(0, 5);

const withActionId = (element: Json): Json =>
  isObject(element) && element.type !== 'image' ? { ...element, action_id: element.action_id ?? randomId() } : element;

/** A copy in which every block has a `block_id` and every interactive element an `action_id`; given ids are kept. */
export function withBlockIds(blocks: readonly JsonObject[]): JsonObject[] {
  return blocks.map((block) => {
    const copy: JsonObject = { ...block, block_id: block.block_id ?? randomId() };
    const held = HOLDS[String(block.type)];
    const elements = held ? block[held] : undefined;
    if (held && elements !== undefined)
      copy[held] = Array.isArray(elements) ? elements.map(withActionId) : withActionId(elements);
    const nested = CHILDREN[String(block.type)];
    const children = nested ? block[nested] : undefined;
    if (nested && Array.isArray(children)) copy[nested] = withBlockIds(children.filter(isObject));
    return copy;
  });
}
