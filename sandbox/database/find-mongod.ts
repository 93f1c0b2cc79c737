import { execFile } from 'node:child_process';
import { access, constants, mkdir, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { DryMongoBinary, MongoBinary } from 'mongodb-memory-server-core';
import { MongoBinaryDownloadUrl } from 'mongodb-memory-server-core/lib/util/MongoBinaryDownloadUrl';
import { ResolveConfigVariables, setDefaultValue } from 'mongodb-memory-server-core/lib/util/resolveConfig';
import { messageOf } from './error-facts';

const run = promisify(execFile);

const OLDEST = 6;
const CONNECT_MS = 3_000;
const FORGET_FAILURE_MS = 24 * 60 * 60 * 1000;

/** A real `mongod`: its path, and its name for the log. */
export type Mongod = { path: string; found: string };

/**
 * A real `mongod` of version 6 or later: on the PATH, in mongodb-memory-server's cache, or downloaded into it. A failed
 * download is not tried again for a day; `MONGOMS_RUNTIME_DOWNLOAD=true` tries now, `false` never. Undefined if there
 * is none.
 */
export async function findMongod(
  cacheDir: string,
  env: NodeJS.ProcessEnv,
  log: (line: string) => void,
): Promise<Mongod | undefined> {
  return (await onPath(env, log)) ?? (await inCache()) ?? (await downloaded(cacheDir, env, log));
}

async function onPath(env: NodeJS.ProcessEnv, log: (line: string) => void): Promise<Mongod | undefined> {
  const named = env.MONGOMS_SYSTEM_BINARY;
  const onThePath = (env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'mongod'));
  for (const path of named ? [named] : onThePath) {
    if (!(await isExecutable(path))) continue;
    const { stdout } = await run(path, ['--version'], { env });
    const version = /db version v(\d+)\.[\d.]+/.exec(stdout);
    if (Number(version?.[1]) >= OLDEST) return { path, found: `${version?.[0]} at ${path}` };
    log(`Passing over ${path}: version ${OLDEST} or later is needed, and it says "${stdout.split('\n', 1)[0]}".`);
  }
  return undefined;
}

async function inCache(): Promise<Mongod | undefined> {
  const path = await DryMongoBinary.locateBinary(await DryMongoBinary.generateOptions()).catch(noneForThisSystem);
  return path ? { path, found: `downloaded earlier, ${path}` } : undefined;
}

async function downloaded(
  cacheDir: string,
  env: NodeJS.ProcessEnv,
  log: (line: string) => void,
): Promise<Mongod | undefined> {
  const wish = env.MONGOMS_RUNTIME_DOWNLOAD;
  const failure = join(cacheDir, 'mongod-download-failed');
  if (wish === 'false' || (wish !== 'true' && (await failedLately(failure)))) return undefined;
  try {
    const url = new URL(await downloadUrl());
    await reach(url, env);
    log(`Downloading MongoDB from ${url.host} (once) ...`);
    setDefaultValue(ResolveConfigVariables.MAX_RETRIES, '1');
    const path = await MongoBinary.getPath();
    return { path, found: `downloaded, ${path}` };
  } catch (error) {
    const reason = messageOf(error);
    await mkdir(cacheDir, { recursive: true });
    await writeFile(failure, `${reason}\n`);
    log(
      `MongoDB could not be downloaded (${reason}); tried again tomorrow, or now with MONGOMS_RUNTIME_DOWNLOAD=true.`,
    );
    return undefined;
  }
}

async function downloadUrl(): Promise<string> {
  const { version, platform, arch, os } = await DryMongoBinary.generateOptions();
  return new MongoBinaryDownloadUrl({ version, platform, arch, ...(os && { os }) }).getDownloadUrl();
}

/** Checks the server (or its proxy) first, because the library itself waits a minute for an answer. */
async function reach(url: URL, env: NodeJS.ProcessEnv): Promise<void> {
  const proxy = env.https_proxy ?? env.HTTPS_PROXY ?? env.http_proxy ?? env.HTTP_PROXY;
  const { hostname, port, protocol } = proxy ? new URL(proxy) : url;
  await new Promise<void>((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) || (protocol === 'http:' ? 80 : 443) });
    socket.setTimeout(CONNECT_MS, () => socket.destroy(new Error(`${hostname} did not answer in ${CONNECT_MS} ms`)));
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
  });
}

async function failedLately(file: string): Promise<boolean> {
  const failedAt = await stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  return Date.now() - failedAt < FORGET_FAILURE_MS;
}

const isExecutable = (path: string) =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

/** The library refuses systems without MongoDB binaries, so nothing is cached. */
const noneForThisSystem = () => undefined;
