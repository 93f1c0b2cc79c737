import { setInterval } from 'node:timers/promises';

const LOOK_EVERY_MS = 20;

type Found<T> = T | undefined | null | false;
/** What `look` finds, as soon as it does: for what causes no workspace event, such as the log. Rejects after `ms`. */
export async function until<T>(
  look: () => Found<T> | Promise<Found<T>>,
  what: string | (() => string),
  ms = 15_000,
): Promise<T> {
  const began = performance.now();
  for await (const _ of setInterval(LOOK_EVERY_MS)) {
    const found = await look();
    if (found) return found;
    if (performance.now() - began > ms) break;
  }
  throw new Error(`Waited ${ms} ms for ${typeof what === 'string' ? what : what()}, and it did not come.`);
}
