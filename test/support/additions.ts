import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = resolve(__dirname, '../..');
const FIXTURES = join(ROOT, 'test/fixtures/additions');

/** What somebody adds to Warmline: files of their own, and lines in files that are there. */
export interface Addition {
  /** From its path in the repository to the fixture (in `test/fixtures/additions`), a file or a folder. */
  readonly files: Readonly<Record<string, string>>;
  /** Each goes before the first line that holds `before`, or else to the end of the file. */
  readonly lines: readonly { readonly in: string; readonly line: string; readonly before?: string }[];
}

/** A copy of the app with additions, compiled. */
export interface Extended {
  /** What the compiler says of the files that are meant to lack something, a line each. */
  readonly faults: readonly string[];
  /** What starts it in a process of its own: see `startChildApp`. */
  readonly entry: string;
  /** Its app manifest for Socket Mode, as `npm run manifests` writes it. */
  readonly manifest: unknown;
  remove(): Promise<void>;
}

/**
 * A copy of the app with additions. Rejects with what the compiler says when they do not compile, except of the files in
 * `lacking`, which are there for their faults (as in `Addition`).
 */
export async function extended(additions: readonly Addition[], lacking: Addition['files'] = {}): Promise<Extended> {
  await mkdir(join(ROOT, '.cache'), { recursive: true });
  // Below the repository's root, so that its packages are found.
  const folder = await mkdtemp(join(ROOT, '.cache/additions-'));
  const remove = () => rm(folder, { recursive: true });
  try {
    await cp(join(ROOT, 'src'), join(folder, 'src'), { recursive: true });
    for (const path of ['test/support/app-process.ts', 'scripts/manifests.ts', 'scripts/manifests'])
      await cp(join(ROOT, path), join(folder, path), { recursive: true });
    for (const addition of [...additions, { files: lacking, lines: [] }]) await add(folder, addition);
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

/** Compiles the copy; gives the faults that the compiler finds. */
async function compile(folder: string): Promise<string[]> {
  const project = {
    extends: join(ROOT, 'tsconfig.json'),
    compilerOptions: { noEmit: false, rootDir: '.', outDir: 'built', types: ['node'] },
    include: ['src', 'scripts', 'test'],
    exclude: [],
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(project));
  // The app reads its version beside its sources.
  await cp(join(ROOT, 'package.json'), join(folder, 'built/package.json'));
  const said = await run(join(ROOT, 'node_modules/.bin/tsc'), ['-p', folder]).then(
    () => '',
    (error: { stdout?: string }) => {
      if (!error.stdout) throw error;
      return error.stdout;
    },
  );
  // What is indented belongs to the line before it.
  return said.split(/\n(?=\S)/).filter((fault) => fault.includes('error TS'));
}

async function manifestOf(built: string): Promise<unknown> {
  await cp(join(ROOT, 'manifests'), join(built, 'manifests'), { recursive: true });
  await run(process.execPath, [join(built, 'scripts/manifests.js')]);
  return JSON.parse(await readFile(join(built, 'manifests/socket.json'), 'utf8'));
}
