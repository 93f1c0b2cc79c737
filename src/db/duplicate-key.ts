/** Whether a write failed because of a duplicate key. */
export const isDuplicateKey = (error: unknown): boolean => (error as { code?: unknown }).code === 11000;
