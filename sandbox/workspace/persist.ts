import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Core, Credentials } from './core';
import { type Message, MessageLog } from './message-log';
import type { Channel, FileRecord, User } from './model';

const SAVE_AFTER_MS = 1000;
const FORMAT = 1;

interface Saved {
  format: number;
  credentials: Credentials;
  lastTs: number;
  /** How far the clock was moved ahead, ms. */
  clockOffsetMs: number;
  users: User[];
  channels: (Omit<Channel, 'members' | 'log' | 'lastRead'> & {
    members: string[];
    lastRead: [string, string][];
    messages: Message[];
  })[];
  files: FileRecord[];
}

/** Keeps a workspace in one JSON file: a second after changes and when it stops, replaced atomically. */
export class StateFile {
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();
  private fault: unknown;

  constructor(
    private readonly core: Core,
    private readonly path: string,
  ) {}

  /** Reads what an earlier run saved; nothing if there is no file. Throws if the file is not ours. */
  async load(): Promise<void> {
    const text = await readFile(this.path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (text === undefined) return;
    const saved: Saved = JSON.parse(text);
    if (saved.format !== FORMAT)
      throw new Error(`${this.path} was not written by this sandbox; move it away to start afresh.`);
    const { core } = this;
    core.credentials = saved.credentials;
    core.ts.last = saved.lastTs;
    const behindMs = saved.clockOffsetMs - core.clock.offsetMs;
    if (behindMs > 0) await core.clock.advance(behindMs);
    for (const user of saved.users) core.store.addUser(user);
    for (const file of saved.files) core.store.files.set(file.id, file);
    for (const { members, messages, lastRead, ...channel } of saved.channels) {
      const log = new MessageLog();
      for (const message of messages) log.add(message);
      core.store.addChannel({ ...channel, members: new Set(members), lastRead: new Map(lastRead), log });
    }
  }

  /** From now on, saves a second after the last change. */
  watch(): void {
    this.core.bus.on((event) => {
      if (!/^(message|channel)/.test(event.type) || this.timer) return;
      this.timer = setTimeout(() => {
        this.timer = undefined;
        this.save().catch((error: unknown) => {
          this.fault = error;
        });
      }, SAVE_AFTER_MS);
      this.timer.unref();
    });
  }

  /** Writes the last state. Throws the error of an earlier background save. */
  async close(): Promise<void> {
    clearTimeout(this.timer);
    await this.save();
    if (this.fault) throw this.fault;
  }

  private save(): Promise<void> {
    this.writing = this.writing.then(() => this.write());
    return this.writing;
  }

  private async write(): Promise<void> {
    const { store, credentials, ts, clock } = this.core;
    const saved: Saved = {
      format: FORMAT,
      credentials,
      lastTs: ts.last,
      clockOffsetMs: clock.offsetMs,
      users: [...store.users.values()],
      channels: [...store.channels.values()].map(({ members, lastRead, log, ...channel }) => ({
        ...channel,
        members: [...members],
        lastRead: [...lastRead],
        messages: [...log.all()],
      })),
      files: [...store.files.values()],
    };
    await mkdir(dirname(this.path), { recursive: true });
    await writeFile(`${this.path}.new`, JSON.stringify(saved), { mode: 0o600 });
    await rename(`${this.path}.new`, this.path);
  }
}
