import type { App } from '@slack/bolt';
import { readLeftOut } from './events-left-out';

/** What could not be stored now, but perhaps when Slack sends it again. */
export class NotStoredError extends Error {
  readonly code = 'not_kept';
}

/** Events that are lost for good if they are not stored. */
const STORED_FIRST: ReadonlySet<unknown> = new Set(['message', 'channel_id_changed']);
/** By then Slack has given up waiting, and sends an event again whatever the answer, ms. */
const TOO_LATE_MS = 2800;

interface EventBody {
  readonly event?: { readonly type?: unknown };
}

/**
 * Slack sends an event again until it is acknowledged, and Bolt acknowledges one before any listener sees it: what a
 * dying process or an unreachable store did not keep would be lost. So such an event is acknowledged once its listener
 * is done, and not if that failed. `onLeftOut`: Slack left events out, for which Bolt has no listener. Returns the function
 * to call with bodies whose listener failed.
 */
export function acknowledgeOnceStored(
  app: App,
  onLeftOut: (leftOut: { readonly minute: number }) => Promise<void>,
): (body: object) => void {
  const failed = new WeakSet<object>();
  const process = app.processEvent.bind(app);
  app.processEvent = async (received) => {
    const { body } = received;
    const leftOut = readLeftOut(body);
    if (leftOut) {
      await received.ack();
      return onLeftOut(leftOut);
    }
    if (!STORED_FIRST.has((body as EventBody).event?.type)) return process(received);
    const since = performance.now();
    await process({ ...received, ack: async () => undefined });
    if (!failed.has(body) && performance.now() - since < TOO_LATE_MS) await received.ack();
  };
  return (body) => void failed.add(body);
}
