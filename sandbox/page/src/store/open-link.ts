import { type MessageAddress, messageAt } from '../text/permalinks';
import type { Workspace } from './workspace';

/** How many pages back a message is searched. */
const MOST_PAGES = 40;

/** Opens the message of a link; false if it is not one of this workspace. */
export function openLink(store: Workspace, url: string): boolean {
  const address = messageAt(url, store.get().boot?.team.domain ?? '');
  if (!address) return false;
  void openMessage(store, address);
  return true;
}

/** Shows a message in its channel, and its thread if it is a reply. Closes a window without inputs. */
async function openMessage(store: Workspace, { channel, ts, threadTs }: MessageAddress): Promise<void> {
  if (!store.get().channels.some((each) => each.id === channel))
    return store.toast('info', 'You are not in the channel of this message.');
  const top = store.get().modals.at(-1);
  if (top && !top.submit) await store.attempt(() => store.api.close(top.id, true));
  await store.go({ kind: 'channel', id: channel });
  const shown = threadTs ?? ts;
  const feed = () => store.get().feeds[channel];
  for (let pages = 0; pages < MOST_PAGES && feed()?.hasMore; pages++) {
    if ((feed()?.messages[0]?.ts ?? shown) <= shown) break;
    await store.loadOlder(channel);
  }
  if (!feed()?.messages.some((each) => each.ts === shown))
    return store.toast('info', 'This message is not there any more.');
  store.set({ found: { channel, ts: shown } });
  if (threadTs) await store.openThread(channel, threadTs);
}
