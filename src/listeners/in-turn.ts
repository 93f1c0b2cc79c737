/** Does work for one key at a time, in order. Rejects like the work itself. */
export type InTurn = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** The turns of one instance. */
export function createInTurn(): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = last.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}
