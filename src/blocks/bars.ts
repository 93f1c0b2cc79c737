const BARS = '▁▂▃▄▅▆▇█';

/** Numbers as text bars; `most` is the tallest. */
export const bars = (counts: readonly number[], most: number = Math.max(...counts)): string =>
  counts.map((count) => BARS.charAt(Math.round((count / Math.max(most, 1)) * (BARS.length - 1)))).join('');
