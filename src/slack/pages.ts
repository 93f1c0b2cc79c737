interface Page {
  readonly response_metadata?: { readonly next_cursor?: string };
}

/**
 * All pages of one of Slack's lists, in order. `ask` gets the cursor of the next page. Rejects if `ask` does, or if the
 * list leads back to a page that was read.
 */
export async function* pagesOf<Found extends Page>(
  ask: (from: { readonly cursor?: string }) => Promise<Found>,
): AsyncGenerator<Found> {
  const read = new Set<string>();
  for (let cursor = ''; !read.has(cursor); ) {
    read.add(cursor);
    const page = await ask(cursor ? { cursor } : {});
    yield page;
    cursor = page.response_metadata?.next_cursor ?? '';
    if (!cursor) return;
  }
  throw new Error('A list of Slack’s leads back to a page that was read.');
}
