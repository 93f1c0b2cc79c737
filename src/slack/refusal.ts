/** Slack's code for why a call was refused, e.g. `channel_not_found`; null for other errors. */
export const refusalOf = (error: unknown): string | null =>
  (error as { data?: { error?: string } }).data?.error ?? null;

/** Whether a server does not know a method: repeating the call is pointless. */
export const lacksMethod = (error: unknown): boolean => refusalOf(error) === 'unknown_method';
