import { within } from '../services/deadline';
import { messageWords, namesWanted } from '../slack/message-words';
import type { ListenerDeps } from './deps';

/** With more people, a message is a list of everyone, and they are not looked up. */
const MOST_LOOKED_UP = 30;

/** A message as people read it, with names; whoever is not known within `ms` stays an id. Never rejects. */
export async function wordsOfMessage(deps: ListenerDeps, message: unknown, ms = 1500): Promise<string> {
  const { slack, log } = deps;
  const wanted = namesWanted(message);
  const named = new Map<string, string>();
  const look = async (ids: readonly string[], find: (id: string) => Promise<string | undefined>) => {
    await Promise.all(
      ids.slice(0, MOST_LOOKED_UP).map(async (id) => {
        try {
          const name = await within(ms, find(id));
          if (name) named.set(id, name);
        } catch (error) {
          log.warn({ err: error, id }, 'a name in a message was not found in time; its id is shown instead');
        }
      }),
    );
  };
  const handles = async (id: string) => (await slack.groups()).find((group) => group.id === id)?.handle;
  await Promise.all([
    look(wanted.users, async (id) => (await slack.userById(id))?.name),
    look(wanted.channels, async (id) => (await slack.channelById(id))?.name),
    look(wanted.groups, handles),
  ]);
  const nameOf = (id: string) => named.get(id) ?? null;
  return messageWords(message, { user: nameOf, channel: nameOf, group: nameOf });
}
