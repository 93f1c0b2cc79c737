import { execFile } from 'node:child_process';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { compiled } from './compiled';

const run = promisify(execFile);
const ROOT = resolve(__dirname, '../..');
const FIXTURES = join(ROOT, 'test/fixtures/additions');

/** What somebody adds to the source: a folder of their own, and lines in files that are there. */
export interface Addition {
  /** A folder of `test/fixtures/additions`, and where it goes under `src/`. */
  readonly folder: string;
  readonly to: string;
  /** In a file under `src/`, the addition's own included: what it says once, and what it says instead. */
  readonly edits: readonly { readonly file: string; readonly from: string; readonly to: string }[];
}

/** A copy of the source with an addition, compiled. */
export interface Added {
  /** What runs it in a process of its own, in place of `test/support/app-process.ts`. */
  readonly entry: string;
  /** The app manifest for Socket Mode, as `npm run manifests` writes it there. */
  readonly manifest: unknown;
}

/** Adds to a copy of the source in `.cache/<name>`, checks its types and compiles it. Rejects with what the compiler said. */
export async function withAddition(name: string, addition: Addition): Promise<Added> {
  const project = await copied(name, addition, ['src', 'scripts', 'test']);
  const out = await compiled(project, join(name, 'out'));
  await cp(join(ROOT, 'manifests'), join(out, 'manifests'), { recursive: true });
  await run(process.execPath, [join(out, 'scripts/manifests.js')]);
  return {
    entry: join(out, 'test/support/app-process.js'),
    manifest: JSON.parse(await readFile(join(out, 'manifests/socket.json'), 'utf8')),
  };
}

/** Compiles the domain alone with an addition; rejects with what the compiler said. */
export async function domainWith(name: string, addition: Addition): Promise<void> {
  await compiled(await copied(name, addition, ['src/domain']), join(name, 'out'));
}

/** Writes the copy; gives the project that compiles these folders of it. */
async function copied(name: string, { folder, to, edits }: Addition, include: readonly string[]): Promise<string> {
  const copy = join(ROOT, '.cache', name);
  await rm(copy, { recursive: true, force: true });
  for (const path of ['src', 'scripts/manifests', 'scripts/manifests.ts', 'test/support/app-process.ts'])
    await cp(join(ROOT, path), join(copy, path), { recursive: true });
  await cp(join(FIXTURES, folder), join(copy, 'src', to), { recursive: true });
  for (const { file, from, to: after } of edits) await edit(join(copy, 'src', file), from, after);
  const project = join(copy, 'tsconfig.json');
  const compilerOptions = { noEmit: false, outDir: 'out', rootDir: '.', types: ['node'] };
  await writeFile(project, JSON.stringify({ extends: '../../tsconfig.json', compilerOptions, include, exclude: [] }));
  return project;
}

async function edit(file: string, from: string, to: string): Promise<void> {
  const before = await readFile(file, 'utf8');
  if (before.split(from).length !== 2) throw new Error(`${file} does not say this once: ${from}`);
  await writeFile(file, before.replace(from, to));
}
