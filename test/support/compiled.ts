import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** The repository. */
export const ROOT = resolve(__dirname, '../..');

/**
 * Compiles an app for a process of its own, as it would run in production, into `.cache/<name>`; gives the folder that
 * stands for the repository's root. Rejects with what the compiler said.
 */
export async function compiled(project: string, name: string): Promise<string> {
  const folder = join(ROOT, '.cache', name);
  const compiler = join(ROOT, 'node_modules/.bin/tsc');
  await promisify(execFile)(compiler, ['-p', project]).catch((error: { stdout?: string }) => {
    throw new Error(`The app could not be compiled:\n${error.stdout ?? error}`);
  });
  // The app reads its version beside its sources.
  await mkdir(folder, { recursive: true });
  await removeStale(folder);
  await copyFile(join(ROOT, 'package.json'), join(folder, 'package.json'));
  return folder;
}

/** What an earlier run compiled from sources that are gone: a file would hide the folder that took its place. */
async function removeStale(folder: string): Promise<void> {
  const isStale = (file: string) => file.endsWith('.js') && !existsSync(join(ROOT, file.replace(/\.js$/, '.ts')));
  for (const file of (await readdir(folder, { recursive: true })).filter(isStale)) await rm(join(folder, file));
}
