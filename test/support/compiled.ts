import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** The repository. */
export const ROOT = resolve(__dirname, '../..');

/**
 * Compiles an app for its own process, as for production, into `.cache/<name>`; returns the folder that stands in for
 * the repository's root. Rejects with the compiler's output.
 */
export async function compiled(project: string, name: string): Promise<string> {
  const folder = join(ROOT, '.cache', name);
  const compiler = join(ROOT, 'node_modules/.bin/tsc');
  await promisify(execFile)(compiler, ['-p', project]).catch((error: { stdout?: string }) => {
    throw new Error(`The app could not be compiled:\n${error.stdout ?? error}`);
  });
  // The app reads its version at the same relative path.
  await mkdir(folder, { recursive: true });
  await removeStale(folder);
  await copyFile(join(ROOT, 'package.json'), join(folder, 'package.json'));
  return folder;
}

/** Removes output of sources that are gone: a file could hide the folder that replaced it. */
async function removeStale(folder: string): Promise<void> {
  const isStale = (file: string) => file.endsWith('.js') && !existsSync(join(ROOT, file.replace(/\.js$/, '.ts')));
  for (const file of (await readdir(folder, { recursive: true })).filter(isStale)) await rm(join(folder, file));
}
