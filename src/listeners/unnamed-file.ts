import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';

/** A file that has no name: no one can find it, and nothing is left of it when the process ends, however it ends. */
export async function unnamedFile(): Promise<FileHandle> {
  const path = join(tmpdir(), `warmline-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  await rm(path);
  return file;
}

const PIECE_BYTES = 64 * 1024;

/** Adds to a file, and leaves it open: Node's own stream closes it when what is written fails, and covers that with a fault of its own. */
export const writingTo = (file: FileHandle): Writable =>
  new Writable({
    highWaterMark: PIECE_BYTES,
    write: (chunk: Buffer, _encoding, done) => void file.appendFile(chunk).then(() => done(), done),
    writev: (chunks, done) =>
      void file.appendFile(Buffer.concat(chunks.map(({ chunk }: { chunk: Buffer }) => chunk))).then(() => done(), done),
  });

/** A file from its beginning, all of it through one buffer: a piece holds until the next one is asked for. All but the last are whole. */
export async function* piecesOf(file: FileHandle): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafe(PIECE_BYTES);
  for (let at = 0; ; ) {
    const { bytesRead } = await file.read(buffer, 0, PIECE_BYTES, at);
    if (!bytesRead) return;
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}
