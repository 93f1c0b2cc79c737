import type { ViewReading } from '../../sandbox/workspace';

/** The index, among buttons with this label, of the one in the row with these words. */
export function placeOf({ blocks }: Pick<ViewReading, 'blocks'>, button: string, words: string): number {
  const rows = blocks.map((block) => JSON.stringify(block)).filter((row) => row.includes(`"${button}"`));
  const place = rows.findIndex((row) => row.includes(words));
  if (place < 0) throw new Error(`No row with the button "${button}" holds "${words}".`);
  return place;
}

/** The moves that the ⋯ menu of a case's row offers. */
export function offeredFor({ blocks }: Pick<ViewReading, 'blocks'>, ref: string): readonly string[] {
  const row = blocks.map((block) => JSON.stringify(block)).find((one) => one.includes(`|${ref}"`)) ?? '';
  return [...row.matchAll(/"value":"([a-z_]+)\|/g)].map(([, move = '']) => move);
}
