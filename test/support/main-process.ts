import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from './compiled';
import { program } from './programs';

/** One line of the log. */
export interface Line {
  readonly level: number;
  readonly msg: string;
  readonly [field: string]: unknown;
}
export const ERROR = 50;

/** Warmline as started in production, in its own process. */
export interface MainProcess {
  /** Everything it logged. */
  readonly lines: Line[];
  /** What it wrote outside of its log. */
  readonly complaints: () => string;
  /** The first line from `from` on with this text, now or later. */
  line(words: string | RegExp, from?: number): Promise<Line>;
  /** Requests one of its health checks. */
  get(path: string): Promise<{ status: number; text: string }>;
  /** A figure of its metrics. */
  figure(name: string): Promise<number | null>;
  isAlive(): boolean;
  /** Asks it to stop, as a deployment does. Resolves with its exit code. */
  terminate(): Promise<number | null>;
  /** Resolves with its exit code if it ends by itself. */
  readonly ended: Promise<number | null>;
  kill(): Promise<void>;
}

/** The ways to start it: its sources, what `npm run build` made, or with a test's timing in `TEST_TIMING`. */
const ENTRIES = {
  sources: [program('src/main.ts')],
  built: [join(ROOT, 'dist/main.js')],
  timed: [program('test/support/app-process.ts')],
} as const;

/** Starts it without waiting. `env`: the configuration; health checks are on a free port. */
export function startMain(entry: keyof typeof ENTRIES, env: Readonly<Record<string, string>>): MainProcess {
  const child = spawn(process.execPath, ENTRIES[entry], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'test', LOG_LEVEL: 'info', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const changed = new EventEmitter().setMaxListeners(0);
  const lines: Line[] = [];
  const complaints: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => complaints.push(String(chunk)));
  createInterface({ input: child.stdout }).on('line', (text) => {
    lines.push(JSON.parse(text) as Line);
    changed.emit('change');
  });
  const ended = once(child, 'exit').then(() => child.exitCode);

  const line: MainProcess['line'] = async (words, from = 0) => {
    for (;;) {
      const found = lines.slice(from).find(({ msg }) => msg.search(words) >= 0);
      if (found) return found;
      await once(changed, 'change', { signal: AbortSignal.timeout(45_000) });
    }
  };
  const get: MainProcess['get'] = async (path) => {
    const { port } = await line('health checks are answered');
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    return { status: response.status, text: await response.text() };
  };
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return ended;
  };
  return {
    lines,
    complaints: () => complaints.join(''),
    line,
    get,
    async figure(name) {
      const { text } = await get('/metrics');
      const found = text.split('\n').find((one) => one.startsWith(`warmline_${name} `));
      return found === undefined ? null : Number(found.split(' ').at(-1));
    },
    isAlive: () => child.exitCode === null && child.signalCode === null,
    terminate: () => end('SIGTERM'),
    ended,
    kill: async () => void (await end('SIGKILL')),
  };
}
