import type { Logger } from 'pino';
import type { Config } from '../config';
import { eventOf } from '../delivery/event-of';
import { createTargets } from '../delivery/targets';
import type { TargetContext } from '../delivery/targets/context';
import { targetSettings } from '../delivery/targets/settings';
import { createRenderer } from '../delivery/targets/slack/render';
import type { Waits } from '../delivery/troubles';
import { outsideWatch } from '../slack/outside-watch';
import type { SlackSide } from './slack';
import type { Stores } from './stores';

interface TargetParts {
  readonly config: Config;
  readonly log: Logger;
  readonly now: () => Date;
  readonly stores: Stores;
  readonly slack: SlackSide;
  readonly actOn: TargetContext['actOn'];
  readonly timing: {
    readonly postIntervalMs: number;
    readonly retry: Waits;
    readonly retryOutside: Waits & { readonly forMs: number; readonly tryMs?: number };
  };
}

/** Where messages go, in Slack and outside. */
export function targetsOf({ config, log, now, stores, slack: { sender, parts }, actOn, timing }: TargetParts) {
  const { directory, history, standings, accessLog } = stores;
  const { postIntervalMs, retry, retryOutside } = timing;
  const events = eventOf(history);
  return createTargets({
    sender,
    render: createRenderer(
      directory,
      events,
      history,
      parts.linkTo,
      async (account) => account !== '' && (await stores.holds.isHeld(account)),
    ),
    exposure: outsideWatch(parts.slack, log),
    eventOf: events,
    history,
    standings,
    accessLog,
    actOn,
    linkTo: parts.linkTo,
    mailboxOf: parts.people.mailboxOf,
    policy: directory.policy,
    now,
    postIntervalMs,
    patience: { slack: { waits: retry, forMs: null }, outside: { waits: retryOutside, ...retryOutside } },
    ...targetSettings(config),
  });
}
