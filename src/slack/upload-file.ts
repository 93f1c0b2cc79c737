import { once } from 'node:events';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { pipeline } from 'node:stream/promises';
import type { WebClient } from '@slack/web-api';

export interface Upload {
  /** Id of a conversation that Warmline is in. */
  readonly channel: string;
  readonly name: string;
  /** Bytes. */
  readonly length: number;
  /** The content from its beginning, each time it is called. A piece of 16 KB or more is read only until the next one is asked for. */
  readonly open: () => AsyncIterable<Uint8Array>;
  /** The message that comes with it. */
  readonly comment: string;
}

const SLOWEST_MS = 60_000;

/**
 * Shares a file of any size without holding it in memory (the client's own `filesUploadV2` reads it whole). Rejects with
 * the client's coded errors, or when the content does not get through twice.
 */
export async function uploadFile(client: WebClient, { channel, name, length, open, comment }: Upload): Promise<void> {
  const { upload_url: url, file_id: id } = await client.files.getUploadURLExternal({ filename: name, length });
  if (!url || !id) throw new Error('Slack gave no address to upload to.');
  await send(new URL(url), length, open()).catch(() => send(new URL(url), length, open()));
  await client.files.completeUploadExternal({
    files: [{ id, title: name }],
    channel_id: channel,
    initial_comment: comment,
  });
}

/** `pipeline` asks for the next piece when one that fills a socket's buffer (16 KB) is gone. */
async function send(url: URL, length: number, content: AsyncIterable<Uint8Array>): Promise<void> {
  const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'content-length': length },
    timeout: SLOWEST_MS,
  });
  request.once('timeout', () => request.destroy(new Error(`The upload stood still for ${SLOWEST_MS / 1000} s.`)));
  const answered = once(request, 'response');
  const [, [response]] = await Promise.all([pipeline(content, request), answered]);
  response.resume();
  if (response.statusCode !== 200) throw new Error(`The upload was answered with HTTP ${response.statusCode}.`);
}
