import { type Connection, mongo } from 'mongoose';
import pino from 'pino';
import { caseHistory } from '../../src/db/case-history';
import { caseSearch } from '../../src/db/case-search';
import { caseStore } from '../../src/db/cases';
import { connect } from '../../src/db/connection';
import type { SealedEvent } from '../../src/domain/event';
import { mailboxOf } from '../../src/domain/mailbox';
import { followChain } from '../../src/proof/verify.cjs';
import type { StoredCase } from '../../src/services/ports/cases';
import { later, MONDAY, minutes, moved, storedCase, wholeHistory } from '../support/cases';
import { freshDatabase } from '../support/engine';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let connection: Connection;
let store: ReturnType<typeof caseStore>;
let history: ReturnType<typeof caseHistory>;
beforeAll(async () => {
  database = await freshDatabase();
  connection = await connect(database.uri, pino({ level: 'silent' }));
  store = caseStore(connection);
  history = caseHistory(connection);
  await store.ensureIndexes();
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});

async function read(id: string): Promise<StoredCase> {
  const stored = await store.byId(id);
  if (!stored) throw new Error(`There is no case ${id}.`);
  return stored;
}
/** Adds this many notes in one write, based on what was read; false if someone was faster. */
function noted(based: StoredCase, count: number, text = 'Called again.'): Promise<boolean> {
  let facts = moved(based, { type: 'add_note', id: null, text }, later(based.changedAt, minutes(1)));
  const events = [...facts.events];
  for (let i = 1; i < count; i++) {
    facts = moved(facts.facts, { type: 'add_note', id: null, text }, later(facts.facts.changedAt, minutes(1)));
    events.push(...facts.events);
  }
  return store.save(based, { facts: facts.facts, events, mailbox: mailboxOf(based) });
}
/** The number of the first event that breaks its chain, or null. */
async function breakOf(stored: StoredCase): Promise<number | null> {
  const chain = followChain(stored.id);
  const broken = (await whole(stored)).findIndex((event) => chain.next(event as SealedEvent) !== null);
  return broken < 0 ? null : broken + 1;
}
const whole = (stored: StoredCase) => wholeHistory(history, stored);
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
const kept = (id: string) => connection.collection('case_events').countDocuments({ caseId: id });

