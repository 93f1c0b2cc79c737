import type { App } from '@slack/bolt';
import { readLeftOut } from './events-left-out';

/** What could not be kept now, and may be when Slack sends it again. */
export class NotKeptError extends Error {
  readonly code = 'not_kept';
}

/** Slack has given up waiting by then, and sends an event again whatever it hears, ms. */
const TOO_LATE_MS = 2800;

interface EventBody {
  readonly event?: { readonly type?: unknown };
}

/**
 * Slack sends an event again until it is acknowledged, and Bolt acknowledges one before any listener has seen it: what
 * a dying process or a store that is away did not keep would be lost. So a message is acknowledged once its listener is
 * done, and not when that failed. That Slack leaves events out is no event, and Bolt has no listener for it. Gives what is
 * to hear of bodies whose listener failed.
 */
export function acknowledgeOnceKept(
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
    if ((body as EventBody).event?.type !== 'message') return process(received);
    const since = performance.now();
    await process({ ...received, ack: async () => undefined });
    if (!failed.has(body) && performance.now() - since < TOO_LATE_MS) await received.ack();
  };
  return (body) => void failed.add(body);
}
