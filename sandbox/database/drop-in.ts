import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify, types } from 'node:util';
import { isMissing, messageOf } from './error-facts';

const run = promisify(execFile);

const PROJECT = join(__dirname, 'drop-in');
const SOURCES = ['pom.xml', 'src/main/java/DropInMongod.java'];
const GOALS = ['compiler:compile', 'dependency:copy-dependencies', 'jar:jar'];

/** What mongodb-memory-server starts; `--version` answers like mongod, without starting Java. */
const LAUNCHER = `#!/bin/sh
if [ "$1" = --version ]; then
  echo 'db version v5.0.0'
  echo 'Warmline drop-in: mongo-java-server'
  exit 0
fi
here=$(cd "$(dirname "$0")" && pwd)
exec "\${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:+UseSerialGC -cp "$here/lib/*" DropInMongod "$@"
`;

/** There is no JDK 17+ or no Maven, so the drop-in can be neither built nor run. */
export class NoJava extends Error {}

/**
 * The path of the drop-in `mongod`, built into `cacheDir` if these sources were not built there before. Simultaneous
 * builds do not conflict: each uses its own folder, and the first to finish wins.
 * @throws {NoJava} if Java or Maven are missing or too old.
 */
export async function dropInMongod(
  cacheDir: string,
  env: NodeJS.ProcessEnv,
  log: (line: string) => void,
): Promise<string> {
  const java = env.JAVA_HOME ? join(env.JAVA_HOME, 'bin', 'java') : 'java';
  await demandJava17(java, env);
  const home = join(cacheDir, `drop-in-${await sourceHash()}`);
  if (!(await exists(home))) {
    log('Building the stand-in for MongoDB (once, with Maven; it takes some seconds) ...');
    await build(cacheDir, home, env);
  }
  return join(home, 'mongod');
}

async function sourceHash(): Promise<string> {
  const hash = createHash('sha256').update(LAUNCHER);
  for (const source of SOURCES) hash.update(await readFile(join(PROJECT, source)));
  return hash.digest('hex').slice(0, 16);
}

async function build(cacheDir: string, home: string, env: NodeJS.ProcessEnv): Promise<void> {
  await mkdir(cacheDir, { recursive: true });
  const work = await mkdtemp(join(cacheDir, 'building-'));
  try {
    for (const source of SOURCES) await cp(join(PROJECT, source), join(work, source));
    await maven(work, env);
    const ready = join(work, 'ready');
    await cp(join(work, 'target', 'dependency'), join(ready, 'lib'), { recursive: true });
    await cp(join(work, 'target', 'drop-in-mongod-1.0.0.jar'), join(ready, 'lib', 'drop-in-mongod.jar'));
    await writeFile(join(ready, 'mongod'), LAUNCHER, { mode: 0o755 });
    await rename(ready, home).catch(async (error: Error) => {
      if (!(await exists(home))) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function maven(work: string, env: NodeJS.ProcessEnv): Promise<void> {
  try {
    await run('mvn', ['-q', '-B', ...GOALS], { cwd: work, env });
  } catch (error) {
    if (isMissing(error)) throw new NoJava('Maven (mvn) is not installed');
    const output = types.isNativeError(error) && 'stdout' in error ? String(error.stdout) : messageOf(error);
    if (/No compiler is provided/.test(output)) throw new NoJava('there is a Java runtime, but no JDK');
    throw new Error(
      `The stand-in for MongoDB could not be built: Maven failed. Nothing was kept; the next start tries again.\n${output}`,
    );
  }
}

async function demandJava17(java: string, env: NodeJS.ProcessEnv): Promise<void> {
  try {
    const { stderr } = await run(java, ['-version'], { env });
    const major = Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
    if (major < 17) throw new NoJava(`Java 17 is needed, and ${java} is ${stderr.split('\n', 1)[0]}`);
  } catch (error) {
    if (error instanceof NoJava) throw error;
    throw new NoJava(isMissing(error) ? 'Java is not installed' : `${java} does not run: ${messageOf(error)}`);
  }
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
