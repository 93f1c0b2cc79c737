import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How many interactions a report takes, according to the guide for agents. */
export interface Counts {
  /** After the command was typed with both numbers. */
  readonly numbers: number;
  /** The same, choosing as in the last report. */
  readonly again: number;
  /** With the story typed after them, too. */
  readonly story: number;
  /** How many words its window shows once it is filled in, without what was typed. */
  readonly words: number;
}

/** The guide's table of counts, by its first column. */
export function guideCounts(): ReadonlyMap<string, Counts> {
  const guide = readFileSync(join(__dirname, '../../docs/agent-guide.md'), 'utf8');
  const rows = [...guide.matchAll(/^\| ([^|]+) \| (\d) \| (\d) \| (\d) \| (\d+) \|$/gm)];
  return new Map(
    rows.map(([, name = '', ...counts]) => {
      const [numbers = 0, again = 0, story = 0, words = 0] = counts.map(Number);
      return [name, { numbers, again, story, words }];
    }),
  );
}
