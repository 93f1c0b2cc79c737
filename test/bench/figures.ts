/** The value that `share` (0 to 1) of the values do not exceed, by nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Rounded for reading. */
export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));

export const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
