/** The text of a block, wherever it is nested. */
function words(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(words);
  if (!value || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'text' && typeof inner === 'string' ? [inner] : words(inner),
  );
}

const look = (blocks: readonly unknown[]): string =>
  JSON.stringify(
    blocks.map((block) => {
      const { type, block_id: id, optional } = block as { type?: string; block_id?: string; optional?: boolean };
      return type === 'input' ? [id, optional === true] : [id, words(block)];
    }),
  );

/**
 * True if drawing `next` over what Slack shows would change nothing for the person: the same inputs in the same order
 * (whatever is in them), with the same required ones, and the same text around them. Slack adds its own defaults to
 * blocks.
 */
export const sameLook = (shown: readonly unknown[], next: readonly unknown[]): boolean => look(shown) === look(next);
