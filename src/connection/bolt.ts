import { Server } from 'node:http';
import { type Logger as BoltLogger, LogLevel } from '@slack/bolt';
import type { Logger } from 'pino';
import { slackFault } from './fault';

/** Why the app cannot start, and what to do about it; temporary problems do not count. */
export function whyNotStarted(error: unknown): string {
  const { message, code } = error as Error & { code?: string };
  if (code === 'EADDRINUSE') return `${message}. Another program uses this port: set PORT to a free one.`;
  const { refusal } = slackFault(error);
  if (!refusal) return message;
  return `Slack refuses the bot token (${refusal}). Copy the Bot User OAuth Token again from "OAuth & Permissions" of the Slack app into SLACK_BOT_TOKEN, and make sure that the app is installed.`;
}

/** The port of Bolt's HTTP server; null in Socket Mode. */
export function portOf(server: unknown): number | null {
  if (!(server instanceof Server)) return null;
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? null) : null;
}

/** Bolt's logger, writing to ours. Bolt's own details matter only for debugging. */
export function boltLogger(log: Logger): BoltLogger {
  const bolt = log.child({ from: 'bolt' });
  const words = (parts: unknown[]) =>
    parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');
  return {
    debug: (...parts) => bolt.isLevelEnabled('trace') && bolt.trace(words(parts)),
    info: (...parts) => bolt.isLevelEnabled('debug') && bolt.debug(words(parts)),
    warn: (...parts) => bolt.warn(words(parts)),
    error: (...parts) => bolt.error(words(parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}
