import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { WebClient } from '@slack/web-api';
import { amount } from '../domain/wording';
import { refusalOf } from './refusal';

/** Why a file that was handed to Warmline cannot be had. */
export type FileFault =
  /** Slack has it no more, or it lies in another service. */
  | 'file_gone'
  /** Slack shows a sign-in page in its place. */
  | 'file_no_access'
  | 'file_too_large'
  /** Nothing comes, fewer bytes than Slack says it has, or something else. */
  | 'file_empty'
  | 'file_cut_short'
  | 'file_not_itself';

const WORDS: Readonly<Record<FileFault, string>> = {
  file_gone: 'Slack no longer provides this file: drop it again.',
  file_no_access:
    'Slack shows a sign-in page instead of this file: the app lacks files:read, or must be reinstalled. Tell an admin.',
  file_too_large: 'The file is too large.',
  file_empty: 'Slack returned nothing of this file. Drop it again.',
  file_cut_short: 'Slack returned only part of this file. Drop it again.',
  file_not_itself: 'Slack returned something other than this file. Drop it again.',
};

/** A file that cannot be had; its message is a sentence for the person who handed it in. */
export class NoFileError extends Error {
  constructor(
    readonly fault: FileFault,
    message = WORDS[fault],
  ) {
    super(message);
  }
}

/** Where files lie is in trouble; it may be better later. */
export class FileHostError extends Error {}

export interface SlackFile {
  readonly id: string;
  readonly name: string;
  /** Bytes, as Slack says. */
  readonly size: number;
  readonly mimetype: string;
  readonly url: string;
}

const PERMISSION = new Set(['missing_scope', 'no_permission', 'not_allowed_token_type', 'access_denied']);
const GONE = new Set(['file_not_found', 'file_deleted', 'not_visible']);
/** Slack's own hosts: no one else is shown the token of a Slack workspace. */
const SLACK_HOSTS = /(^|\.)(slack\.com|slack-files\.com|slack-edge\.com|slack-gov\.com)$/;
const SLOWEST_MS = 30_000;
const megabytes = (bytes: number) => `${amount(Math.round(bytes / 1e6))} MB`;

/** What Slack says of a file. Throws NoFileError when it has none to hand out, or the client's coded errors. */
export async function fileInfo(client: WebClient, id: string, most: number): Promise<SlackFile> {
  const { file } = await client.files.info({ file: id }).catch((error: unknown) => {
    const fault = refusalOf(error) ?? '';
    if (PERMISSION.has(fault)) throw new NoFileError('file_no_access');
    if (GONE.has(fault)) throw new NoFileError('file_gone');
    throw error;
  });
  const url = file?.url_private_download ?? file?.url_private;
  if (!file || !url || file.is_external || !mayHaveToken(url, client.slackApiUrl)) throw new NoFileError('file_gone');
  const { size = 0, name = id, mimetype = '' } = file;
  if (size > most)
    throw new NoFileError('file_too_large', `The file has ${megabytes(size)}; the limit is ${megabytes(most)}.`);
  if (size === 0) throw new NoFileError('file_empty');
  return { id, name, size, mimetype, url };
}

/** Another server than Slack's says itself where its files lie. */
const mayHaveToken = (url: string, apiUrl: string): boolean =>
  SLACK_HOSTS.test(new URL(url).hostname) || !SLACK_HOSTS.test(new URL(apiUrl).hostname);

/**
 * A file as it comes, held against what Slack said of it: a sign-in page, nothing, a part, or something else ends with a
 * NoFileError, and never as if it were the file. FileHostError when it may be better later.
 */
export async function* fileContent(client: WebClient, file: SlackFile): AsyncGenerator<Uint8Array> {
  const stalled = new AbortController();
  let timer = setTimeout(() => stalled.abort(), SLOWEST_MS);
  try {
    const { body, isWhole } = await opened(client, file, stalled.signal);
    let size = 0;
    for await (const chunk of body) {
      clearTimeout(timer);
      if (size === 0 && !isWhole && isPage(chunk) && !isHtml(file.mimetype)) throw new NoFileError('file_no_access');
      size += chunk.length;
      if (size > file.size) throw new NoFileError('file_not_itself');
      yield chunk;
      timer = setTimeout(() => stalled.abort(), SLOWEST_MS);
    }
    if (size === 0) throw new NoFileError('file_empty');
    if (size < file.size) throw new NoFileError('file_cut_short');
  } catch (error) {
    if (error instanceof NoFileError || error instanceof FileHostError) throw error;
    throw new FileHostError(`the file could not be read: ${reasonOf(error)}`, { cause: error });
  } finally {
    clearTimeout(timer);
    stalled.abort();
  }
}

interface Opened {
  readonly body: AsyncIterable<Uint8Array>;
  /** It has the length of the file: a page that is the file itself. */
  readonly isWhole: boolean;
}

/** Slack answers a stranger with a redirect to its login page, or with that page itself. */
async function opened(client: WebClient, file: SlackFile, signal: AbortSignal): Promise<Opened> {
  const headers = { authorization: `Bearer ${client.token ?? ''}` };
  const response = await fetch(file.url, { headers, redirect: 'manual', signal });
  const { status, body } = response;
  if (status >= 500 || status === 429 || status === 408)
    throw new FileHostError(`the file could not be read: HTTP ${status}`);
  if (status === 404 || status === 410) throw new NoFileError('file_gone');
  if (status !== 200) throw new NoFileError('file_no_access');
  if (!body) throw new NoFileError('file_empty');
  const isWhole = Number(response.headers.get('content-length')) === file.size;
  if (!isWhole && isHtml(response.headers.get('content-type') ?? '') && !isHtml(file.mimetype))
    throw new NoFileError('file_no_access');
  return { body, isWhole };
}

const isHtml = (type: string) => /^(text\/html|application\/xhtml\+xml)\b/i.test(type);
const isPage = (chunk: Uint8Array) =>
  /^\uFEFF?\s*<(!doctype html|html)\b/i.test(Buffer.from(chunk.subarray(0, 200)).toString('utf8'));

/** Of `fetch` the cause says more than "fetch failed". */
function reasonOf(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? message ?? String(error);
}

/**
 * Writes a file that was handed to Warmline to `to`, as it comes; gives its name. Throws NoFileError or FileHostError as
 * `fileContent` does; rejects with the client's coded errors.
 */
export async function downloadFile(client: WebClient, id: string, to: Writable, most: number): Promise<string> {
  const file = await fileInfo(client, id, most);
  await pipeline(fileContent(client, file), to);
  return file.name;
}
