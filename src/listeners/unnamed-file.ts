import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';

/** A file without a name: no one can find it, and it is gone when the process ends, however it ends. */
export async function unnamedFile(): Promise<FileHandle> {
  const path = join(tmpdir(), `warmline-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  await rm(path);
  return file;
}

const PIECE_BYTES = 64 * 1024;

/** Appends to a file, and leaves it open: Node's own stream closes it if writing fails, and hides that error. */
export const writingTo = (file: FileHandle): Writable =>
  new Writable({
    highWaterMark: PIECE_BYTES,
    write: (chunk: Buffer, _encoding, done) => void file.appendFile(chunk).then(() => done(), done),
    writev: (chunks, done) =>
      void file.appendFile(Buffer.concat(chunks.map(({ chunk }: { chunk: Buffer }) => chunk))).then(() => done(), done),
  });

/** A file through one buffer: a piece is valid until the next one is requested. All but the last are full. */
export async function* piecesOf(file: FileHandle): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafe(PIECE_BYTES);
  for (let at = 0; ; ) {
    const { bytesRead } = await file.read(buffer, 0, PIECE_BYTES, at);
    if (!bytesRead) return;
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}
