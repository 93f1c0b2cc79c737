/** Pseudo-random numbers from a seed (mulberry32). */
export interface Random {
  /** From 0 up to 1, exclusive. */
  next(): number;
  /** A whole number from `from` to `to`, inclusive. */
  int(from: number, to: number): number;
  /** True in this share of cases. */
  chance(share: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Between one and all of a list, in order. */
  some<T>(list: readonly T[], most?: number): T[];
  /** One of these keys, as often as its weight says. */
  weighted<K extends string>(weights: Readonly<Partial<Record<K, number>>>): K;
}

export function randomOf(seed: number, name: string): Random {
  let state = seed >>> 0;
  for (const letter of name) state = Math.imul(state ^ letter.charCodeAt(0), 0x9e3779b1) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(list: readonly T[]): T => {
    const one = list[int(0, list.length - 1)];
    if (one === undefined) throw new Error('There is nothing to pick from.');
    return one;
  };
  return {
    next,
    int,
    chance: (share) => next() < share,
    pick,
    some(list, most = list.length) {
      const left = [...list.keys()];
      const count = int(1, Math.min(most, list.length));
      const taken = Array.from({ length: count }, () => left.splice(int(0, left.length - 1), 1)[0] ?? 0);
      return list.filter((_, i) => taken.includes(i));
    },
    weighted<K extends string>(weights: Readonly<Partial<Record<K, number>>>) {
      const entries = Object.entries(weights) as [K, number][];
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [key, weight] of entries) {
        left -= weight;
        if (left < 0) return key;
      }
      return pick(entries)[0];
    },
  };
}
