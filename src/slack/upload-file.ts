import { once } from 'node:events';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { pipeline } from 'node:stream/promises';
import type { WebClient } from '@slack/web-api';
import { refusalOf } from './refusal';

export interface Upload {
  /** Id of a conversation that Warmline is in. */
  readonly channel: string;
  /** The ts of the thread's parent message. */
  readonly thread?: string;
  readonly name: string;
  readonly title?: string;
  /** Bytes. */
  readonly length: number;
  /** The content from its beginning, for each call. A piece of 16 KB or more is read only until the next request. */
  readonly open: () => AsyncIterable<Uint8Array>;
  /** The message that comes with it. */
  readonly comment?: string;
}

/** Slack does not accept files from this installation, or this one exceeds the plan's limit. */
export class NoUploadError extends Error {
  constructor(readonly fault: string) {
    super(`Slack does not accept the file: ${fault}`);
  }
}

const SLOWEST_MS = 60_000;
/** Errors that block only files. */
const NO_UPLOAD = new Set([
  'missing_scope',
  'no_permission',
  'not_allowed_token_type',
  'access_denied',
  'file_uploads_disabled',
  'file_uploads_except_images_disabled',
  'file_upload_size_restricted',
  'file_type_restricted',
  'storage_limit_reached',
  'malware_detected',
  'blocked_file_type',
]);

/**
 * Shares a file of any size without holding it in memory (the client's own `filesUploadV2` reads it whole); returns its
 * id. Throws NoUploadError, the client's coded errors, or what `open` throws; rejects if sending the content fails
 * twice.
 */
export async function uploadFile(client: WebClient, upload: Upload): Promise<string> {
  const { channel, thread, name, title = name, length, open, comment } = upload;
  const { upload_url: url, file_id: id } = await client.files
    .getUploadURLExternal({ filename: name, length })
    .catch(refused);
  if (!url || !id) throw new Error('Slack gave no address to upload to.');
  await sentTwice(new URL(url), length, open);
  const files: [{ id: string; title: string }] = [{ id, title }];
  const place = thread ? { channel_id: channel, thread_ts: thread } : { channel_id: channel };
  await client.files
    .completeUploadExternal({ files, ...place, ...(comment ? { initial_comment: comment } : {}) })
    .catch(refused);
  return id;
}

function refused(error: unknown): never {
  const fault = refusalOf(error) ?? '';
  throw NO_UPLOAD.has(fault) ? new NoUploadError(fault) : error;
}

/** A fault in the content itself would occur again. */
async function sentTwice(url: URL, length: number, open: Upload['open']): Promise<void> {
  let source: unknown = null;
  const told = async function* () {
    try {
      yield* open();
    } catch (error) {
      source = error;
      throw error;
    }
  };
  try {
    await send(url, length, told());
  } catch {
    if (source) throw source;
    await send(url, length, told()).catch((error: unknown) => {
      throw source ?? error;
    });
  }
}

/** `pipeline` requests the next piece once one that fills a socket's buffer (16 KB) is sent. */
async function send(url: URL, length: number, content: AsyncIterable<Uint8Array>): Promise<void> {
  const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'content-length': length },
    timeout: SLOWEST_MS,
  });
  request.once('timeout', () => request.destroy(new Error(`The upload stalled for ${SLOWEST_MS / 1000} s.`)));
  const answered = once(request, 'response');
  const [, [response]] = await Promise.all([pipeline(content, request), answered]);
  response.resume();
  if (response.statusCode !== 200) throw new Error(`The upload was answered with HTTP ${response.statusCode}.`);
}
