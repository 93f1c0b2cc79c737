import { SECRET_CHANNELS } from '../domain/access';
import type { Alarm } from '../domain/alarms';
import { exposureOf } from '../domain/exposure';
import type { ServiceDeps } from './deps';
import { followReaders } from './exposure';
import { companiesOf } from './import-people-and-channels';

/**
 * The need-to-know channels that another company, or everyone, can read, each as an alarm that says what to do; full
 * cards there give way to substitutes, which return once no one else can read. `heard`: a channel that Slack just
 * reported, whatever its purpose. Rejects if Slack or the store is unreachable.
 */
export async function sharedOutside(deps: ServiceDeps, heard?: string): Promise<readonly Omit<Alarm, 'since'>[]> {
  const { slack, directory } = deps;
  const { channels } = await directory.policy();
  const secret = Object.entries(channels).flatMap(([name, id]) => (id && SECRET_CHANNELS.has(name) ? [id] : []));
  const watched = [...new Set([...secret, ...(heard ? [heard] : [])])];
  const found = await Promise.all(watched.map(async (id) => ({ id, channel: await slack.channelById(id) })));
  for (const { id, channel } of found) if (channel) await followReaders(deps, id, exposureOf(channel));
  const open = found.flatMap(({ id, channel }) =>
    channel && exposureOf(channel) && secret.includes(id) ? [{ id, teams: channel.sharedWith }] : [],
  );
  return Promise.all(
    open.map(async ({ id, teams }) => ({
      id: `shared_outside:${id}`,
      kind: 'shared_outside' as const,
      ref: null,
      about: `<#${id}> is need-to-know and ${teams ? `shared with ${await companiesOf(slack, teams)}` : 'no longer private: everyone in the workspace can read it'}. No need-to-know card is there in full anymore: stand-ins without their text are in the fallback. What was written in their threads can still be read there: ${teams ? 'end the sharing' : 'make it private again'} in Slack to bring them back, or choose another channel under *Admin*, *Channels*.`,
    })),
  );
}
