import type { Json, JsonObject } from '../client-protocol';
import { errorLine } from './faults';
import { allBlocks, elementsOf, isObject } from './walk';

/** Limit for all `markdown` blocks of one payload together, in characters. */
const MARKDOWN_TOTAL = 12_000;

/** Rules across blocks: ids that must differ, one focus, the sum of markdown. `at` points to the blocks. */
export function rulesBetweenBlocks(blocks: readonly JsonObject[], at: string): string[] {
  const faults: string[] = [];
  const blockIds = new Set<Json>();
  let focused = 0;
  let markdown = 0;
  for (const block of allBlocks(blocks, at)) {
    const { block_id: blockId, type, text } = block.node;
    if (blockId !== undefined) {
      if (blockIds.has(blockId))
        faults.push(errorLine(`block_id \`${blockId}\` already exists`, `${block.at}/block_id`));
      blockIds.add(blockId);
    }
    if (type === 'markdown' && typeof text === 'string') markdown += text.length;
    const actionIds = new Set<Json>();
    for (const { node, at } of elementsOf(block)) {
      if (node.focus_on_load === true && ++focused === 2)
        faults.push(errorLine('only one element may set `focus_on_load`', `${at}/focus_on_load`));
      const { action_id: actionId } = node;
      if (actionId === undefined) continue;
      if (actionIds.has(actionId))
        faults.push(
          errorLine(`action_id \`${actionId}\` already exists for block_id \`${blockId ?? ''}\``, `${at}/action_id`),
        );
      actionIds.add(actionId);
    }
  }
  if (markdown > MARKDOWN_TOTAL)
    faults.push(errorLine(`all markdown blocks together must be less than ${MARKDOWN_TOTAL + 1} characters`, at));
  return faults;
}

/** Characters of every text in a value, however deep. */
export function textLength(value: Json | undefined): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + textLength(item), 0);
  if (!isObject(value)) return 0;
  let sum = 0;
  for (const key in value) {
    const inner = value[key];
    if (typeof inner === 'object') sum += textLength(inner);
    else if (key === 'text' && typeof inner === 'string') sum += inner.length;
  }
  return sum;
}
