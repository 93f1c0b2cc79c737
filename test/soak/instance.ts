import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Timing } from '../../src/app';
import type { Answer, Ask } from './app-protocol';

/** How a process of an instance ended. */
export type End = 'killed' | 'stopped' | 'not started' | 'by itself';

export interface InstanceEvents {
  /** A line of its log at warn or above, or of stderr. */
  readonly said: (line: LogLine) => void;
  readonly ended: (end: End, lastWords: readonly string[]) => void;
}
export interface LogLine {
  /** Pino's levels: 40 warn, 50 error, 60 fatal; stderr counts as 50. */
  readonly level: number;
  readonly msg: string;
  readonly text: string;
}

export interface InstanceOptions {
  /** The compiled instance. */
  readonly script: string;
  readonly env: NodeJS.ProcessEnv;
  readonly timing: Partial<Timing>;
  readonly events: InstanceEvents;
}

const LAST_WORDS = 12;
const WARN = 40;

/** A place where one process of Warmline runs, restarted whenever it ends. */
export class Instance {
  private child: ChildProcess | null = null;
  private isReady = false;
  private ending: End | null = null;
  private retired = false;
  private readonly waiting: (() => void)[] = [];
  /** How far the machine's clock is off from the real one, ms. */
  private clockMs = 0;
  /** The number of started processes. */
  starts = 0;

  constructor(private readonly options: InstanceOptions) {}

  get ready(): boolean {
    return this.isReady;
  }

  /** Starts the process; `whenReady` waits until it is ready. */
  start(): void {
    const { script, env, timing } = this.options;
    this.starts += 1;
    this.ending = null;
    const child = fork(script, {
      env: {
        ...process.env,
        ...env,
        SOAK_TIMING: JSON.stringify(timing),
        SOAK_CLOCK_OFFSET_MS: String(this.clockMs),
      },
      execArgv: ['--expose-gc', '--require', join(dirname(script), 'shifted-clock.js')],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child = child;
    const lastWords: string[] = [];
    const heard = (line: string, level: number, msg: string) => {
      lastWords.push(line);
      if (lastWords.length > LAST_WORDS) lastWords.shift();
      if (level >= WARN) this.options.events.said({ level, msg, text: line });
    };
    for (const [stream, isError] of [
      [child.stdout, false],
      [child.stderr, true],
    ] as const)
      if (stream) createInterface({ input: stream }).on('line', (line) => heard(line, ...read(line, isError)));
    child.on('message', (answer: Answer) => {
      if (answer.is !== 'ready') return;
      this.isReady = true;
      for (const resolve of this.waiting.splice(0)) resolve();
    });
    child.on('error', (error) => heard(String(error), 50, 'the channel to the instance'));
    child.once('close', () => {
      const end = this.ending ?? (this.isReady ? 'by itself' : 'not started');
      this.isReady = false;
      this.child = null;
      this.options.events.ended(end, lastWords);
      if (!this.retired) this.start();
    });
  }

  /** `kill -9`; another process starts at once. False if there is none now, or it is ending already. */
  kill(): boolean {
    if (!this.child || this.ending) return false;
    this.ending = 'killed';
    return this.child.kill('SIGKILL');
  }

  /** Resolves once it is ready, now or after any number of starts. */
  async whenReady(): Promise<void> {
    if (!this.isReady) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** Sets the machine's clock. */
  setClock(ms: number): void {
    this.clockMs = ms;
    this.send({ ask: 'clock', offsetMs: ms });
  }

  runJobs(): void {
    if (this.isReady) this.send({ ask: 'jobs' });
  }

  /** Its heap after garbage collection, MB. */
  async memory(): Promise<number> {
    await this.whenReady();
    const { child } = this;
    if (!child) return 0;
    const answered = new Promise<number>((resolve) => {
      const look = (answer: Answer) => {
        if (answer.is !== 'memory') return;
        child.off('message', look);
        resolve(answer.usedMb);
      };
      child.on('message', look);
    });
    this.send({ ask: 'memory' });
    return answered;
  }

  /** Stops it for good, as a deployment does; returns its exit code. */
  async retire(): Promise<number | null> {
    this.retired = true;
    this.ending = 'stopped';
    const { child } = this;
    if (!child) return null;
    const closed = once(child, 'close');
    child.kill('SIGTERM');
    const cut = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await closed;
    clearTimeout(cut);
    return child.exitCode;
  }

  private send(ask: Ask): void {
    if (this.child?.connected) this.child.send(ask, () => undefined);
  }
}

function read(line: string, isError: boolean): [number, string] {
  if (line.startsWith('{')) {
    try {
      const { level, msg } = JSON.parse(line) as { level?: unknown; msg?: unknown };
      if (typeof level === 'number') return [level, String(msg ?? '')];
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return [isError ? 50 : 30, line.slice(0, 200)];
}
