import { z } from 'zod';
import { readTargetSettings, TARGET_SETTING_NAMES, type TargetSettings } from './delivery/targets/settings';
import { Switch } from './delivery/targets/variables';
import { isPerson } from './domain/targets';
import { SECRET_SETTINGS, withSecretFiles } from './secret-files';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** What every process needs, and all that a script needs that Slack does not call, such as the import. */
export interface ToolConfig extends TargetSettings {
  /** Other secrets that the log must never show. */
  readonly secrets: readonly string[];
  /** Also allows calendars on private networks, and over http. */
  readonly calendarsAllowPrivate: boolean;
  /** The names of targets that are not set up. */
  readonly targetsOff: readonly string[];
  readonly botToken: string;
  /** Base address of the Web API, with a slash at the end. */
  readonly slackApiUrl: string;
  readonly mongodbUri: string;
  /** Slack user ids of Warmline's admins. */
  readonly adminUsers: readonly string[];
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly nodeEnv: 'production' | 'development' | 'test';
}

/** The whole configuration, validated. In Socket Mode, `port` is only for health checks (null: none). */
export type Config = ToolConfig &
  (
    | { readonly mode: 'socket'; readonly appToken: string; readonly port: number | null }
    | { readonly mode: 'http'; readonly signingSecret: string; readonly port: number }
  );

/** A required text; `fix` says what to do if it is missing or does not match `shape`. Never shows the value. */
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
      (ids) => ids.every((id) => isPerson(id)),
      'holds something that is not a Slack user id: list ids like U0123ABCD with commas between (profile > ⋮ > Copy member ID)',
    ),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `is not a log level: use one of ${LOG_LEVELS.join(', ')}` }).default('info'),
  CALENDARS_ALLOW_PRIVATE: Switch,
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
  { error: 'must be socket or http: set socket for Socket Mode, or http where Slack can reach this server' },
);

type Env = Readonly<Record<string, string | undefined>>;
type Read<C> = { ok: true; config: C } | { ok: false; faults: string[] };

/** Every setting, by name; those of webhooks are named in the policy. */
export const SETTING_NAMES: readonly string[] = [
  ...new Set([...Object.keys(Common.shape), ...Mode.options.flatMap(({ shape }) => Object.keys(shape))]),
  ...TARGET_SETTING_NAMES,
  ...SECRET_SETTINGS.map((name) => `${name}_FILE`),
];

/**
 * Reads the environment, or lists all faults: the variable, what is wrong and what to do. An empty variable counts as
 * not set. No fault repeats a value.
 */
export function readConfig(env: Env): Read<Config> {
  const { given, faults } = settingsOf(env);
  const [tool, mode] = [readTool(given), Mode.safeParse(given)];
  if (!tool.ok || !mode.success || faults.length)
    return refused(faults, [...faultsOf(mode.error), ...(tool.ok ? [] : tool.faults)]);
  const { data } = mode;
  return {
    ok: true,
    config:
      data.SLACK_MODE === 'socket'
        ? { ...tool.config, mode: 'socket', appToken: data.SLACK_APP_TOKEN, port: data.PORT ?? null }
        : { ...tool.config, mode: 'http', signingSecret: data.SLACK_SIGNING_SECRET, port: data.PORT },
  };
}

/** Like `readConfig`, without what Slack needs to reach the process. */
export function readToolConfig(env: Env): Read<ToolConfig> {
  const { given, faults } = settingsOf(env);
  const tool = readTool(given);
  return tool.ok && !faults.length ? tool : refused(faults, tool.ok ? [] : tool.faults);
}

function readTool(given: Env): Read<ToolConfig> {
  const read = Common.safeParse(given);
  const { settings, faults, secrets, off } = readTargetSettings(given);
  if (!read.success || faults.length) return { ok: false, faults: [...faultsOf(read.error), ...faults] };
  const { data } = read;
  return {
    ok: true,
    config: {
      botToken: data.SLACK_BOT_TOKEN,
      slackApiUrl: data.SLACK_API_URL,
      mongodbUri: data.MONGODB_URI,
      adminUsers: data.ADMIN_USERS,
      logLevel: data.LOG_LEVEL,
      nodeEnv: data.NODE_ENV,
      calendarsAllowPrivate: data.CALENDARS_ALLOW_PRIVATE,
      ...settings,
      secrets,
      targetsOff: off,
    },
  };
}

const faultsOf = (error: z.ZodError | undefined) =>
  (error?.issues ?? []).map(({ path, message }) => `${path.join('.')} ${message}.`);

/** All faults: a setting with a faulty file is not also reported as missing. */
function refused(ofFiles: readonly string[], faults: readonly string[]): { ok: false; faults: string[] } {
  const named = ofFiles.map((fault) => fault.split('_FILE ')[0]);
  return { ok: false, faults: [...ofFiles, ...faults.filter((fault) => !named.includes(fault.split(' ')[0]))] };
}

/** What is set: in the environment, or in files that it names. */
const settingsOf = (env: Env) =>
  withSecretFiles(
    Object.fromEntries(
      Object.entries(env)
        .map(([name, value]) => [name, value?.trim()] as const)
        .filter(([, value]) => value),
    ),
  );
