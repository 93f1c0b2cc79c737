import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file that has no name: nobody can find it, and nothing is left of it when the process ends, however it ends. */
export async function unnamedFile(): Promise<FileHandle> {
  const path = join(tmpdir(), `warmline-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  await rm(path);
  return file;
}
