/** Whether the store refused a write because of a key that is there already. */
export const isDuplicateKey = (error: unknown): boolean => (error as { code?: unknown }).code === 11000;
