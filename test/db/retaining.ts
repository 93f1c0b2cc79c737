import type { Connection } from 'mongoose';
import pino from 'pino';
import { anchorStore } from '../../src/db/anchors';
import { caseHistory } from '../../src/db/case-history';
import { caseStore } from '../../src/db/cases';
import { connect } from '../../src/db/connection';
import { recordStore } from '../../src/db/records';
import { retentionStore } from '../../src/db/retention';
import { spHoldStore } from '../../src/db/sp-holds';
import type { Alarm } from '../../src/domain/alarms';
import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import { type Mailbox, mailboxOf } from '../../src/domain/mailbox';
import type { Move } from '../../src/domain/moves/declared';
import type { ServiceDeps } from '../../src/services/deps';
import type { StoredCase } from '../../src/services/ports/cases';
import type { Retention } from '../../src/services/ports/retention';
import { exportRecords } from '../../src/services/proof/export-records';
import { later, MONDAY, minutes, moved, storedCase } from '../support/cases';
import { freshDatabase } from '../support/engine';

export const DAY = 24 * 60 * 60_000;
/** Past the three years of SP feedback. */
export const MUCH_LATER = later(MONDAY, 4 * 365 * DAY);
/** The text of closed cases, which must not stay. */
export const MARKER = 'Zebulon called from 555-0100';

/** A database with stores for cases and their retention, and a Slack that deletes cards. */
export async function retaining() {
  const database = await freshDatabase();
  const connection: Connection = await connect(database.uri, pino({ level: 'silent' }));
  const store = caseStore(connection);
  const kept = retentionStore(connection);
  const retention: Retention = kept;
  const history = caseHistory(connection);
  const records = recordStore(connection);
  await Promise.all([store.ensureIndexes(), kept.ensureIndexes()]);
  const asked: string[] = [];
  const raised: unknown[] = [];
  let answer: string | null = null;

  async function read(id: string): Promise<StoredCase> {
    const stored = await store.byId(id);
    if (!stored) throw new Error(`There is no case ${id}.`);
    return stored;
  }
  async function move(id: string, what: Move, mailbox?: (stored: StoredCase) => Mailbox): Promise<void> {
    const based = await read(id);
    const { facts, events } = moved(based, what, later(based.changedAt, minutes(1)));
    expect(await store.save(based, { facts, events, mailbox: mailbox?.(based) ?? mailboxOf(based) })).toBe(true);
  }
  return {
    connection,
    store,
    retention,
    history,
    records,
    /** Cards that Slack was asked to delete. */
    asked,
    raised,
    /** Slack answers a request to delete a card with this code; null: it deletes it. */
    answerWith: (code: string | null): void => {
      answer = code;
    },
    depsAt: (now: Date, over: Partial<Retention> = {}) => ({
      retention: { ...retention, ...over },
      directory: { policy: async () => DEFAULT_POLICY } as unknown as ServiceDeps['directory'],
      holds: spHoldStore(connection, { now: () => new Date() }),
      now: () => now,
      slackNow: async () => now,
      alarms: { raise: async (alarm: Alarm) => void raised.push(alarm) } as unknown as ServiceDeps['alarms'],
      onHindered: (error: unknown) => void raised.push(error),
      unpost: async ({ channel, ts }: { channel: string; ts: string }) => {
        asked.push(`${channel}:${ts}`);
        return answer;
      },
      givesWay: async () => undefined,
      onFault: (ref: string, error: unknown) => {
        throw new Error(`${ref}: ${String(error)}`);
      },
    }),
    read,
    move,
    /** A closed case with this many notes, its card in Slack, and text that must not stay. */
    async closedCase(id: string, notes = 1): Promise<void> {
      await store.insert(storedCase(id));
      for (let n = 0; n < notes; n++) await move(id, { type: 'add_note', id: null, text: `${MARKER} ${n}` });
      await move(id, { type: 'resolve', outcome: 'no_fault_found', text: MARKER }, (stored) => ({
        posts: stored.posts.map((post) => ({ ...post, sent: { channel: 'C0WEST', ts: `1.${id}` } })),
        outbox: [],
      }));
    },
    /** All texts in all collections of the database. */
    async everything(): Promise<string> {
      const all = (await connection.db?.listCollections().toArray()) ?? [];
      const texts = await Promise.all(
        all.map(async ({ name }) => JSON.stringify(await connection.collection(name).find().toArray())),
      );
      return texts.join('\n');
    },
    /** The lines of an export. */
    async exported(): Promise<string[]> {
      const lines: string[] = [];
      await exportRecords(
        { records, history, anchors: anchorStore(connection), now: () => MUCH_LATER },
        async (line) => void lines.push(line.trimEnd()),
      );
      return lines;
    },
    async stop(): Promise<void> {
      await connection.close();
      await database.drop();
    },
  };
}
