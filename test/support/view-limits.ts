import { VIEW_BYTES_MAX, validateView } from '../../sandbox/block-kit';

/** How many items a view is tried with. */
export const COUNTS = [0, 1, 10, 1000, 100_000];

/** As long as anything people type can be, in the longest characters. */
export const LONG = '<&>'.repeat(1000);

export const list = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/** Slack's faults of a view, including its size; empty if it would accept it. */
export function faultsOf(view: unknown): readonly string[] {
  const verdict = validateView(view);
  const bytes = Buffer.byteLength(JSON.stringify(view));
  return [...(verdict.ok ? [] : verdict.messages), ...(bytes > VIEW_BYTES_MAX ? [`${bytes} bytes`] : [])];
}
