import { SECRET_CHANNELS } from '../domain/access';
import type { Alarm } from '../domain/alarms';
import type { ServiceDeps } from './deps';
import { companiesOf } from './import-people-and-channels';

/** The need-to-know channels that another company reads, each as an alarm that says what to do. Rejects when Slack cannot be asked. */
export async function sharedOutside({ slack, directory }: ServiceDeps): Promise<readonly Omit<Alarm, 'since'>[]> {
  const { channels } = await directory.policy();
  const secret = Object.entries(channels).flatMap(([name, id]) => (id && SECRET_CHANNELS.has(name) ? [id] : []));
  const found = await Promise.all(
    [...new Set(secret)].map(async (id) => ({ id, teams: (await slack.channelById(id))?.sharedWith ?? null })),
  );
  const shared = found.flatMap(({ id, teams }) => (teams ? [{ id, teams }] : []));
  return Promise.all(
    shared.map(async ({ id, teams }) => ({
      id: `shared_outside:${id}`,
      kind: 'shared_outside' as const,
      ref: null,
      about: `<#${id}> is need-to-know and shared with ${await companiesOf(slack, teams)}. No more need-to-know cards go there in full: their stand-ins go to the fallback, without their text. What was posted there before can still be read: end the sharing in Slack, or choose another channel under *Admin*, *Channels*.`,
    })),
  );
}
