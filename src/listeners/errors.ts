import { randomBytes } from 'node:crypto';
import type { App } from '@slack/bolt';
import type { ListenerDeps } from './deps';
import { tellPrivately } from './tell';

/** Slack gave up waiting before a window could open. */
const TOO_LATE = new Set(['expired_trigger_id', 'invalid_trigger_id', 'exchanged_trigger_id']);

/** Who acted and where, of any payload that a person caused; null for events and the rest. */
function actorOf(body: object): { user: string; channel: string | null } | null {
  const { user, user_id: userId, channel, channel_id: channelId, event } = body as Record<string, unknown>;
  if (event) return null;
  const id = userId ?? (user as { id?: unknown } | undefined)?.id;
  const place = channelId ?? (channel as { id?: unknown } | undefined)?.id;
  return typeof id === 'string' ? { user: id, channel: typeof place === 'string' ? place : null } : null;
}

/** The codes inside an error that Slack's API gave, also when several listeners failed at once. */
const slackCode = (error: unknown): string | undefined =>
  (error as { data?: { error?: string } }).data?.error ??
  (error as { original?: { data?: { error?: string } } }).original?.data?.error;

/** Whether Slack had given up waiting before a window could open. */
export const isTooLate = (error: unknown): boolean => TOO_LATE.has(slackCode(error) ?? '');

/** The one place where a listener's failure ends: it is logged under a code, and the person learns what is safe. */
export const errorBoundary =
  (deps: ListenerDeps, client: App['client']) =>
  async ({ error, body }: { error: Error; body: object }): Promise<void> => {
    const code = randomBytes(3).toString('hex');
    deps.log.error({ err: error, errorCode: code }, 'a listener failed');
    const actor = actorOf(body);
    if (!actor) return;
    const text = isTooLate(error)
      ? 'Slack waited too long for the window to open. Nothing was changed: please try again.'
      : `Something went wrong on our side, and nothing was changed. Please try again; if it happens again, tell an admin the code ${code}.`;
    try {
      await tellPrivately({ client, ...actor }, text);
    } catch (failure) {
      deps.log.error({ err: failure, errorCode: code }, 'nor could the person be told');
    }
  };
