/** What was worked out lately, by key. */
export interface Recent<T> {
  /** What `make` gave for this key in the last ten minutes, or is giving right now, else asked anew. Rejects as `make` does. */
  get(key: string, make: () => Promise<T>): Promise<T>;
}

const FRESH_MS = 10 * 60_000;
const MOST_KEPT = 200;

/** Keeps what costs much to work out; a failure is not kept. */
export function recent<T>(now: () => Date): Recent<T> {
  const kept = new Map<string, { readonly at: number; readonly value: Promise<T> }>();
  return {
    get(key, make) {
      const known = kept.get(key);
      if (known && Math.abs(+now() - known.at) < FRESH_MS) return known.value;
      const entry = { at: +now(), value: make() };
      kept.delete(key);
      kept.set(key, entry);
      const [oldest] = kept.keys();
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      entry.value.catch(() => {
        if (kept.get(key) === entry) kept.delete(key);
      });
      return entry.value;
    },
  };
}
