import type { App, Receiver } from '@slack/bolt';
import type { Logger } from 'pino';
import type { RouteServer } from '../health/server';
import type { Acknowledge, Envelope } from './link';

/** Bolt's receiver in Socket Mode. It starts and stops the server of the health checks. */
export interface SocketReceiver extends Receiver {
  /** Handles an envelope. Never throws. */
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
          // The work continues: Slack repeats an event, which changes nothing, and tells a person of a lost answer.
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
