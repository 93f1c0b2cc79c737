import type { Logger } from 'pino';
import { answersOf } from '../cache';
import type { Config } from '../config';
import { withAnchorPosts } from '../delivery/anchor-post';
import { webhookFault } from '../delivery/targets/webhook/config';
import type { DeliveryWorker } from '../delivery/worker';
import type { JobDeps } from '../jobs/job';
import type { ListenerDeps } from '../listeners/deps';
import type { Refresher } from '../listeners/home/refresh';
import { createInTurn } from '../listeners/in-turn';
import { createNewestAnswers } from '../listeners/newest-answers';
import type { Metrics } from '../metrics';
import { calendarFetcher } from '../net/fetch-calendar';
import { readEntries } from '../net/read-calendar';
import { createLateNews } from '../services/late-news';
import { VERSION } from '../version';
import type { SlackParts } from './slack';
import type { Stores } from './stores';

/** For this long, and for this many, figures are cached. */
const COUNTED = { freshMs: 10 * 60_000, most: 200 } as const;

interface Parts extends Pick<ListenerDeps, 'breathMs' | 'connection' | 'indexes'> {
  readonly config: Config;
  readonly log: Logger;
  readonly now: () => Date;
  readonly metrics: Metrics;
  readonly stores: Stores;
  readonly slack: SlackParts;
  readonly delivery: DeliveryWorker;
  /** Exists by the time someone acts. */
  readonly refresher: () => Refresher;
  /** Someone waits for a letter. */
  readonly onLetter: () => void;
  readonly stopping: AbortSignal;
  readonly givesWay: JobDeps['givesWay'];
  readonly reception: JobDeps['reception'];
}

/** What listeners and jobs need, from all parts. */
export function depsOf(parts: Parts): JobDeps & ListenerDeps {
  const { config, log, now, metrics, stores, slack, delivery, refresher, onLetter, stopping } = parts;
  return {
    ...stores,
    ...slack,
    sendLetter: withAnchorPosts(slack.sendLetter, {
      config: config.webhooks,
      policy: stores.directory.policy,
      warn: (about, message) => log.warn(about, message),
    }),
    now,
    log,
    admins: config.adminUsers,
    calendarText: calendarFetcher(config.calendarsAllowPrivate),
    calendarEntries: readEntries,
    targetsOff: config.targetsOff,
    webhookFault: (webhook) => webhookFault(config.webhooks, webhook),
    onStored: delivery.kick,
    cardPosted: delivery.posted,
    onChanged: (...change) => refresher().changed(...change),
    onAdminMatter: (by) => refresher().adminMatter(by),
    homeLater: (...limited) => refresher().later(...limited),
    late: createLateNews({
      letters: stores.letters,
      now,
      warn: (about, message) => log.warn(about, message),
      onLetter,
      stopping,
    }),
    breathMs: parts.breathMs,
    homesInTurn: createInTurn(),
    threadsInTurn: createInTurn(),
    homesShow: new Map(),
    newest: createNewestAnswers(),
    counted: answersOf({ now, ...COUNTED }),
    onRun: metrics.jobDone,
    givesWay: parts.givesWay,
    reception: parts.reception,
    connection: parts.connection,
    indexes: parts.indexes,
    instance: { version: VERSION, node: process.versions.node, mode: config.mode, startedAt: now() },
  };
}
