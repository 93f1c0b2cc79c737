import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Timing } from '../../src/app';
import type { World } from './world';

/** An instance of the app in a process of its own: what can be killed as a machine can. */
export interface ChildApp {
  /** Ends it at once, with nothing finished. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** Stands still, as under SIGSTOP, until it goes on. */
  freeze(): void;
  thaw(): void;
  /** Makes it run its jobs; nobody waits for their end. */
  runJobs(): void;
  /** Asks it to stop, as a deployment does. Resolves with its exit code. */
  terminate(): Promise<number | null>;
}

/** What the net below everything logs: in a test, somebody's fault. */
export const UNWATCHED = 'a promise that nobody watched was rejected';
/** What it logs when Slack can reach it. */
const READY = '"msg":"Warmline is ready"';

/**
 * Starts the app on a world's workspace and database; resolves when it is ready. Rejects with its output if it ends
 * first. `clockAheadMs`: how far its machine's clock is ahead of the truth.
 */
export async function startChildApp(world: World, timing: Partial<Timing> = {}, clockAheadMs = 0): Promise<ChildApp> {
  const { config, workspace } = world;
  const child = spawn(process.execPath, ['--require', 'tsx/cjs', join(__dirname, 'app-process.ts')], {
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
      TEST_MACHINE_CLOCK_AHEAD_MS: String(clockAheadMs),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const gone = once(child, 'exit');
  const said = await ready(child);
  await workspace.waitForApp();
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await gone;
    const unwatched = said.filter((line) => line.includes(UNWATCHED));
    if (unwatched.length) throw new Error(`The app did not watch a promise:\n${unwatched.join('\n')}`);
    return child.exitCode;
  };
  return {
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    runJobs: () => void child.kill('SIGUSR2'),
    kill: async () => void (await end('SIGKILL')),
    terminate: () => end('SIGTERM'),
  };
}

/** Gives what it says, then and later. */
function ready(child: ChildProcess): Promise<readonly string[]> {
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    const { stdout, stderr } = child;
    if (!stdout || !stderr) return reject(new Error('The app was started without its output.'));
    stderr.on('data', (chunk: Buffer) => said.push(String(chunk)));
    createInterface({ input: stdout }).on('line', (line) => {
      said.push(line);
      if (line.includes(READY)) resolve(said);
    });
    child.once('exit', (code) =>
      reject(new Error(`The app ended with ${code} before it was ready:\n${said.join('\n')}`)),
    );
  });
}
