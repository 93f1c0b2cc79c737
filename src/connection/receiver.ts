import type { App, Receiver } from '@slack/bolt';
import type { Logger } from 'pino';
import type { RouteServer } from '../health/server';
import type { Acknowledge, Envelope } from './link';

/** The way in from Slack in socket mode, for Bolt. What it starts and stops is the server of the health checks. */
export interface SocketReceiver extends Receiver {
  /** Takes what came over the connection. Never throws. */
  take(envelope: Envelope, acknowledge: Acknowledge): void;
}

export function socketReceiver(server: RouteServer | null, log: Logger): SocketReceiver {
  let app: Pick<App, 'processEvent'> | null = null;

  async function handle(envelope: Envelope, acknowledge: Acknowledge): Promise<void> {
    const { type, payload, retry } = envelope;
    let acknowledged = false;
    try {
      await app?.processEvent({
        body: payload,
        ...retry,
        async ack(answer) {
          if (acknowledged) return log.debug({ type }, 'acknowledged twice; Slack gets only the first');
          acknowledged = true;
          // The work goes on: Slack sends an event again, which changes nothing more, and tells a person that it lost the answer.
          if (!acknowledge(answer)) log.warn({ type }, 'the socket closed before Slack heard the acknowledgment');
        },
      });
    } catch (error) {
      log.error({ err: error, type }, 'what Slack sent could not be handled');
    }
  }

  return {
    init: (bolt: App) => {
      app = bolt;
    },
    start: async () => server?.start(),
    stop: async () => server?.stop(),
    take: (envelope, acknowledge) => void handle(envelope, acknowledge),
  };
}
