import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { MongoInstance } from 'mongodb-memory-server-core';
import { getFreePort } from 'mongodb-memory-server-core/lib/util/getport';
import { type MongodOpts, MongoInstanceEvents } from 'mongodb-memory-server-core/lib/util/MongoInstance';
import { ResolveConfigVariables, setDefaultValue } from 'mongodb-memory-server-core/lib/util/resolveConfig';
import { mongo } from 'mongoose';
import { databaseOf, withDatabase, withoutCredentials } from './connection-string';
import { dropInMongod, NoJava } from './drop-in';
import { messageOf } from './error-facts';
import { findMongod } from './find-mongod';

const DATABASE = 'warmline';
const CACHE_DIR = resolve(__dirname, '../../.cache');
/** mongodb-memory-server ends the engine of a killed process within 2 s; until then its folder is locked. */
const PATIENCE_MS = 5_000;
const LOCK_RETRY_MS = 250;

// We check versions ourselves, and any mongod from 6 on will do.
setDefaultValue(ResolveConfigVariables.SYSTEM_BINARY_VERSION_CHECK, 'false');

export type DatabaseOptions = {
  /** Where data are kept between runs; by default in memory or in a temporary folder. */
  dataDir?: string;
  /** The preferred port; if it is busy or not given, any free one. */
  port?: number;
  log: (line: string) => void;
  /** How long to wait for a database that is in use or does not answer (ms). */
  patienceMs?: number;
  /** For builds and downloads; by default the project's `.cache`. */
  cacheDir?: string;
  /** Source of MONGODB_URI, PATH, JAVA_HOME, proxies and MONGOMS_RUNTIME_DOWNLOAD. */
  env?: NodeJS.ProcessEnv;
};

export type Database = {
  /** The connection string, with a database name. */
  uri: string;
  engine: 'external' | 'mongod' | 'drop-in';
  /** Which engine runs, in one line. */
  describe: string;
  /** False on the drop-in, which answers every query by a scan, so it must not be measured. */
  hasSecondaryIndexes: boolean;
  /** Stops the engine if it was started here; an external one is not touched. */
  stop(): Promise<void>;
  /** The engine's process, if it was started here. */
  pid?: number;
  /** The connection string of another database on the same server. */
  databaseUri(name: string): string;
};

/**
 * A running database: the one in MONGODB_URI, else a real `mongod` that is found or downloaded, else our drop-in. Logs
 * one line that says which.
 * @throws an error that lists the alternatives if there is none, and a clear one if the data folder is in use.
 */
export async function startDatabase(options: DatabaseOptions): Promise<Database> {
  const { log, env = process.env, cacheDir = CACHE_DIR, patienceMs = PATIENCE_MS } = options;
  const database = env.MONGODB_URI
    ? await external(env.MONGODB_URI, patienceMs)
    : await embedded(await chooseBinary(cacheDir, env, log), { ...options, env, patienceMs });
  log(database.describe);
  return database;
}

async function external(uri: string, patienceMs: number): Promise<Database> {
  const shown = withoutCredentials(uri);
  const client = new mongo.MongoClient(withDatabase(uri, databaseOf(uri) || DATABASE), {
    serverSelectionTimeoutMS: patienceMs,
  });
  try {
    await client.db().command({ ping: 1 });
    return {
      uri: databaseOf(uri) ? uri : withDatabase(uri, DATABASE),
      engine: 'external',
      describe: `Database: the MongoDB that MONGODB_URI names, ${shown}`,
      hasSecondaryIndexes: await explains(client.db()),
      stop: async () => undefined,
      databaseUri: (name) => withDatabase(uri, name),
    };
  } catch (error) {
    throw new Error(
      `No database answers at ${shown}: ${messageOf(error)}. Start it, correct MONGODB_URI, or unset MONGODB_URI to have one started here.`,
    );
  } finally {
    await client.close();
  }
}

/** A server that plans its queries can explain them; the drop-in, which always scans, cannot. */
async function explains(db: mongo.Db): Promise<boolean> {
  try {
    await db.command({ explain: { find: 'any', filter: {} } });
    return true;
  } catch (error) {
    const COMMAND_NOT_FOUND = 59;
    if (error instanceof mongo.MongoServerError && error.code === COMMAND_NOT_FOUND) return false;
    throw error;
  }
}

/** The options with their defaults. */
type Resolved = DatabaseOptions & { env: NodeJS.ProcessEnv; patienceMs: number };
type Binary = { path: string; engine: 'mongod' | 'drop-in'; found: string };

async function chooseBinary(cacheDir: string, env: NodeJS.ProcessEnv, log: (line: string) => void): Promise<Binary> {
  const mongod = await findMongod(cacheDir, env, log);
  if (mongod) return { ...mongod, engine: 'mongod' };
  try {
    const path = await dropInMongod(cacheDir, env, log);
    return { path, engine: 'drop-in', found: 'the drop-in for mongod (no MongoDB here, and none to download)' };
  } catch (error) {
    if (!(error instanceof NoJava)) throw error;
    throw new Error(
      `There is no database to run: no mongod is installed or downloadable, and ${error.message}. Do one of three: ` +
        'install MongoDB 6 or later (mongod on the PATH); set MONGODB_URI to a running one; or install a JDK 17 or later and Maven.',
    );
  }
}

async function embedded(binary: Binary, { dataDir, port, log, env, patienceMs }: Resolved): Promise<Database> {
  const kept = dataDir && resolve(dataDir, binary.engine);
  const dbPath = kept ?? (await mkdtemp(join(tmpdir(), 'warmline-database-')));
  await mkdir(dbPath, { recursive: true });
  const options: MongodOpts = {
    instance: {
      port: await getFreePort(port),
      ip: '127.0.0.1',
      dbPath,
      storageEngine: 'wiredTiger',
      launchTimeout: 60_000,
      args: binary.engine === 'drop-in' && !kept ? ['--ephemeral'] : [],
    },
    binary: { systemBinary: binary.path },
    // Ctrl-C in a terminal reaches a whole process group: the engine must outlive the app that is still closing.
    spawn: { detached: true, env },
  };
  const instance = await startWhenUnlocked(options, dbPath, patienceMs);
  let stopping = false;
  instance.once(MongoInstanceEvents.instanceClosed, () => {
    if (stopping) return;
    log(`The database stopped by itself. What it had confirmed is ${kept ? `kept in ${kept}` : 'gone'}; start again.`);
  });
  const { port: boundPort } = instance.instanceOpts;
  const pid = instance.mongodProcess?.pid;
  const databaseUri = (name: string) => `mongodb://127.0.0.1:${boundPort}/${name}`;
  return {
    uri: databaseUri(DATABASE),
    engine: binary.engine,
    describe: `Database: ${binary.found}, on port ${boundPort}, data ${kept ? `in ${kept}` : 'not kept'}`,
    hasSecondaryIndexes: binary.engine === 'mongod',
    ...(pid !== undefined && { pid }),
    databaseUri,
    stop: async () => {
      stopping = true;
      await instance.stop();
      if (!kept) await rm(dbPath, { recursive: true, force: true });
    },
  };
}

async function startWhenUnlocked(options: MongodOpts, dbPath: string, patienceMs: number): Promise<MongoInstance> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      return await MongoInstance.create(options);
    } catch (error) {
      if (!/DBPathInUse/.test(messageOf(error))) throw error;
      if (Date.now() > deadline) {
        throw new Error(`${dbPath} is in use by another database process. Stop that one, or use another data folder.`);
      }
      await setTimeout(LOCK_RETRY_MS);
    }
  }
}
