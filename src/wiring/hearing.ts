import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Connection } from '../domain/health';
import { type Hearing, UNHEARD_MS } from '../services/catch-up';
import { limitOf, type SlackClients } from '../slack/clients';
import { type Missed, missedMessages } from '../slack/missed-messages';
import { refusalOf } from '../slack/refusal';

/** So many rounds over what could not be kept, and it is given up. */
const MOST_ROUNDS = 5;

interface Parts {
  readonly log: Logger;
  /** Whose connection is null where none is held. */
  readonly way: () => { connection(): Connection | null };
  readonly isWorking: () => boolean;
  readonly clients: Pick<SlackClients, 'bulk'>;
  /** It is there by the time something is heard. */
  readonly app: () => Pick<App, 'processEvent'>;
}

/** How one instance hears of what people write: what it missed takes the way of Slack's own news. */
export function createHearing({ way, isWorking, clients: { bulk: client }, app, log }: Parts): Hearing {
  let failedRounds = 0;
  /** Over which way it heard at the last look, and at the last one of which all was dealt with. */
  let seen: string | null = null;
  let last: { readonly way: string; readonly at: number } | null = null;
  const wayNow = () => {
    const held = way().connection();
    if (!isWorking() || held?.up === false) return null;
    return held ? `socket ${held.lastOutage?.to.toISOString()}` : 'http';
  };
  /** Whether it is dealt with. */
  const tell = async ({ channel, message }: Missed, isDirect: boolean): Promise<boolean> => {
    let isKept = false;
    const body = { type: 'event_callback', event: eventOf(channel, message, isDirect) };
    await app().processEvent({
      body,
      async ack() {
        isKept = true;
      },
    });
    if (!isKept) log.warn({ channel, ts: message.ts }, 'a message that was missed could not be kept');
    return isKept;
  };

  return {
    state() {
      seen = wayNow();
      if (seen === null) return 'away';
      return last?.way === seen && performance.now() - last.at < UNHEARD_MS ? 'on' : 'anew';
    },
    heard() {
      last = seen === null ? null : { way: seen, at: performance.now() };
    },
    async missed({ channels, people }, since) {
      const told = { all: 0, lost: 0 };
      const hear = async (channel: string, isDirect: boolean) => {
        for await (const missed of missedMessages(client, channel, since, isDirect)) {
          told.all++;
          if (!(await tell(missed, isDirect))) told.lost++;
        }
      };
      for (const channel of channels) await hear(channel, false);
      for (const person of people) {
        const channel = await directMessageWith(client, person);
        if (channel) await hear(channel, true);
      }
      failedRounds = told.lost ? failedRounds + 1 : 0;
      if (failedRounds > 0 && failedRounds < MOST_ROUNDS)
        throw new Error(`${told.lost} of ${told.all} messages that were missed could not be kept yet.`);
      return told.all;
    },
  };
}

/** Null where Slack opens none. */
async function directMessageWith(client: WebClient, users: string): Promise<string | null> {
  try {
    return (await client.conversations.open({ users })).channel?.id ?? null;
  } catch (error) {
    if (refusalOf(error) === null || limitOf(error) !== null) throw error;
    return null;
  }
}

/** As Slack would have told of it; one that was edited since, as its newest version. */
function eventOf(channel: string, message: Missed['message'], isDirect: boolean) {
  const { edited, ts } = message as { edited?: { ts?: unknown }; ts?: unknown };
  const place = { type: 'message', channel, channel_type: isDirect ? 'im' : 'channel' };
  return edited
    ? { ...place, subtype: 'message_changed', hidden: true, message, ts: edited.ts, event_ts: edited.ts }
    : { ...message, ...place, event_ts: ts };
}
