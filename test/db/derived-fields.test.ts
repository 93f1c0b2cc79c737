import type { Connection } from 'mongoose';
import pino from 'pino';
import { caseStore } from '../../src/db/cases';
import { connect } from '../../src/db/connection';
import { mailboxOf } from '../../src/domain/mailbox';
import type { Move } from '../../src/domain/moves/declared';
import type { CaseStore, DueCase, StoredCase } from '../../src/services/ports/cases';
import { type Given, later, MONDAY, minutes, moved, storedAfter, storedCase } from '../support/cases';
import { freshDatabase } from '../support/engine';
import { migrated } from '../support/migrated';
import { NOW } from './asked-queries';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let connection: Connection;
let store: CaseStore;
beforeAll(async () => {
  database = await freshDatabase();
  connection = await connect(database.uri, pino({ level: 'silent' }));
  store = caseStore(connection);
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});

describe('the fields the case store derives', () => {
  const stored = (id: string, move: Move | null, dead: string | null = null, given: Given = {}): StoredCase => {
    const filed = storedCase(id, MONDAY, given);
    const { outbox, ...base } = move ? storedAfter(filed, move, NOW) : filed;
    return { ...base, outbox: outbox.map((delivery) => ({ ...delivery, dead })) };
  };
  const resolve: Move = { type: 'resolve', outcome: 'coaching_given', text: 'Coached.' };
  const field = async (name: 'isOpen' | 'hasDead') => {
    const found = await connection.collection('cases').find().sort({ _id: 1 }).toArray();
    return Object.fromEntries(found.map((document) => [document._id, document[name]]));
  };

  it('say which cases are open, and are added to cases stored without them', async () => {
    await store.insert(stored('A', null));
    await store.insert(stored('B', resolve, 'channel_not_found'));
    await store.insert(stored('C', { type: 'void', reason: 'A test.' }));
    await store.insert(stored('D', null, 'is_archived', { clocks: [] }));
    const open = { A: true, B: false, C: false, D: true };
    const dead = { A: false, B: true, C: false, D: true };
    expect([await field('isOpen'), await field('hasDead')]).toEqual([open, dead]);

    await connection
      .collection('cases')
      .updateMany({}, { $unset: { isOpen: '', hasDead: '', keys: '', desks: '', ended: '', ticks: '' } });
    await migrated(connection);
    await migrated(connection);
    expect([await field('isOpen'), await field('hasDead')]).toEqual([open, dead]);
    expect((await store.openPage(null, 10)).map(({ id }) => id)).toEqual(['A', 'D']);
    expect((await store.stalled('A', 10)).map(({ id }) => id)).toEqual(['D']);
    expect(await store.backlog()).toMatchObject({ deliveries: 2, casesWithDead: 2 });

    const found = await store.byId('A');
    if (found) await store.save(found, { ...moved(found, resolve, NOW), mailbox: mailboxOf(found) });
    expect((await store.openPage(null, 10)).map(({ id }) => id)).toEqual(['D']);
  });

  it('are written only if changed: a delivery mark writes no facts, a fact without words no words', async () => {
    await store.insert(storedCase('lean'));
    const read = async () => {
      const found = await store.byId('lean');
      if (!found) throw new Error('It is not there.');
      return found;
    };
    const document = () =>
      connection
        .collection<{ _id: string; words: string[]; nextNudgeAt: Date | null }>('cases')
        .findOne({ _id: 'lean' });
    const before = await document();
    // A field that a write repeats replaces these.
    const marks = { words: ['untouched'], title: 'Untouched', nextNudgeAt: null };
    await connection.collection<{ _id: string }>('cases').updateOne({ _id: 'lean' }, { $set: marks });

    const based = await read();
    await store.save(based, { facts: based, events: [], mailbox: { posts: based.posts, outbox: [] } });
    expect(await document()).toMatchObject({ ...marks, outbox: [], outboxLanes: [], outboxAt: null, version: 2 });

    const first = await read();
    const escalated = moved(
      first,
      { type: 'change_severity', to: 'critical', reason: 'Again.' },
      later(first.changedAt, minutes(1)),
    );
    await store.save(first, { ...escalated, mailbox: mailboxOf(first) });
    expect(await document()).toMatchObject({ words: ['untouched'], severity: 'critical' });
    expect((await document())?.nextNudgeAt).not.toBeNull();

    const second = await read();
    const noted = moved(
      second,
      { type: 'add_note', id: null, text: 'Called again.' },
      later(second.changedAt, minutes(1)),
    );
    await store.save(second, { ...noted, mailbox: mailboxOf(second) });
    expect((await document())?.words).toEqual(expect.arrayContaining(['untouched', 'called', 'again']));
    expect(before?.words).not.toContain('called');
  });

  it('walks what is due in order, each case once, past those that stay due', async () => {
    const moments = [3, 1, 2, 2].map((minutes) => new Date(+NOW + minutes * 60_000));
    for (const [i, at] of moments.entries()) {
      const [clock] = storedCase('any').clocks;
      if (!clock) throw new Error('A new case has a clock.');
      const clocks = [{ ...clock, rungs: [{ at, to: 'thread' as const }], fired: 0 }];
      await store.insert(storedCase(`due${i}`, MONDAY, { clocks }));
    }
    const walk = async () => {
      const seen: string[] = [];
      let page: readonly DueCase[] = [];
      do {
        page = await store.due(new Date(+NOW + 3 * 60_000), 1, page.at(-1) ?? null);
        seen.push(...page.map(({ id }) => id));
      } while (page.length);
      return seen;
    };
    expect(await walk()).toEqual(['due1', 'due2', 'due3', 'due0']);
    expect(await store.due(NOW, 10)).toEqual([]);
  });
});
