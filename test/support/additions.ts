import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = resolve(__dirname, '../..');
const FIXTURES = join(ROOT, 'test/fixtures/additions');

/** What a developer adds to Warmline: new files, and lines in existing ones. */
export interface Addition {
  /** From a path in the repository to the fixture (in `test/fixtures/additions`), a file or a folder. */
  readonly files: Readonly<Record<string, string>>;
  /** Each goes before the first line with `before`, or else to the end of the file. */
  readonly lines: readonly { readonly in: string; readonly line: string; readonly before?: string }[];
}

/** A copy of the app with additions, compiled. */
export interface Extended {
  /** The compiler's errors for files that are meant to lack something, one per line. */
  readonly faults: readonly string[];
  /** The entry that starts it in its own process: see `startChildApp`. */
  readonly entry: string;
  /** Its app manifest for Socket Mode, as `npm run manifests` writes it. */
  readonly manifest: unknown;
  remove(): Promise<void>;
}

/**
 * A copy of the app with additions. Rejects with the compiler's output if they do not compile, except for the files in
 * `lacking`, which are there for their errors (as in `Addition`).
 */
export async function extended(additions: readonly Addition[], lacking: Addition['files'] = {}): Promise<Extended> {
  const { folder, remove } = await emptyFolder();
  try {
    const parts = ['src', 'test/support/app-process.ts', 'scripts/manifests.ts', 'scripts/manifests'];
    await copyOf(folder, parts, [...additions, { files: lacking, lines: [] }]);
    const said = await compile(folder);
    const isOfLacking = (line: string) => Object.keys(lacking).some((path) => line.includes(path));
    const others = said.filter((line) => !isOfLacking(line));
    if (others.length) throw new Error(`The additions do not compile:\n${others.join('\n')}`);
    const entry = join(folder, 'built/test/support/app-process.js');
    return { entry, manifest: await manifestOf(join(folder, 'built')), faults: said, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** The compiler's errors in a copy of the domain with additions. */
export async function faultsInDomain(additions: readonly Addition[]): Promise<string> {
  const { folder, remove } = await emptyFolder();
  try {
    await copyOf(folder, ['src/domain'], additions);
    return (await compile(folder)).join('\n');
  } finally {
    await remove();
  }
}

/** Below the repository's root, so that its packages are found. */
async function emptyFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  await mkdir(join(ROOT, '.cache'), { recursive: true });
  const folder = await mkdtemp(join(ROOT, '.cache/additions-'));
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

async function copyOf(folder: string, parts: readonly string[], additions: readonly Addition[]): Promise<void> {
  for (const path of parts) await cp(join(ROOT, path), join(folder, path), { recursive: true });
  for (const addition of additions) await add(folder, addition);
}

async function add(folder: string, { files, lines }: Addition): Promise<void> {
  for (const [path, fixture] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await cp(join(FIXTURES, fixture), join(folder, path), { recursive: true, errorOnExist: true, force: false });
  }
  for (const { in: path, line, before } of lines) {
    const old = (await readFile(join(folder, path), 'utf8')).trimEnd().split('\n');
    const at = before === undefined ? old.length : old.findIndex((one) => one.includes(before));
    if (at < 0) throw new Error(`No line of ${path} holds "${before}".`);
    await writeFile(join(folder, path), `${old.toSpliced(at, 0, line).join('\n')}\n`);
  }
}

/** Compiles the copy; returns the compiler's errors. */
async function compile(folder: string): Promise<string[]> {
  const project = {
    extends: join(ROOT, 'tsconfig.json'),
    compilerOptions: { noEmit: false, rootDir: '.', outDir: 'built', types: ['node'] },
    include: ['src', 'scripts', 'test'],
    exclude: [],
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(project));
  // The app reads its version at the same relative path.
  await cp(join(ROOT, 'package.json'), join(folder, 'built/package.json'));
  const said = await run(join(ROOT, 'node_modules/.bin/tsc'), ['-p', folder]).then(
    () => '',
    (error: { stdout?: string }) => {
      if (!error.stdout) throw error;
      return error.stdout;
    },
  );
  // Indented lines belong to the line before.
  return said.split(/\n(?=\S)/).filter((fault) => fault.includes('error TS'));
}

async function manifestOf(built: string): Promise<unknown> {
  await cp(join(ROOT, 'manifests'), join(built, 'manifests'), { recursive: true });
  await run(process.execPath, [join(built, 'scripts/manifests.js')]);
  return JSON.parse(await readFile(join(built, 'manifests/socket.json'), 'utf8'));
}
