import { z } from 'zod';
import type { JsonObject } from '../../client-protocol';
import type { Core } from '../core';
import { SlackError } from '../errors';
import { isObject } from '../json';
import type { Channel } from '../model';
import type { Tier } from '../timing';

/** The context of a handler. */
export interface Call {
  readonly core: Core;
  /** Throws `missing_scope` if the app's manifest lacks this scope. */
  need(scope: string): void;
}

/** One Web API method, as a registry entry. */
export interface Method {
  readonly name: string;
  readonly tier: Tier;
  /** Any one of these allows the call; with none, any token does. */
  readonly scopes: readonly string[];
  /** Which token it takes. */
  readonly token: 'bot' | 'app';
  run(call: Call, raw: JsonObject): Promise<JsonObject> | JsonObject;
}

/** Declares a method: its arguments are parsed by `args`, so `run` sees typed ones. */
export function method<Args>(entry: {
  name: string;
  tier: Tier;
  scopes?: readonly string[];
  token?: 'app';
  args: z.ZodType<Args>;
  run(call: Call, args: Args): Promise<JsonObject> | JsonObject;
}): Method {
  return {
    name: entry.name,
    tier: entry.tier,
    scopes: entry.scopes ?? [],
    token: entry.token ?? 'bot',
    run(call, raw) {
      const parsed = entry.args.safeParse(raw);
      if (!parsed.success)
        throw new SlackError(
          'invalid_arguments',
          parsed.error.issues.map((issue) => argumentFault(raw, issue)),
        );
      return entry.run(call, parsed.data);
    },
  };
}

function argumentFault(raw: JsonObject, issue: { path: PropertyKey[]; message: string }): string {
  const pointer = issue.path.map(String).join('/');
  const missing = raw[String(issue.path[0])] === undefined;
  return missing ? `[ERROR] missing required field: ${pointer}` : `[ERROR] ${issue.message} [json-pointer:/${pointer}]`;
}

/** Arguments arrive as form strings or as JSON; these take both. */
export const fromJson = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch (error) {
    if (error instanceof SyntaxError) return value;
    throw error;
  }
};
/** Absent, empty and null all mean "not given", as in Slack's form arguments. */
const blank = (value: unknown): unknown => (value === '' || value === null ? undefined : value);

export const text = z.preprocess((value) => (typeof value === 'number' ? String(value) : blank(value)), z.string());
export const optionalText = z.preprocess(
  (value) => (typeof value === 'number' ? String(value) : blank(value)),
  z.string().optional(),
);
export const flag = z.preprocess(
  (value) => value === true || value === 1 || value === '1' || value === 'true',
  z.boolean(),
);
export const optionalJson = z.preprocess((value) => blank(fromJson(blank(value))), z.unknown());
export const limit = (initial: number, most: number) =>
  z
    .preprocess((value) => (blank(value) === undefined ? initial : Number(value)), z.number().int().min(1))
    .transform((n) => Math.min(n, most));
/** A list as JSON or comma-separated. */
export const list = z.preprocess((value) => {
  const parsed = fromJson(blank(value));
  return typeof parsed === 'string' ? parsed.split(',').map((part) => part.trim()) : parsed;
}, z.array(z.string()).min(1));
export const json = (value: unknown): JsonObject[] | undefined =>
  Array.isArray(value) ? value.filter(isObject) : undefined;

/** One page of a list by an opaque cursor (the offset); throws `invalid_cursor`. */
export function paged<T>(
  items: readonly T[],
  cursor: string | undefined,
  size: number,
): { page: T[]; response_metadata: { next_cursor: string } } {
  const from = cursor === undefined ? 0 : Number(decodeCursor(cursor, 'offset'));
  const end = from + size;
  return {
    page: items.slice(from, end),
    response_metadata: { next_cursor: end < items.length ? encodeCursor('offset', String(end)) : '' },
  };
}
export const encodeCursor = (kind: string, value: string): string => Buffer.from(`${kind}:${value}`).toString('base64');
export function decodeCursor(cursor: string, kind: string): string {
  const [found, value] = Buffer.from(cursor, 'base64').toString().split(':');
  if (found !== kind || value === undefined || !/^\d+(\.\d+)?$/.test(value)) throw new SlackError('invalid_cursor');
  return value;
}

/** The channel if the app may know of it: private ones and people's own DMs look absent to others. */
export function visibleChannel({ core }: Call, id: string): Channel {
  const channel = core.store.channel(id);
  if (!channel || (channel.type !== 'public' && !channel.members.has(core.app.bot.id)))
    throw new SlackError('channel_not_found');
  return channel;
}

const PREFIX = { public: 'channels', private: 'groups', im: 'im' } as const;
/** Throws `missing_scope` unless the app has e.g. `groups:history` for this private channel. */
export const needFor = (call: Call, channel: Channel, what: 'read' | 'history'): void =>
  call.need(`${PREFIX[channel.type]}:${what}`);
