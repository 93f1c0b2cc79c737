import { LRUCache } from 'lru-cache';

export interface CacheOptions {
  /** The clock for the age of an answer. */
  readonly now: () => Date;
  /** How old an answer may be, ms; by default any age. */
  readonly freshMs?: number;
  /** How many are kept; the least recently used goes first. */
  readonly most: number;
}

/** Values by key, each for as long as it is fresh. */
export function cacheOf<Value extends object>({ now, freshMs, most }: CacheOptions): LRUCache<string, Value> {
  const fresh = freshMs === undefined ? {} : { ttl: freshMs - 1, ttlResolution: 0, perf: { now: passing(now) } };
  return new LRUCache({ max: most, ...fresh });
}

/** Time that passed by a clock, ms: setting it either way makes everything older. */
function passing(now: () => Date): () => number {
  let [last, passed] = [+now(), 1];
  return () => {
    const at = +now();
    passed += Math.abs(at - last);
    last = at;
    return passed;
  };
}

/** Answers by key. */
export interface Answers {
  /** The fresh answer, or that of `ask`, shared by simultaneous callers. Keeps no failures, and only `isGood` ones. */
  once<T>(key: string, ask: () => Promise<T>, isGood?: (answer: T) => boolean): Promise<T>;
  forget(key: string): void;
}

/** Caches answers that cost something to get. */
export function answersOf(options: CacheOptions): Answers {
  const kept = cacheOf<Promise<unknown>>(options);
  return {
    once<T>(key: string, ask: () => Promise<T>, isGood: (answer: T) => boolean = () => true): Promise<T> {
      const known = kept.get(key);
      if (known) return known as Promise<T>;
      const answer = ask();
      kept.set(key, answer);
      const forget = () => {
        if (kept.peek(key) === answer) kept.delete(key);
      };
      answer.then((given) => isGood(given) || forget(), forget);
      return answer;
    },
    forget: (key) => void kept.delete(key),
  };
}

interface LastKnownOptions<T> extends CacheOptions {
  /** Gets the error if an earlier answer is used because of it. */
  readonly onFault: (error: unknown, key: string) => void;
  /** Used if there is no earlier answer; without it, the call fails. */
  readonly otherwise?: T;
}

/** Asks for what is not fresh; if that fails, the last answer is used. */
export function lastKnown<T>(options: LastKnownOptions<T>, ask: (key: string) => Promise<T>) {
  const answers = answersOf(options);
  const last = new LRUCache<string, { readonly value: T }>({ max: options.most });
  const askAnew = async (key: string) => {
    try {
      const value = await ask(key);
      last.set(key, { value });
      return { value, isFresh: true };
    } catch (error) {
      const known = last.get(key) ?? ('otherwise' in options ? { value: options.otherwise as T } : null);
      if (!known) throw error;
      options.onFault(error, key);
      return { ...known, isFresh: false };
    }
  };
  return {
    async get(key: string): Promise<T> {
      return (
        await answers.once(
          key,
          () => askAnew(key),
          ({ isFresh }) => isFresh,
        )
      ).value;
    },
    forget: answers.forget,
  };
}
