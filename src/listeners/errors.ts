import { randomBytes } from 'node:crypto';
import type { App } from '@slack/bolt';
import { limitOf } from '../slack/clients';
import { refusalOf } from '../slack/refusal';
import type { ListenerDeps } from './deps';
import { tellPrivately } from './tell';

/** Slack gave up waiting before a window could open. */
const TOO_LATE = new Set(['expired_trigger_id', 'invalid_trigger_id']);

/** Who acted, where and how, in any payload that a person caused; null for events and the rest. */
function actorOf(body: object) {
  const {
    user,
    user_id: userId,
    channel,
    channel_id: channelId,
    event,
    command,
    response_url: responseUrl,
  } = body as Record<string, unknown>;
  if (event) return null;
  const id = userId ?? (user as { id?: unknown } | null | undefined)?.id;
  const place = channelId ?? (channel as { id?: unknown } | null | undefined)?.id;
  if (typeof id !== 'string') return null;
  return {
    user: id,
    channel: typeof place === 'string' ? place : null,
    isTyped: typeof command === 'string',
    responseUrl: typeof responseUrl === 'string' && /^https?:/.test(responseUrl) ? responseUrl : null,
  };
}

/** Slack's error codes, including when several listeners failed at once. */
const slackCode = (error: unknown): string | null =>
  refusalOf(error) ?? refusalOf((error as { original?: unknown }).original ?? {});

/** Whether Slack gave up waiting before a window could open. */
export const isTooLate = (error: unknown): boolean => TOO_LATE.has(slackCode(error) ?? '');

const OPEN_ALREADY = new Set(['exchanged_trigger_id', 'duplicate_external_id']);

/** Whether the window is already open, for a click that Slack delivered twice. */
export const isOpenAlready = (error: unknown): boolean => OPEN_ALREADY.has(slackCode(error) ?? '');

/** What the person can do about it, by Slack's code. */
const REMEDIES: Readonly<Record<string, string>> = {
  push_limit_reached:
    'Slack holds three windows on top of each other at most. Submit or close the top one, then press it again.',
};

/** What to do about Slack's rate limit, for the person it affects. */
function limitedWords(seconds: number, isTyped: boolean): string {
  const [many, unit] = seconds < 120 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute'];
  const again = isTyped ? 'Type it again' : 'Do it again';
  return `Slack is limiting us right now. ${again} in ${many} ${unit}${many === 1 ? '' : 's'}; nothing you entered is lost.`;
}

/** Logs a failure under a code that people can tell an admin. */
export function logged({ log }: Pick<ListenerDeps, 'log'>, error: unknown, what: string, about: object = {}): string {
  const errorCode = randomBytes(3).toString('hex');
  log.error({ err: error, errorCode, ...about }, what);
  return errorCode;
}

/**
 * Where every failure of a listener ends: it is logged under a code, and the person is told what is safe. It is unknown
 * here whether a write without an answer succeeded.
 */
export async function errorBoundary(
  deps: ListenerDeps,
  client: App['client'],
  { error, body }: { error: Error; body: object },
): Promise<void> {
  if (isOpenAlready(error)) return deps.log.info('a click came twice; its window is open');
  const code = randomBytes(3).toString('hex');
  const seconds = limitOf(error);
  if (seconds === null) deps.log.error({ err: error, errorCode: code }, 'a listener failed');
  else deps.log.warn({ err: error, errorCode: code, seconds }, 'Slack limits what a listener asked for');
  const actor = actorOf(body);
  if (!actor) return;
  const { user, channel, isTyped, responseUrl } = actor;
  const answer = responseUrl ? (text: string) => deps.clients.answerAt(responseUrl, text) : null;
  const text =
    seconds !== null
      ? limitedWords(seconds, isTyped)
      : isTooLate(error)
        ? 'Slack waited too long for the window to open. Nothing was changed: please try again.'
        : (REMEDIES[slackCode(error) ?? ''] ??
          `Something went wrong on our side. Check first: if nothing was changed, try again; if it happens again, tell an admin the code ${code}.`);
  try {
    await tellPrivately({ client, user, channel, answer }, text);
  } catch (failure) {
    deps.log.error({ err: failure, errorCode: code }, 'the person could not be told either');
  }
}
