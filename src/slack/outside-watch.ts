import type { Logger } from 'pino';
import { type Exposure, exposureOf } from '../domain/exposure';
import type { SlackLookup } from '../domain/workspace';
import { within } from '../services/deadline';

/** How long a message waits for Slack's answer about its channel, ms. */
const PATIENCE_MS = 2000;

/**
 * Who else reads a channel, at most a minute old. If Slack does not answer, its last answer counts; without one, the
 * channel counts as closed, as it was when it was chosen. Never rejects.
 */
export function outsideWatch(
  lookup: Pick<SlackLookup, 'channelById'>,
  log: Pick<Logger, 'warn'>,
): (channel: string) => Promise<Exposure | null> {
  const last = new Map<string, Exposure | null>();
  return async (channel) => {
    try {
      const found = await within(PATIENCE_MS, lookup.channelById(channel));
      last.set(channel, found && exposureOf(found));
    } catch (error) {
      log.warn({ err: error, channel }, 'Slack does not say who reads a channel; its last answer is used');
    }
    return last.get(channel) ?? null;
  };
}
