import type { App } from '@slack/bolt';
import type { ChannelIds } from '../slack/channel-ids';

/** Gives listeners what Slack sends with the channel ids that Warmline knows, but for the news that one changed. */
export function hearByKnownIds(app: App, channels: ChannelIds): void {
  const process = app.processEvent.bind(app);
  app.processEvent = async (received) => {
    const { event } = received.body as { readonly event?: { readonly type?: unknown } };
    const isNewsOfIds = event?.type === 'channel_id_changed';
    return process(isNewsOfIds ? received : { ...received, body: channels.known(received.body) });
  };
}