describe('the history of a case', () => {
  it('stays in the document while it is short', async () => {
    await store.insert(storedCase('short'));
    await noted(await read('short'), 90);
    await noted(await read('short'), 1);
    expect([(await read('short')).events.length, await kept('short')]).toEqual([93, 0]);
  });

  it('moves out of it event by event, even with a write that adds none, and reads as one', async () => {
    await store.insert(storedCase('long'));
    for (let i = 0; i < 3; i++) await noted(await read('long'), 150);
    const based = await read('long');
    expect(await store.save(based, { facts: based, events: [], mailbox: mailboxOf(based) })).toBe(true);
    const stored = await read('long');
    expect(stored.events).toHaveLength(32);
    expect((await whole(stored)).map(({ seq }) => seq)).toEqual(numbers(452));
    expect(await breakOf(stored)).toBeNull();
    expect(await kept('long')).toBe(420);
    expect(await history.numbered(stored, 7)).toMatchObject({ seq: 7, type: 'note_added', data: { id: 'n7' } });
    expect(await history.numbered(stored, 452)).toMatchObject({ seq: 452 });
    expect(await history.numbered(stored, 453)).toBeNull();
    expect(await history.newestAbout(stored, 'note', 'n7')).toMatchObject({ seq: 7 });
    expect(await history.newestAbout(stored, 'note', 'n451')).toMatchObject({ seq: 451 });
    expect([await history.hasKey(stored, 'V0VIEW'), await history.hasKey(stored, 'V0OTHER')]).toEqual([true, false]);
  });

  it('is limited in bytes, whatever the length of the texts, and never without its newest event', async () => {
    await store.insert(storedCase('wide'));
    for (let i = 0; i < 30; i++) await noted(await read('wide'), 1, 'w'.repeat(40_000));
    const stored = await read('wide');
    const document = await connection.collection<{ _id: string }>('cases').findOne({ _id: 'wide' });
    expect(mongo.BSON.calculateObjectSize(document ?? {})).toBeLessThan(256 * 1024);
    expect(stored.events.length).toBeGreaterThan(0);
    expect(await breakOf(stored)).toBeNull();
  });

  it('is complete after a crash between the copy and the write that drops the events', async () => {
    await store.insert(storedCase('crashed'));
    await noted(await read('crashed'), 120);
    const before = await read('crashed');
    await history.keep('crashed', before.events.slice(0, 90) as SealedEvent[]);
    expect((await whole(before)).map(({ seq }) => seq)).toEqual(numbers(122));

    await noted(before, 1);
    const stored = await read('crashed');
    expect(stored.events.length).toBeLessThan(40);
    expect((await whole(stored)).map(({ seq }) => seq)).toEqual(numbers(123));
    expect(await breakOf(stored)).toBeNull();
  });

  it('is complete if two write at once and both move events out', async () => {
    await store.insert(storedCase('raced'));
    await noted(await read('raced'), 120);
    const based = await read('raced');
    const won = await Promise.all([noted(based, 1, 'one'), noted(based, 1, 'two'), noted(based, 1, 'three')]);
    expect(won.filter(Boolean)).toHaveLength(1);
    const stored = await read('raced');
    expect((await whole(stored)).map(({ seq }) => seq)).toEqual(numbers(123));
    expect(await breakOf(stored)).toBeNull();
  });

  it('reveals tampering, even in its older part', async () => {
    await store.insert(storedCase('forged'));
    for (let i = 0; i < 2; i++) await noted(await read('forged'), 120);
    await noted(await read('forged'), 1);
    const stored = await read('forged');
    await connection
      .collection('case_events')
      .updateOne({ caseId: 'forged', 'event.seq': 50 }, { $set: { 'event.data.text': 'never said' } });
    expect(await breakOf(stored)).toBe(50);
    await connection.collection('case_events').deleteOne({ caseId: 'forged', 'event.seq': 20 });
    expect(await breakOf(stored)).toBe(20);
  });

  it('is what figures and trials of a policy walk, from the first event on', async () => {
    const search = caseSearch(connection, () => MONDAY);
    const counts: number[] = [];
    for await (const { events } of search.histories({ from: MONDAY, to: later(MONDAY, 1) }, 'U0NOBODY')) {
      let count = 0;
      let first = '';
      for await (const page of events)
        for (const event of page) {
          first ||= event.type;
          count++;
        }
      counts.push(count);
      expect(first).toBe('filed');
    }
    expect(counts).toContain(452);
  });

  it('refuses to continue from what was never read from the store', async () => {
    const made = storedCase('unsealed');
    await expect(noted(made, 1)).rejects.toThrow('not read from the store');
  });
});

describe('a place that a card has left', () => {
  it('still leads to its case, even once the document no longer has it', async () => {
    await store.insert(storedCase('placed'));
    const standing = async (places: readonly string[]) => {
      const based = await read('placed');
      const [post] = based.posts;
      if (!post) throw new Error('A case has a post.');
      const posts = places.map((ts, i) => ({
        ...post,
        id: i ? `main-was-${ts}` : 'main',
        show: i ? ('pointer' as const) : post.show,
        sent: { channel: 'C0WEST', ts },
      }));
      return store.save(based, { facts: based, events: [], mailbox: { posts, outbox: [] } });
    };
    expect(await standing(['1.1'])).toBe(true);
    expect(await standing(['2.2', '1.1'])).toBe(true);
    expect(await standing(['3.3', '2.2'])).toBe(true);
    expect(await standing(['4.4'])).toBe(true);
    for (const ts of ['1.1', '2.2', '3.3', '4.4'])
      expect([ts, (await store.byPost('C0WEST', ts))?.id]).toEqual([ts, 'placed']);
    expect(await store.byPost('C0WEST', '5.5')).toBeNull();
    expect(await store.byPost('C0EAST', '1.1')).toBeNull();
  });
});
