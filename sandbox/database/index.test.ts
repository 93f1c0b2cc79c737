import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { mongo } from 'mongoose';
import { NIGHTLY } from '../../test/support/nightly';
import { type Database, startDatabase } from '.';
import { dropInMongod } from './drop-in';

const CACHE_DIR = resolve(__dirname, '../../.cache');

/** With a real mongod, Java is not needed, and the drop-in cannot be tried. */
const programs = [
  ['javac', '-version'],
  ['mvn', '-v'],
] as const;
const canBuild = programs.every(([program, question]) => spawnSync(program, [question]).status === 0);
const describeDropIn = canBuild ? describe : describe.skip;

/** These tests choose the engine themselves, regardless of the environment. */
const { MONGODB_URI: _uri, MONGOMS_SYSTEM_BINARY: _binary, ...plain } = process.env;
const offline: NodeJS.ProcessEnv = { ...plain, MONGOMS_RUNTIME_DOWNLOAD: 'false' };

let folder: string;
let lines: string[];
const log = (line: string) => lines.push(line);
const running: Database[] = [];
const start = async (options: Partial<Parameters<typeof startDatabase>[0]> = {}): Promise<Database> => {
  const database = await startDatabase({ log, env: offline, ...options });
  running.push(database);
  return database;
};

