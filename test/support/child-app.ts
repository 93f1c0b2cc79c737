import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Timing } from '../../src/app';
import { program } from './programs';
import type { World } from './world';

/** An instance of the app in its own process, which can be killed. */
export interface ChildApp {
  /** Kills it at once. Resolves once the process is gone. */
  kill(): Promise<void>;
  /** Makes it run its jobs, without waiting for them. */
  runJobs(): void;
  /** Asks it to stop, as a deployment does. Resolves with its exit code. */
  terminate(): Promise<number | null>;
  /** Sets its machine's clock this far ahead of real time (negative: behind). */
  setClock(aheadMs: number): void;
  /** Freezes it, like a machine that sleeps, and resumes it. */
  freeze(): void;
  thaw(): void;
  /** Resolves with the next line in its log that contains this text. */
  logs(text: string): Promise<string>;
}

/**
 * `cron`: its jobs run by themselves. `clockAheadMs`: how wrong its machine's clock is at first. `entry`: another build
 * of it. `env`: more environment variables.
 */
interface ChildOptions {
  readonly schedule?: 'cron' | 'by_hand';
  readonly clockAheadMs?: number;
  readonly entry?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Logged for an unhandled rejection, which in a test is a bug. */
export const UNHANDLED = 'an unhandled promise rejection';
/** Logged once Slack can reach it. */
const READY = '"msg":"Warmline is ready"';

/** Starts the app on a world's workspace and database; resolves once ready. Rejects with its output if it ends. */
export async function startChildApp(
  world: World,
  timing: Partial<Timing> = {},
  {
    schedule = 'by_hand',
    clockAheadMs = 0,
    entry = program('test/support/app-process.ts'),
    env = {},
  }: ChildOptions = {},
): Promise<ChildApp> {
  const { config, workspace } = world;
  const child = spawn(process.execPath, ['--require', join(__dirname, 'shifting-clock.cjs'), entry], {
    env: {
      ...process.env,
      SLACK_MODE: config.mode,
      SLACK_BOT_TOKEN: config.botToken,
      SLACK_API_URL: config.slackApiUrl,
      MONGODB_URI: config.mongodbUri,
      ADMIN_USERS: config.adminUsers.join(','),
      NODE_ENV: 'test',
      LOG_LEVEL: 'info',
      ...(config.mode === 'socket'
        ? { SLACK_APP_TOKEN: config.appToken }
        : { SLACK_SIGNING_SECRET: config.signingSecret, PORT: String(config.port) }),
      TEST_TIMING: JSON.stringify(timing),
      TEST_CLOCK_OFFSET_MS: String(workspace.clock.offsetMs),
      TEST_CLOCK_AHEAD_MS: String(clockAheadMs),
      TEST_SCHEDULE: schedule,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const gone = once(child, 'exit');
  const { said, lines } = await ready(child);
  await workspace.waitForApp();
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await gone;
    const unwatched = said.filter((line) => line.includes(UNHANDLED));
    if (unwatched.length) throw new Error(`The app did not watch a promise:\n${unwatched.join('\n')}`);
    return child.exitCode;
  };
  return {
    runJobs: () => void child.kill('SIGUSR2'),
    kill: async () => void (await end('SIGKILL')),
    terminate: () => end('SIGTERM'),
    setClock: (aheadMs) => void child.send({ clockAheadMs: aheadMs }),
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    logs: (text) =>
      new Promise((resolve, reject) => {
        const listen = (line: string) => {
          if (!line.includes(text)) return;
          lines.off('line', listen);
          resolve(line);
        };
        lines.on('line', listen);
        child.once('exit', () => reject(new Error(`The app ended before it said: ${text}`)));
      }),
  };
}

/** Its output, as a whole and line by line. */
function ready(child: ChildProcess): Promise<{ readonly said: readonly string[]; readonly lines: Interface }> {
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    const { stdout, stderr } = child;
    if (!stdout || !stderr) return reject(new Error('The app was started without its output.'));
    stderr.on('data', (chunk: Buffer) => said.push(String(chunk)));
    const lines = createInterface({ input: stdout });
    lines.on('line', (line) => {
      said.push(line);
      if (line.includes(READY)) resolve({ said, lines });
    });
    child.once('exit', (code) =>
      reject(new Error(`The app ended with ${code} before it was ready:\n${said.join('\n')}`)),
    );
  });
}
