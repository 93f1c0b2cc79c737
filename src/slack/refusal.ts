/** Slack's code for why a call was refused, e.g. `channel_not_found`; null for other errors. */
export const refusalOf = (error: unknown): string | null =>
  (error as { data?: { error?: string } }).data?.error ?? null;

/** What servers other than Slack's answer where they have nothing at an address. */
const NOTHING_THERE: readonly unknown[] = [404, 405, 501];
/** Whether a server does not know a method at all: asking it again at once would bring the same. */
export const lacksMethod = (error: unknown): boolean =>
  refusalOf(error) === 'unknown_method' || NOTHING_THERE.includes((error as { statusCode?: number }).statusCode);
