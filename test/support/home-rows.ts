import type { ViewReading } from '../../sandbox/workspace';

/** Which of the buttons of one name stands in the row that holds these words, from 0. */
export function placeOf({ blocks }: Pick<ViewReading, 'blocks'>, button: string, words: string): number {
  const rows = blocks.map((block) => JSON.stringify(block)).filter((row) => row.includes(`"${button}"`));
  const place = rows.findIndex((row) => row.includes(words));
  if (place < 0) throw new Error(`No row with the button "${button}" holds "${words}".`);
  return place;
}
