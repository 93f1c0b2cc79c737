import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { WebClient } from '@slack/web-api';
import { amount } from '../domain/wording';
import { refusalOf } from './refusal';

/** Why a file cannot be fetched. */
export type FileFault =
  /** Slack no longer has it, or it is in another service. */
  | 'file_gone'
  /** Slack shows a sign-in page instead. */
  | 'file_no_access'
  | 'file_too_large'
  /** It is empty, shorter than Slack says, or something else. */
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

/** A file that cannot be fetched; the message is a sentence for the person who uploaded it. */
export class NoFileError extends Error {
  constructor(
    readonly fault: FileFault,
    message = WORDS[fault],
  ) {
    super(message);
  }
}

/** The file server has a problem that may pass. */
export class FileHostError extends Error {}

export interface SlackFile {
  readonly id: string;
  readonly name: string;
  /** Bytes, according to Slack. */
  readonly size: number;
  readonly mimetype: string;
  readonly url: string;
}

const PERMISSION = new Set(['missing_scope', 'no_permission', 'not_allowed_token_type', 'access_denied']);
const GONE = new Set(['file_not_found', 'file_deleted', 'not_visible']);
/** Slack's own hosts: no one else gets the token of a Slack workspace. */
const SLACK_HOSTS = /(^|\.)(slack\.com|slack-files\.com|slack-edge\.com|slack-gov\.com)$/;
const SLOWEST_MS = 30_000;
const megabytes = (bytes: number) => `${amount(Math.round(bytes / 1e6))} MB`;

/** Slack's description of a file. Throws NoFileError if it cannot be fetched, or the client's coded errors. */
export async function fileInfo(client: WebClient, id: string, most: number): Promise<SlackFile> {
  const { file } = await client.files.info({ file: id }).catch((error: unknown) => {
    const fault = refusalOf(error) ?? '';
    if (PERMISSION.has(fault)) throw new NoFileError('file_no_access');
    if (GONE.has(fault)) throw new NoFileError('file_gone');
    throw error;
  });
  const url = file?.url_private_download ?? file?.url_private;
  if (!file || !url || file.is_external || !mayHaveToken(url, client.slackApiUrl)) throw new NoFileError('file_gone');
  const { size = 0, name: given, mimetype: type } = file;
  const [name, mimetype] = [given || id, type || '']; // null for an unnamed file
  if (size > most)
    throw new NoFileError('file_too_large', `The file has ${megabytes(size)}; the limit is ${megabytes(most)}.`);
  if (size === 0) throw new NoFileError('file_empty');
  return { id, name, size, mimetype, url };
}

/** A server other than Slack's says itself where its files are. */
const mayHaveToken = (url: string, apiUrl: string): boolean =>
  SLACK_HOSTS.test(new URL(url).hostname) || !SLACK_HOSTS.test(new URL(apiUrl).hostname);

/**
 * A file's content as a stream, checked against Slack's description: a sign-in page, nothing, a part, or something else
 * ends with a NoFileError. Throws FileHostError if it may work later.
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
  /** It has the file's length: a page that is the file itself. */
  readonly isWhole: boolean;
}

/** Slack answers an unauthorized request with a redirect to its login page, or with that page. */
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

/** For `fetch`, the cause says more than "fetch failed". */
function reasonOf(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? message ?? String(error);
}

/** Streams a file to `to`; returns its name. Throws like `fileContent`; rejects with the client's coded errors. */
export async function downloadFile(client: WebClient, id: string, to: Writable, most: number): Promise<string> {
  const file = await fileInfo(client, id, most);
  await pipeline(fileContent(client, file), to);
  return file.name;
}
