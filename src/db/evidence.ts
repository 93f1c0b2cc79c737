import { createHash } from 'node:crypto';
import { configure } from 'safe-stable-stringify';
import type { CaseEvent } from '../domain/case';

/** An event as stored: it carries the hash of the one before it, and its own (domain section 10). */
export type SealedEvent = CaseEvent & { readonly previous: string; readonly hash: string };

/** The same text for the same content: keys sorted, dates as ISO strings. */
const canonical = configure({ circularValue: Error });

const hashOf = (previous: string, event: CaseEvent) =>
  createHash('sha256')
    .update(previous)
    .update('\n')
    .update(canonical(event) ?? '')
    .digest('hex');

/** Chains new events to the hash of the last stored one (empty for a new case). */
export function seal(last: string, events: readonly CaseEvent[]): SealedEvent[] {
  let previous = last;
  return events.map((event) => {
    const hash = hashOf(previous, event);
    const sealed = { ...event, previous, hash };
    previous = hash;
    return sealed;
  });
}

/** The number of the first event that was edited, dropped or reordered, or null when the chain is whole. Read page by page. */
export async function firstBreak(history: AsyncIterable<readonly CaseEvent[]>): Promise<number | null> {
  let last = '';
  let seq = 0;
  for await (const page of history)
    for (const { previous, hash, ...event } of page as readonly SealedEvent[]) {
      seq++;
      if (previous !== last || event.seq !== seq || hashOf(previous, event as CaseEvent) !== hash) return seq;
      last = hash;
    }
  return null;
}
