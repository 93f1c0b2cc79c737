import { WebClient } from '@slack/web-api';
import type { Config } from '../../src/config';
import { boltLogger } from '../../src/connection/bolt';
import { SECRET_CHANNELS } from '../../src/domain/access';
import type { Area } from '../../src/domain/directory';
import type { Policy } from '../../src/domain/policy';
import { CONFIG_ROLES } from '../../src/domain/role';
import type { SlackLookup } from '../../src/domain/workspace';
import type { makeLog } from '../../src/log';
import { resolveChannel, resolvePerson } from '../../src/services/import-people-and-channels';
import { laddersOf } from '../../src/services/import-policy';
import { slackClients } from '../../src/slack/clients';
import { slackCompanies } from '../../src/slack/companies';
import { slackLookup } from '../../src/slack/lookup';
import { type Finding, fine, missing, note, reasonOf } from './finding';
import { SCOPES, WITHOUT } from './scopes';

const REINSTALL =
  'add it under "OAuth & Permissions" (or update the app from its manifest), then install the app again';

/** The tokens and their scopes; `lookup` finds channels and people, null if Slack refuses the bot token. */
export async function checkTokens(
  config: Config,
  log: ReturnType<typeof makeLog>,
): Promise<{ readonly findings: readonly Finding[]; readonly lookup: SlackLookup | null }> {
  const { botToken, slackApiUrl } = config;
  const stopping = new AbortController().signal;
  const { bulk } = slackClients({ token: botToken, slackApiUrl, logger: boltLogger(log), fetch, stopping });
  const socket = await checkAppToken(config, log);
  try {
    const told = await bulk.auth.test();
    const held = told.response_metadata?.scopes ?? [];
    const findings = [fine(`the bot token is that of ${told.user} in ${told.team}`), ...checkScopes(held), ...socket];
    return { findings, lookup: slackLookup(bulk, () => new Date(), slackCompanies(bulk, log)) };
  } catch (error) {
    const todo =
      'copy the Bot User OAuth Token from "OAuth & Permissions" into SLACK_BOT_TOKEN, and look at SLACK_API_URL';
    return {
      findings: [missing(`Slack does not take the bot token (${reasonOf(error)})`, todo), ...socket],
      lookup: null,
    };
  }
}

/** The token's scopes compared with the manifest's. */
function checkScopes(held: readonly string[]): Finding[] {
  if (!held.length) return [note('Slack does not say which scopes the bot token has')];
  const lacking = SCOPES.filter((scope) => !held.includes(scope));
  return lacking.length
    ? lacking.map((scope) =>
        missing(`the scope ${scope} (without it ${WITHOUT[scope] ?? 'something fails'})`, REINSTALL),
      )
    : [fine(`all ${SCOPES.length} scopes of the manifest`)];
}

/** In Socket Mode, whether Slack opens a connection for the app-level token. */
async function checkAppToken(config: Config, log: ReturnType<typeof makeLog>): Promise<Finding[]> {
  if (config.mode === 'http')
    return [note('HTTP mode: whether the signing secret is right shows with the first request of Slack')];
  const { slackApiUrl } = config;
  const client = new WebClient(config.appToken, { slackApiUrl, logger: boltLogger(log), retryConfig: { retries: 0 } });
  try {
    await client.apps.connections.open();
    return [fine('Slack opens connections for the app-level token')];
  } catch (error) {
    const todo =
      'turn Socket Mode on, create a token with connections:write under "Basic Information", and set SLACK_APP_TOKEN';
    return [missing(`Slack opens no connection for the app-level token (${reasonOf(error)})`, todo)];
  }
}

/** A channel, and what it is for. */
interface Wanted {
  readonly what: string;
  readonly id: string | null;
  readonly secret: boolean;
  /** Whether it may be unset. */
  readonly optional: boolean;
}

/** Every channel in areas and policy, and the admins. */
export async function checkPlaces(
  lookup: SlackLookup,
  { areas, policy, admins }: { areas: readonly Area[]; policy: Policy; admins: readonly string[] },
): Promise<Finding[]> {
  const findings: Finding[] = [];
  if (!areas.length) findings.push(missing('there are no areas', 'press Set up in Home, or import areas.csv'));
  for (const wanted of wantedOf(areas, policy)) findings.push(...(await checkChannel(lookup, wanted)));
  if (!admins.length && !CONFIG_ROLES.some((role) => role === 'admin' && policy.roles[role]?.length))
    findings.push(missing('no one administers Warmline', 'put the Slack ids of the admins into ADMIN_USERS'));
  for (const id of admins) {
    const found = await resolvePerson(lookup, id);
    findings.push(found.ok ? fine(`admin ${id}`) : missing(`admin ${id}`, `${found.reason}, and correct ADMIN_USERS`));
  }
  return findings;
}

function wantedOf(areas: readonly Area[], policy: Policy): Wanted[] {
  const rungs = laddersOf(policy).flatMap(({ path, rungs }) =>
    rungs.map(
      ({ to }) => [`ladder ${path.at(-1) === 'ladder' ? path.slice(1, -1).join(' ') : String(path[1])}`, to] as const,
    ),
  );
  const named = [...rungs, ...policy.sent_to_manager.map((to) => ['sent to the Area Manager', to] as const)];
  return [
    ...areas.flatMap(({ name, channel, fallbackChannel }) => [
      { what: `area ${name}`, id: channel, secret: false, optional: false },
      { what: `area ${name}, fallback`, id: fallbackChannel, secret: false, optional: true },
    ]),
    ...Object.entries(policy.channels).map(([name, id]) => ({
      what: `policy, ${name}`,
      id,
      secret: SECRET_CHANNELS.has(name),
      optional: name !== 'fallback',
    })),
    ...named.flatMap(([what, to]) =>
      to.startsWith('channel:') ? [{ what, id: to.slice('channel:'.length), secret: false, optional: true }] : [],
    ),
  ];
}

async function checkChannel(lookup: SlackLookup, { what, id, secret, optional }: Wanted): Promise<Finding[]> {
  if (id === null) return optional ? [] : [missing(`${what}: no channel`, 'choose one in Home, under Admin')];
  try {
    const found = await resolveChannel(lookup, id, secret);
    if (!found.ok) return [missing(`${what}: ${id}`, found.reason)];
    const channel = await lookup.channelById(id);
    const kind = channel?.isPrivate ? 'private' : 'public';
    const shared = channel?.sharedWith ? [note(`${what}: another company reads #${channel.name}`)] : [];
    return [fine(`${what}: #${channel?.name} (${kind}, and Warmline can post there)`), ...shared];
  } catch (error) {
    return [missing(`${what}: ${id} could not be looked up (${reasonOf(error)})`, 'mend what is missing above first')];
  }
}
