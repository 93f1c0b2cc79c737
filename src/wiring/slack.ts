import type { Logger } from 'pino';
import type { Config } from '../config';
import { boltLogger } from '../connection/bolt';
import { letterSender } from '../delivery/letters';
import { createPictures } from '../delivery/pictures';
import { slackSender } from '../delivery/targets/slack/sender';
import type { Metrics } from '../metrics';
import { cardLinks } from '../slack/card-links';
import { type ChannelIdStore, channelIds } from '../slack/channel-ids';
import { slackClients, withRetryAfter } from '../slack/clients';
import { slackCompanies } from '../slack/companies';
import { slackLookup } from '../slack/lookup';
import { slackPeople } from '../slack/people';
import { slackClock } from '../slack/slack-clock';
import { unposter } from '../slack/unpost';

interface SlackSideDeps {
  readonly config: Config;
  readonly now: () => Date;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly stores: { readonly channelIds: ChannelIdStore };
  /** When it fires, all waits for Slack end. */
  readonly stopping: AbortSignal;
}

/** Everything that talks to Slack. */
export function slackSide({ config: { botToken, slackApiUrl }, now, log, metrics, stores, stopping }: SlackSideDeps) {
  const logger = boltLogger(log);
  const channels = channelIds(stores.channelIds, log);
  const fetch = channels.translating(metrics.fetch);
  const sender = slackSender(botToken, { slackApiUrl, logger, fetch: withRetryAfter(fetch) }, (method) =>
    log.warn({ method }, 'this Slack server lacks a method; Warmline continues without it'),
  );
  const clientBase = { token: botToken, slackApiUrl, logger, fetch, stopping };
  const clients = slackClients(clientBase);
  const linkTo = cardLinks(clients.lookups, log);
  const companies = slackCompanies(clients.lookups, log);
  return {
    sender,
    clientBase,
    parts: {
      sendLetter: letterSender(sender, linkTo, log),
      slack: slackLookup(clients.lookups, now, companies),
      importLookup: slackLookup(clients.bulk, now, companies),
      companies,
      channels,
      clients,
      people: slackPeople(clients.lookups, now, log),
      unpost: unposter(clients.bulk),
      slackNow: slackClock(metrics.fetch, slackApiUrl),
      linkTo,
      pictures: createPictures(clients.homes, log),
    },
  };
}
export type SlackSide = ReturnType<typeof slackSide>;
export type SlackParts = SlackSide['parts'];
