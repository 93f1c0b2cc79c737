import { ErrorCode, type WebClient } from '@slack/web-api';

export interface Thread {
  readonly channel: string;
  readonly threadTs: string;
}

/** A file that Slack does not hand out (any more), or does not take: trying again would change nothing. */
export class UnsharableFileError extends Error {}

/** A permission that the installation lacks holds up files, and must not hold up the cards behind them. */
const NO_PERMISSION = new Set(['missing_scope', 'no_permission', 'not_allowed_token_type']);

/**
 * Shares a file that was handed to Warmline in a form, as a copy that lives in this thread alone: sharing the original
 * would need its owner, who is no member of the channel, and could show it elsewhere. Throws UnsharableFileError, or the
 * client's coded errors.
 */
export async function shareCopy(client: WebClient, thread: Thread, id: string, title: string): Promise<void> {
  try {
    const { file } = await client.files.info({ file: id });
    const content = await download(client.token ?? '', file?.url_private_download ?? file?.url_private);
    await client.filesUploadV2({
      channel_id: thread.channel,
      thread_ts: thread.threadTs,
      file: content,
      filename: file?.name ?? id,
      title,
    });
  } catch (error) {
    const { code, data } = error as { code?: string; data?: { error?: string } };
    if (code === ErrorCode.PlatformError && NO_PERMISSION.has(data?.error ?? ''))
      throw new UnsharableFileError(data?.error);
    throw error;
  }
}

/** Slack answers a stranger with a redirect to its login page, and for a file that is gone with 404. */
async function download(token: string, url: string | undefined): Promise<Buffer> {
  if (!url) throw new UnsharableFileError('the file has no address');
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` }, redirect: 'manual' });
  if (response.status >= 500 || response.status === 429)
    throw new Error(`the file could not be read: HTTP ${response.status}`);
  if (response.status !== 200) throw new UnsharableFileError(`HTTP ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}
