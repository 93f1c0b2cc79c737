import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Connection } from '../domain/health';
import { type Reception, UNHEARD_MS } from '../services/catch-up';
import { limitOf, type SlackClients } from '../slack/clients';
import { type Missed, missedMessages } from '../slack/missed-messages';
import { refusalOf } from '../slack/refusal';

/** Gives up on messages that could not be stored in this many attempts. */
const MOST_ATTEMPTS = 5;

interface Parts {
  readonly log: Logger;
  readonly now: () => Date;
  /** Its connection is null over HTTP. */
  readonly way: () => { connection(): Connection | null };
  readonly isWorking: () => boolean;
  readonly clients: Pick<SlackClients, 'bulk'>;
  /** Exists by the time a message is replayed. */
  readonly app: () => Pick<App, 'processEvent'>;
}

/** How one instance receives what people write. Missed messages go through the same listeners as Slack's events. */
export function createReception({ way, isWorking, clients: { bulk: client }, app, log, now }: Parts): Reception {
  let failedAttempts = 0;
  /** The connection at the last check; null while nothing was received. */
  let seen: string | null = null;
  /** The connection when everything had last been received. */
  let last: { readonly way: string; readonly at: number; readonly date: Date } | null = null;
  /** By both clocks: the steady one stands still while the machine is suspended. */
  const isRecent = ({ at, date }: NonNullable<typeof last>) =>
    performance.now() - at < UNHEARD_MS && +now() - +date < UNHEARD_MS;
  const wayNow = () => {
    const held = way().connection();
    if (!isWorking() || held?.up === false) return null;
    return held ? `socket ${held.lastOutage?.to.toISOString()}` : 'http';
  };
  /** Whether it was handled and stored. */
  const replayOne = async ({ channel, message }: Missed, isDirect: boolean): Promise<boolean> => {
    let isStored = false;
    const body = { type: 'event_callback', event: eventOf(channel, message, isDirect) };
    await app().processEvent({
      body,
      async ack() {
        isStored = true;
      },
    });
    if (!isStored) log.warn({ channel, ts: message.ts }, 'a missed message could not be stored');
    return isStored;
  };

  return {
    state() {
      seen = wayNow();
      if (seen === null) return 'away';
      return last?.way === seen && isRecent(last) ? 'steady' : 'resumed';
    },
    caughtUp() {
      last = seen === null ? null : { way: seen, at: performance.now(), date: now() };
    },
    async replay({ channels, people }, since) {
      const count = { all: 0, failed: 0 };
      const replayAll = async (channel: string, isDirect: boolean) => {
        for await (const missed of missedMessages(client, channel, since, isDirect)) {
          count.all++;
          if (!(await replayOne(missed, isDirect))) count.failed++;
        }
      };
      for (const channel of channels) await replayAll(channel, false);
      for (const person of people) {
        const channel = await directMessageWith(client, person);
        if (channel) await replayAll(channel, true);
      }
      failedAttempts = count.failed ? failedAttempts + 1 : 0;
      if (failedAttempts > 0 && failedAttempts < MOST_ATTEMPTS)
        throw new Error(`${count.failed} of ${count.all} missed messages could not be stored yet.`);
      return count.all;
    },
  };
}

/** Null if Slack refuses to open one. */
async function directMessageWith(client: WebClient, users: string): Promise<string | null> {
  try {
    return (await client.conversations.open({ users })).channel?.id ?? null;
  } catch (error) {
    if (refusalOf(error) === null || limitOf(error) !== null) throw error;
    return null;
  }
}

/** The event that Slack would have sent; for an edited message, that of its newest edit. */
function eventOf(channel: string, message: Missed['message'], isDirect: boolean) {
  const { edited, ts } = message as { edited?: { ts?: unknown }; ts?: unknown };
  const place = { type: 'message', channel, channel_type: isDirect ? 'im' : 'channel' };
  return edited
    ? { ...place, subtype: 'message_changed', hidden: true, message, ts: edited.ts, event_ts: edited.ts }
    : { ...message, ...place, event_ts: ts };
}
