import type { webApi } from '@slack/bolt';
import type { Outsider } from '../domain/outsider';
import { handleDirectMessage } from '../services/hear-direct';
import type { Heard } from '../slack/read-message';
import { casesOfThread } from '../slack/thread-root';
import type { ListenerDeps } from './deps';
import { sentNow } from './sent-now';
import { wordsOfMessage } from './words-of-message';

/** A direct message answers the question that waits for its writer, or the writer is told which button to press. */
export async function handleDm(
  deps: ListenerDeps,
  client: webApi.WebClient,
  heard: Heard,
  outsider: () => Promise<Outsider | null>,
): Promise<void> {
  const { channel, threadTs, version } = heard;
  if (version === 'deleted' || heard.byApp) return;
  const letter = await handleDirectMessage(deps, {
    ...heard,
    text: await wordsOfMessage(deps, heard.message),
    isChanged: version === 'edited' && !heard.sameWords,
    isOutsider: (await outsider()) !== null,
    about: async () => {
      if (!threadTs) return [];
      try {
        return await casesOfThread(client, channel, threadTs);
      } catch (error) {
        deps.log.warn({ err: error, channel, threadTs }, 'Slack does not say what a direct message replies to');
        return [];
      }
    },
  });
  await sentNow(deps, letter);
}
