import type { WebClient } from '@slack/web-api';
import { fileContent, fileInfo } from '../../../slack/download-file';
import { lacksMethod, refusalOf } from '../../../slack/refusal';
import { uploadFile } from '../../../slack/upload-file';
import { StrayError } from './faults';

export interface Thread {
  readonly channel: string;
  readonly threadTs: string;
}

/** What Slack takes at most of a file in a form. */
const MOST_BYTES = 10 * 1024 * 1024;

/**
 * Shares a file that was handed to Warmline in a form, as a copy that lives in this thread alone: sharing the original
 * would need its owner, who is no member of the channel, and could show it elsewhere. It goes from one place to the other
 * as it comes, and is shared once all of it was what Slack said it is. Throws NoFileError, FileHostError, NoUploadError,
 * or what `inThread` does.
 */
export async function shareCopy(client: WebClient, thread: Thread, id: string, title: string): Promise<void> {
  const file = await fileInfo(client, id, MOST_BYTES);
  await inThread(client, thread, async () => {
    const open = () => fileContent(client, file);
    const { channel, threadTs } = thread;
    return [await uploadFile(client, { channel, thread: threadTs, name: file.name, title, length: file.size, open })];
  });
}

/**
 * Shares files in a thread and nowhere else: for a thread that is gone Slack gives no error, but shares them at the top of
 * the channel, where all of it can be read. They are deleted then. Throws StrayError when there is no such thread, or the
 * client's coded errors. `share` gives the ids of the files.
 */
export async function inThread(
  client: WebClient,
  thread: Thread,
  share: () => Promise<readonly string[]>,
): Promise<void> {
  await mustStand(client, thread);
  const files = await share();
  try {
    await mustStand(client, thread);
  } catch (error) {
    for (const file of files)
      await client.files.delete({ file }).catch((cause: unknown) => {
        throw new Error(`a file outside its thread could not be deleted: ${String(cause)}`, { cause });
      });
    throw error;
  }
}

/** Throws StrayError when there is no such thread. Of a parent that was deleted with replies under it something stands still, and the thread goes on. */
export async function mustStand(client: WebClient, { channel, threadTs }: Thread): Promise<void> {
  try {
    await client.conversations.replies({ channel, ts: threadTs, limit: 1 });
  } catch (error) {
    if (lacksMethod(error)) return; // a server that cannot tell
    const fault = refusalOf(error);
    throw fault === 'thread_not_found' || fault === 'message_not_found' ? new StrayError(fault) : error;
  }
}