beforeAll(async () => {
  // With a real mongod on the PATH, this file tries the drop-in anyway.
  offline.PATH = await pathWithout('mongod');
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'warmline-database-'));
  lines = [];
});
afterEach(async () => {
  for (const database of running.splice(0)) await database.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The PATH without the folders that contain this program. */
async function pathWithout(name: string): Promise<string> {
  const folders = (process.env.PATH ?? '').split(':');
  const holding = await Promise.all(folders.map((path) => readdir(path).catch((): string[] => [])));
  return folders.filter((_, i) => !holding[i]?.includes(name)).join(':');
}

/** Connects, runs the work, and disconnects. */
async function using<T>(uri: string, work: (db: mongo.Db) => Promise<T>): Promise<T> {
  const client = await mongo.MongoClient.connect(uri);
  try {
    return await work(client.db());
  } finally {
    await client.close();
  }
}
const write = (uri: string, _id: string) =>
  using(uri, (db) => db.collection<{ _id: string }>('kept').insertOne({ _id }, { writeConcern: { w: 'majority' } }));
const count = (uri: string) => using(uri, (db) => db.collection('kept').countDocuments({}));

/** A program that claims to be mongod of this version; started, it is our drop-in. */
async function mongodOf(version: string): Promise<string> {
  const bin = join(folder, 'bin');
  await mkdir(bin);
  const dropIn = await dropInMongod(CACHE_DIR, offline, log);
  const script = `#!/bin/sh\n[ "$1" = --version ] && echo "db version v${version}" && exit 0\nexec "${dropIn}" "$@"\n`;
  await writeFile(join(bin, 'mongod'), script);
  await chmod(join(bin, 'mongod'), 0o755);
  return bin;
}

describeDropIn('where the database comes from', () => {
  test('MONGODB_URI wins, and its server is not stopped', async () => {
    const theirs = await start();
    const ours = await startDatabase({ log, env: { MONGODB_URI: theirs.uri } });
    expect(ours).toMatchObject({ engine: 'external', uri: theirs.uri, hasSecondaryIndexes: false });
    expect(lines.at(-1)).toBe(`Database: the MongoDB that MONGODB_URI names, ${theirs.uri}`);
    await ours.stop();
    await write(theirs.uri, 'still there');
    expect(await count(ours.databaseUri('warmline'))).toBe(1);
  });

  test('a mongod 6 or later on the PATH is used', async () => {
    const bin = await mongodOf('7.0.5');
    const database = await start({ env: { ...offline, PATH: `${bin}:${offline.PATH}` } });
    expect(database).toMatchObject({ engine: 'mongod', hasSecondaryIndexes: true });
    expect(lines).toEqual([expect.stringContaining(`db version v7.0.5 at ${join(bin, 'mongod')}`)]);
    await write(database.uri, 'a');
  });

  test('an older mongod on the PATH is skipped, with a line that says so', async () => {
    const bin = await mongodOf('4.4.29');
    const database = await start({ env: { ...offline, PATH: `${bin}:${offline.PATH}` } });
    expect(database.engine).toBe('drop-in');
    expect(lines[0]).toContain('version 6 or later is needed, and it says "db version v4.4.29"');
  });

  describe('if there is none', () => {
    const mirror = process.env.MONGOMS_DOWNLOAD_MIRROR;
    afterEach(() => {
      if (mirror === undefined) delete process.env.MONGOMS_DOWNLOAD_MIRROR;
      else process.env.MONGOMS_DOWNLOAD_MIRROR = mirror;
    });

    test('a failed download leads to the drop-in, and is not repeated that day unless requested', async () => {
      let knocks = 0;
      const closedNetwork = createServer((socket) => {
        knocks++;
        socket.destroy();
      });
      await new Promise<void>((ready) => closedNetwork.listen(0, '127.0.0.1', ready));
      const address = closedNetwork.address();
      const port = address && typeof address === 'object' ? address.port : 0;
      process.env.MONGOMS_DOWNLOAD_MIRROR = `https://127.0.0.1:${port}`;
      const cacheDir = join(folder, 'cache');
      await mkdir(cacheDir);
      const built = await dropInMongod(CACHE_DIR, offline, log);
      await symlink(resolve(built, '..'), join(cacheDir, built.split('/').at(-2) ?? ''));
      const { MONGOMS_RUNTIME_DOWNLOAD: _never, ...online } = offline;

      expect((await start({ cacheDir, env: online })).engine).toBe('drop-in');
      expect(knocks).toBeGreaterThan(0);
      expect(lines.join('\n')).toContain('MongoDB could not be downloaded');

      const knocksBefore = knocks;
      await start({ cacheDir, env: online });
      expect(knocks).toBe(knocksBefore);

      await start({ cacheDir, env: { ...online, MONGOMS_RUNTIME_DOWNLOAD: 'true' } });
      expect(knocks).toBeGreaterThan(knocksBefore);
      await new Promise((closed) => closedNetwork.close(closed));
    });

    test('without Java and Maven, too, one error names the three alternatives', async () => {
      const attempt = startDatabase({
        log,
        cacheDir: folder,
        env: { PATH: folder, MONGOMS_RUNTIME_DOWNLOAD: 'false' },
      });
      await expect(attempt).rejects.toThrow(
        /no mongod.*Java is not installed.*install MongoDB 6.*set MONGODB_URI.*install a JDK 17 or later and Maven/,
      );
    });
  });

  test('an external database that does not answer is named, without its password', async () => {
    const attempt = startDatabase({ log, patienceMs: 200, env: { MONGODB_URI: 'mongodb://me:secret@127.0.0.1:1/x' } });
    await expect(attempt).rejects.toThrow(/No database answers at mongodb:\/\/127\.0\.0\.1:1\/x: .*unset MONGODB_URI/);
  });
});

describeDropIn('the drop-in', () => {
  test('keeps data over a stop and a start, and nothing without a data folder', async () => {
    const dataDir = join(folder, 'not', 'there', 'yet');
    const first = await start({ dataDir });
    await write(first.uri, 'a');
    await first.stop();
    const second = await start({ dataDir });
    expect(await count(second.uri)).toBe(1);
    expect(await count((await start()).uri)).toBe(0);
  });

  test('loses nothing it confirmed if it is killed', async () => {
    const first = await start({ dataDir: folder });
    const confirmed: string[] = [];
    const client = await mongo.MongoClient.connect(first.uri, { serverSelectionTimeoutMS: 500 });
    const kept = client.db().collection<{ _id: string; v: number }>('kept');
    const halfWay = NIGHTLY ? 2_000 : 300;
    let gone = false;
    const writer = async (name: number) => {
      for (let i = 0; !gone; i++) {
        const _id = `${name}-${i}`;
        try {
          await kept.insertOne({ _id, v: 0 });
          await kept.updateOne({ _id }, { $set: { v: 1 } });
        } catch (error) {
          if (!(error instanceof mongo.MongoError)) throw error;
          gone = true;
          return;
        }
        confirmed.push(_id);
        if (confirmed.length === halfWay) process.kill(first.pid ?? 0, 'SIGKILL');
      }
    };
    await Promise.all(Array.from({ length: 10 }, (_, name) => writer(name)));
    await client.close();

    const second = await start({ dataDir: folder });
    const found = await using(second.uri, (db) => db.collection<{ _id: string }>('kept').find({ v: 1 }).toArray());
    const survivors = new Set(found.map(({ _id }) => _id));
    expect(confirmed.length).toBeGreaterThanOrEqual(halfWay);
    expect(confirmed.filter((id) => !survivors.has(id))).toEqual([]);
    expect(lines.filter((line) => line.includes('stopped by itself'))).toHaveLength(1);
  });

  test('refuses a data folder in use', async () => {
    await start({ dataDir: folder });
    await expect(start({ dataDir: folder, patienceMs: 0 })).rejects.toThrow(/is in use by another database process/);
  });

  // Each build takes Maven about ten seconds.
  if (NIGHTLY)
    test('is built once by simultaneous processes', async () => {
      const paths = await Promise.all([dropInMongod(folder, offline, log), dropInMongod(folder, offline, log)]);
      expect(paths[0]).toBe(paths[1]);
      expect(await readdir(folder)).toEqual([expect.stringMatching(/^drop-in-[0-9a-f]{16}$/)]);
      const built = lines.length;
      await dropInMongod(folder, offline, log);
      expect(lines).toHaveLength(built);
    });
});
