import type { WebClient } from '@slack/web-api';
import { fileContent, fileInfo } from '../../../slack/download-file';
import { lacksMethod, refusalOf } from '../../../slack/refusal';
import { uploadFile } from '../../../slack/upload-file';
import { StrayError } from './faults';

export interface Thread {
  readonly channel: string;
  readonly threadTs: string;
}

/** Slack's limit for a file in a form. */
const MOST_BYTES = 10 * 1024 * 1024;

/**
 * Shares a file from a form as a copy in this thread only: sharing the original would need its owner, who is not a
 * member of the channel, and could show it elsewhere. It is streamed, and shared once it is complete and what Slack
 * said it is. Throws NoFileError, FileHostError, NoUploadError, or what `inThread` throws.
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
 * Shares files in a thread only: if the thread is gone, Slack returns no error but shares them in the channel itself,
 * where everyone can read them; they are then deleted. Throws StrayError if there is no such thread, or the client's
 * coded errors. `share` returns the ids of the files.
 */
export async function inThread(
  client: WebClient,
  thread: Thread,
  share: () => Promise<readonly string[]>,
): Promise<void> {
  await requireThread(client, thread);
  const files = await share();
  try {
    await requireThread(client, thread);
  } catch (error) {
    for (const file of files)
      await client.files.delete({ file }).catch((cause: unknown) => {
        throw new Error(`a file outside its thread could not be deleted: ${String(cause)}`, { cause });
      });
    throw error;
  }
}

/** Throws StrayError without such a thread. A deleted parent with replies leaves a placeholder, and its thread. */
export async function requireThread(client: WebClient, { channel, threadTs }: Thread): Promise<void> {
  try {
    await client.conversations.replies({ channel, ts: threadTs, limit: 1 });
  } catch (error) {
    if (lacksMethod(error)) return; // a server that lacks the method
    const fault = refusalOf(error);
    throw fault === 'thread_not_found' || fault === 'message_not_found' ? new StrayError(fault) : error;
  }
}
