/** How old what was read may be, ms. */
const FRESH_MS = 5_000;

/**
 * What `read` gave within the last 5 s; one read serves everybody who waits. A read that fails gives what an
 * earlier one gave, so that people go on working while the database is away; with nothing to give it rejects.
 */
export function cached<T>(now: () => Date, onStale: (error: unknown) => void, read: () => Promise<T>) {
  let kept: { at: number; value: Promise<T> } | null = null;
  let known: { value: T } | null = null;
  const fresh = async (): Promise<T> => {
    try {
      const value = await read();
      known = { value };
      return value;
    } catch (error) {
      kept = null;
      if (!known) throw error;
      onStale(error);
      return known.value;
    }
  };
  return {
    get(): Promise<T> {
      const at = +now();
      if (!kept || at < kept.at || at - kept.at >= FRESH_MS) kept = { at, value: fresh() };
      return kept.value;
    },
    forget() {
      kept = null;
    },
  };
}
