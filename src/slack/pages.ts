interface Page {
  readonly response_metadata?: { readonly next_cursor?: string };
}

/** All pages of one of Slack's lists, in order. `ask` gets the cursor of the next page. Rejects if `ask` does. */
export async function* pagesOf<Found extends Page>(
  ask: (from: { readonly cursor?: string }) => Promise<Found>,
): AsyncGenerator<Found> {
  let cursor: string | undefined;
  do {
    const page = await ask(cursor ? { cursor } : {});
    yield page;
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor);
}
