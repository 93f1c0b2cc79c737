import pino from 'pino';
import { prettyFactory } from 'pino-pretty';
import type { ToolConfig } from './config';

const MASK = '[redacted]';
const TOKENS = /\bx(?:ox[a-z]|app)(?:\.[a-z]+)?-[\w-]+/g;
const MONGODB_CREDENTIALS = /(mongodb(?:\+srv)?:\/\/)[^\s"/]*@/g;
const SECRET_KEYS = ['botToken', 'appToken', 'signingSecret', 'mongodbUri', 'token', 'authorization', 'Authorization'];

type LogConfig = Pick<ToolConfig, 'botToken' | 'mongodbUri' | 'logLevel' | 'nodeEnv' | 'secrets'> & {
  readonly appToken?: string;
  readonly signingSecret?: string;
};
/** Where lines go; only a terminal has `isTTY`. */
type Sink = pino.DestinationStream & { readonly isTTY?: boolean };

/**
 * The process's logger: JSON lines, or readable text in a terminal outside production. Tokens, the signing secret and
 * the database's credentials are blanked wherever they occur in a line, including error messages and nested objects.
 * Of an error, it has the message, the stack and the codes: the database's own errors have whole documents with them.
 */
export function makeLog(config: LogConfig, sink: Sink = process.stdout): pino.Logger {
  const options: pino.LoggerOptions = {
    level: config.logLevel,
    redact: { paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: MASK },
    serializers: { err: codesOf },
    hooks: { streamWrite: scrubber(config) },
  };
  if (config.nodeEnv === 'production' || sink.isTTY !== true) return pino(options, sink);
  const format = prettyFactory({ colorize: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss.l' });
  return pino(options, { write: (line) => sink.write(format(line)) });
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
/** Slack's answer: its own codes. */
const ANSWER = 'data';

/** An error, and the errors in it, without anything else that they have with them. */
function codesOf(error: unknown): unknown {
  const serialized: unknown = error instanceof Error ? pino.stdSerializers.err(error) : error;
  if (!isFields(serialized)) return serialized;
  const fields = Object.entries(serialized).flatMap(([name, value]): [string, unknown][] => {
    if (!isFields(value)) return [[name, value]];
    if (isError(value)) return [[name, codesOf(value)]];
    if (Array.isArray(value)) {
      const errors = value.filter(isError).map(codesOf);
      return errors.length ? [[name, errors]] : [];
    }
    if (name !== ANSWER) return [];
    return [[name, Object.fromEntries(Object.entries(value).filter(([, inner]) => !isFields(inner)))]];
  });
  return Object.fromEntries(fields);
}
const isError = (value: unknown): boolean =>
  value instanceof Error || (isFields(value) && 'type' in value && 'message' in value && 'stack' in value);

/** Blanks secrets in one serialized line. */
function scrubber(config: LogConfig): (line: string) => string {
  const password = /^mongodb(?:\+srv)?:\/\/[^/@]*?:([^@]*)@/.exec(config.mongodbUri)?.[1] ?? '';
  const secrets = [config.botToken, config.appToken, config.signingSecret, password, unescapedUri(password)]
    .concat(config.secrets)
    .filter((secret) => secret !== undefined)
    .filter((secret) => secret.length >= 6)
    .map((secret) => JSON.stringify(secret).slice(1, -1));
  return (line) =>
    secrets
      .reduce((text, secret) => text.replaceAll(secret, MASK), line)
      .replace(TOKENS, MASK)
      .replace(MONGODB_CREDENTIALS, `$1${MASK}@`);
}

/** A part of an address with its %-escapes resolved; malformed ones stay as they are. */
const unescapedUri = (part: string) =>
  new URLSearchParams(`part=${part.replaceAll('+', '%2B').replaceAll('&', '%26')}`).get('part') ?? part;
