import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { WebClient } from '@slack/web-api';

/** A file that cannot be had, with a sentence for the person who dropped it. */
export class NoFileError extends Error {}

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6).toLocaleString('en-US')} MB`;

/**
 * Writes a file that was handed to Warmline to `to`, as it comes; gives its name. Throws NoFileError when Slack does not
 * hand it out or it has more than `most` bytes; rejects with the client's coded errors.
 */
export async function downloadFile(client: WebClient, id: string, to: Writable, most: number): Promise<string> {
  const { file } = await client.files.info({ file: id });
  const url = file?.url_private_download ?? file?.url_private;
  if (!url) throw new NoFileError('Slack does not hand out this file any more: drop it again.');
  const tooLarge = () =>
    new NoFileError(`The file has more than ${megabytes(most)}: import it with the command on the server.`);
  if ((file?.size ?? 0) > most) throw tooLarge();
  // Slack answers a stranger with a redirect to its login page.
  const response = await fetch(url, { headers: { authorization: `Bearer ${client.token ?? ''}` }, redirect: 'manual' });
  if (response.status >= 500 || response.status === 429)
    throw new Error(`the file could not be read: HTTP ${response.status}`);
  if (response.status !== 200 || !response.body)
    throw new NoFileError('Slack does not hand out this file any more: drop it again.');
  let size = 0;
  await pipeline(
    response.body,
    async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        size += chunk.length;
        if (size > most) throw tooLarge();
        yield chunk;
      }
    },
    to,
  );
  return file?.name ?? 'the file';
}
