import type { KnownBlock } from '@slack/types';

type Interactive = { readonly action_id?: string } & object;

/** Slack takes 255 characters; the end may hold a number. */
const ID_LENGTH = 240;

/**
 * The same blocks with an id for each that can be pressed and has none: equal blocks have equal ids in every drawing.
 * Slack gives such blocks a new id at each drawing, and a press that was on its way then finds no button. A choice's id
 * changes with what it starts from, so that it never shows an earlier one.
 */
export function withSteadyIds(blocks: readonly KnownBlock[]): KnownBlock[] {
  const given = new Set(blocks.flatMap(({ block_id: id }) => id ?? []));
  return blocks.map((block) => {
    const elements = block.block_id === undefined ? elementsOf(block) : [];
    if (!elements.length) return block;
    const id = unlike(given, idOf(elements).slice(0, ID_LENGTH));
    given.add(id);
    return { ...block, block_id: id };
  });
}

const elementsOf = (block: KnownBlock): readonly Interactive[] => {
  if (block.type === 'actions') return block.elements;
  return block.type === 'section' && block.accessory && 'action_id' in block.accessory ? [block.accessory] : [];
};

/** What the first element does, and about what; then what each choice starts from. */
function idOf(elements: readonly Interactive[]): string {
  const [first] = elements;
  return [first?.action_id ?? '', about(first), ...elements.flatMap(starts)].filter(Boolean).join(':');
}

function about(element: Interactive | undefined): string {
  if (!element) return '';
  if ('value' in element) return String(element.value);
  return 'type' in element && element.type === 'overflow' && 'options' in element ? meantBy(element.options) : '';
}

/** What a menu is about, whichever choices it offers now: their values are `choice|what it is about`. */
function meantBy(options: unknown): string {
  const [first] = Array.isArray(options) ? options : [];
  const value = first && typeof first === 'object' && 'value' in first ? String(first.value) : '';
  return value.slice(value.indexOf('|') + 1);
}

const starts = (element: Interactive): string[] =>
  Object.entries(element).flatMap(([key, value]) => (key.startsWith('initial_') ? [JSON.stringify(value)] : []));

/** This id, or with a number if it is taken. */
function unlike(given: ReadonlySet<string>, id: string, number = 1): string {
  const own = number === 1 ? id : `${id}~${number}`;
  return given.has(own) ? unlike(given, id, number + 1) : own;
}
