import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How many interactions a report takes, as the guide for agents says it. */
export interface Counts {
  /** After the command was typed with both numbers. */
  readonly numbers: number;
  /** With the story typed after them as well. */
  readonly story: number;
}

/** The guide's table of counts, by its first column. */
export function guideCounts(): ReadonlyMap<string, Counts> {
  const guide = readFileSync(join(__dirname, '../../docs/agent-guide.md'), 'utf8');
  const rows = [...guide.matchAll(/^\| ([^|]+) \| (\d) \| (\d) \|$/gm)];
  return new Map(
    rows.map(([, name = '', numbers, story]) => [name, { numbers: Number(numbers), story: Number(story) }]),
  );
}
