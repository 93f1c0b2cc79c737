import { z } from 'zod';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

interface CommonConfig {
  readonly botToken: string;
  /** Base of the Web API, with a slash at its end. */
  readonly slackApiUrl: string;
  readonly mongodbUri: string;
  /** Slack user ids of the people who administer Warmline. */
  readonly adminUsers: readonly string[];
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly nodeEnv: 'production' | 'development' | 'test';
}

/** Everything the process is told from outside, checked. `port` serves health checks only in socket mode (null: none). */
export type Config = CommonConfig &
  (
    | { readonly mode: 'socket'; readonly appToken: string; readonly port: number | null }
    | { readonly mode: 'http'; readonly signingSecret: string; readonly port: number }
  );

/** A required text; `fix` says what to do when it is missing or does not look like `shape`. Never shows the value. */
const required = (shape: RegExp, wrong: string, fix: string) =>
  z.string({ error: `is not set: ${fix}` }).regex(shape, `${wrong}: ${fix}`);
const Port = z.coerce
  .number({ error: 'is not a number: give the TCP port to listen on, for example 3000' })
  .int('is not a whole number: give the TCP port to listen on, for example 3000')
  .min(0, 'is below 0: give a TCP port from 1 to 65535, or 0 for any free one')
  .max(65535, 'is above 65535: give a TCP port from 1 to 65535, or 0 for any free one');

const Common = z.object({
  SLACK_BOT_TOKEN: required(
    /^xoxb-\S+$/,
    'is not a bot token (xoxb-…)',
    'copy the Bot User OAuth Token from "OAuth & Permissions" of the Slack app',
  ),
  SLACK_API_URL: z
    .url({ protocol: /^https?$/, error: 'is not a web address: give one like https://slack.com/api/, or leave it out' })
    .default('https://slack.com/api/')
    .transform((url) => (url.endsWith('/') ? url : `${url}/`)),
  MONGODB_URI: required(
    /^mongodb(\+srv)?:\/\/\S+$/,
    'is not a MongoDB address',
    'give one like mongodb://host:27017/warmline or mongodb+srv://…',
  ),
  ADMIN_USERS: z
    .string()
    .default('')
    .transform((list) => [...new Set(list.split(/[\s,]+/).filter(Boolean))])
    .refine(
      (ids) => ids.every((id) => /^[UW][A-Z0-9]+$/.test(id)),
      'holds something that is not a Slack user id: list ids like U0123ABCD with commas between (profile > ⋮ > Copy member ID)',
    ),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `is not a log level: use one of ${LOG_LEVELS.join(', ')}` }).default('info'),
  NODE_ENV: z
    .enum(['production', 'development', 'test'], { error: 'is unknown: use production, development or test' })
    .default('development'),
});

const Mode = z.discriminatedUnion(
  'SLACK_MODE',
  [
    z.object({
      SLACK_MODE: z.literal('socket'),
      SLACK_APP_TOKEN: required(
        /^xapp-\S+$/,
        'is not an app-level token (xapp-…)',
        'create one with the scope connections:write under "Basic Information" of the Slack app',
      ),
      PORT: Port.optional(),
    }),
    z.object({
      SLACK_MODE: z.literal('http'),
      SLACK_SIGNING_SECRET: required(
        /^\S{8,}$/,
        'is not a signing secret',
        'copy the Signing Secret from "Basic Information" of the Slack app',
      ),
      PORT: Port.default(3000),
    }),
  ],
  { error: 'is neither socket nor http: set socket for Socket Mode, or http where Slack can reach this server' },
);

/**
 * Reads the environment, or lists every fault at once: the variable, what is wrong and what to do. An empty variable
 * counts as not set. No fault repeats a value.
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
): { ok: true; config: Config } | { ok: false; faults: string[] } {
  const given = Object.fromEntries(
    Object.entries(env)
      .map(([name, value]) => [name, value?.trim()] as const)
      .filter(([, value]) => value),
  );
  const [common, mode] = [Common.safeParse(given), Mode.safeParse(given)];
  if (!common.success || !mode.success) {
    const issues = [...(mode.error?.issues ?? []), ...(common.error?.issues ?? [])];
    return { ok: false, faults: issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`) };
  }
  const shared: CommonConfig = {
    botToken: common.data.SLACK_BOT_TOKEN,
    slackApiUrl: common.data.SLACK_API_URL,
    mongodbUri: common.data.MONGODB_URI,
    adminUsers: common.data.ADMIN_USERS,
    logLevel: common.data.LOG_LEVEL,
    nodeEnv: common.data.NODE_ENV,
  };
  const { data } = mode;
  return {
    ok: true,
    config:
      data.SLACK_MODE === 'socket'
        ? { ...shared, mode: 'socket', appToken: data.SLACK_APP_TOKEN, port: data.PORT ?? null }
        : { ...shared, mode: 'http', signingSecret: data.SLACK_SIGNING_SECRET, port: data.PORT },
  };
}
