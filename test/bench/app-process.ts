import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { compiled } from '../support/compiled';
import type { Answer, Ask } from './app-protocol';

const ROOT = resolve(__dirname, '../..');
const BUILT = join(ROOT, '.cache/bench/test/bench');

export type AppName = 'warmline' | 'bare';

/** Compiles both apps as for production. Rejects with the compiler's output. */
export async function buildApps(): Promise<void> {
  await compiled(join(__dirname, 'tsconfig.json'), 'bench');
}

/** An app in its own process, ready. */
export interface AppProcess {
  /** From the start of the process until it is connected, ms. */
  readonly readyMs: number;
  /** Resident and heap memory after garbage collection, and the highest resident memory, MB. */
  memory(): Promise<{ readonly rssMb: number; readonly heapMb: number; readonly peakMb: number }>;
  /** Commands that Warmline has sent to the database since the last call; only if the stage counts them. */
  commands(): Promise<readonly string[]>;
  /** Resolves once the app has done what it was asked. */
  do(ask: Ask): Promise<void>;
  stop(): Promise<void>;
  /** Kills it at once. */
  kill(): Promise<void>;
}

/** Starts a compiled app; its log goes to stderr. With BENCH_PROFILE set, it leaves a CPU profile in that folder. */
export async function startApp(name: AppName, env: NodeJS.ProcessEnv): Promise<AppProcess> {
  const folder = process.env.BENCH_PROFILE;
  const profile = folder ? ['--cpu-prof', '--cpu-prof-dir', resolve(folder), '--cpu-prof-name', profileName(name)] : [];
  const startedAt = performance.now();
  const child = fork(join(BUILT, `app-${name}.js`), {
    env: { ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'warn', ...env },
    execArgv: ['--expose-gc', ...profile],
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  await answered(child, name);
  const readyMs = performance.now() - startedAt;

  const ask = (message: Ask): Promise<Answer> => {
    const answer = answered(child, name);
    child.send(message);
    return answer;
  };
  return {
    readyMs,
    async memory() {
      const answer = await ask({ ask: 'memory' });
      if (answer.is !== 'memory') throw new Error(`${name} answered ${answer.is} when asked for its memory.`);
      return answer;
    },
    async commands() {
      const answer = await ask({ ask: 'commands' });
      if (answer.is !== 'commands') throw new Error(`${name} answered ${answer.is} when asked for its commands.`);
      return answer.commands;
    },
    async do(message) {
      await ask(message);
    },
    async stop() {
      const exited = once(child, 'exit');
      await ask({ ask: 'stop' });
      await exited;
    },
    async kill() {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

const profileName = (name: AppName) => `${name}-${Date.now()}.cpuprofile`;

/** The process's next message. Rejects if it ends instead. */
async function answered(child: ChildProcess, name: AppName): Promise<Answer> {
  const over = new AbortController();
  const { signal } = over;
  const ended = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`The ${name} app ended with code ${code}; its last words are above.`);
  });
  try {
    const [answer] = (await Promise.race([once(child, 'message', { signal }), ended])) as [Answer];
    return answer;
  } finally {
    ended.catch(() => undefined);
    over.abort();
  }
}
