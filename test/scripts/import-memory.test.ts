import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import manifest from '../../manifests/socket.json';
import { startWorkspace, type Workspace } from '../../sandbox/workspace';
import { freshDatabase } from '../support/engine';
import { NIGHTLY } from '../support/nightly';
import { program } from '../support/programs';

/** The command in its own process, with a heap that a list of every row's faults would fill. */
const HEAP_MB = 160;
const MILLION = 1_000_000;
jest.setTimeout(NIGHTLY ? 10 * 60_000 : 60_000);
const SPS = 'sp_account,name,area,phone,email,status';

let workspace: Workspace;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let folder: string;
beforeAll(async () => {
  [workspace, database, folder] = await Promise.all([
    startWorkspace({ manifest, users: [{ name: 'dana' }], channels: [] }),
    freshDatabase(),
    mkdtemp(join(tmpdir(), 'import-memory-')),
  ]);
});
afterAll(async () => {
  await Promise.all([workspace.stop(), database.drop(), rm(folder, { recursive: true })]);
});

/** Imports a file of many rows; returns how the process ended and its output. */
async function imported(name: string, rows: number, rowAt: (i: number) => string) {
  const path = join(folder, name);
  function* content() {
    yield `${SPS}\r\n`;
    for (let i = 0; i < rows; i += 1000)
      yield `${Array.from({ length: 1000 }, (_, n) => rowAt(i + n)).join('\r\n')}\r\n`;
  }
  await pipeline(Readable.from(content()), createWriteStream(path));
  const command = [program('scripts/import.ts'), '--sps', path, '--dry-run'];
  const env = {
    ...process.env,
    MONGODB_URI: database.uri,
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_API_URL: workspace.apiUrl,
    NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}`,
  };
  return new Promise<{ code: number | string | null | undefined; out: string; err: string }>((resolve) => {
    execFile(process.execPath, command, { env, maxBuffer: 1e9 }, (error, out, err) =>
      resolve({ code: error ? (error.code ?? error.signal) : 0, out, err }),
    );
  });
}
it.each([
  ['blank rows', 250_000, () => ',,,,,', 0, (n: number) => `${n.toLocaleString('en-US')} blank rows were skipped`, 0],
  ['bad rows', 25_000, (i: number) => `?${i},"Joe",Nowhere,,x,y`, 2, (n: number) => `${n * 4} faults`, 1001],
  ['open quotes', 250_000, (i: number) => `SP${i},"Joe,Nowhere,,,`, 2, (n: number) => `${n} faults`, 1001],
] as const)('%s take no more memory, however many', async (name, some, rowAt, code, words, complaints) => {
  const rows = NIGHTLY ? MILLION : some;
  const started = Date.now();
  const ended = await imported(`${name}.csv`, rows, rowAt);
  expect(ended.err.split('\n').filter(Boolean)).toHaveLength(complaints);
  expect(ended.out).toContain(words(rows));
  expect(ended.code).toBe(code);
  if (NIGHTLY) process.stdout.write(`${rows} ${name} in ${Date.now() - started} ms, heap of ${HEAP_MB} MB\n`);
});
