import type { Connection } from 'mongoose';
import pino from 'pino';
import { connect } from '../../src/db/connection';
import { draftStore } from '../../src/db/drafts';
import type { DraftStore, WrittenDraft } from '../../src/services/ports/people';
import { freshDatabase } from '../support/engine';

const MINUTE = 60_000;
const [user, kind] = ['U0AMIRA', 'sp_feedback'] as const;
const at = (minute: number) => new Date(Date.parse('2026-11-02T17:00:00Z') + minute * MINUTE);

let database: Awaited<ReturnType<typeof freshDatabase>>;
let connection: Connection;
let drafts: DraftStore;
beforeEach(async () => {
  database = await freshDatabase();
  connection = await connect(database.uri, pino({ level: 'silent' }));
  drafts = draftStore(connection);
});
afterEach(async () => {
  await connection.close();
  await database.drop();
});

const writes = (window: string, minute: number, sj: string, more: Partial<WrittenDraft> = {}) =>
  drafts.save({ user, kind, window, startedAt: at(0), updatedAt: at(minute), answers: { sj }, metadata: '', ...more });
const jobs = async () => (await drafts.all(user, kind)).map(({ answers }) => answers.sj);

describe('two windows of one person on one form', () => {
  it('keep a draft each if neither has seen the other, whoever writes last', async () => {
    await writes('V1', 1, 'first');
    await writes('V2', 2, 'second', { startedAt: at(2) });
    await writes('V1', 3, 'first again');
    expect(await jobs()).toEqual(['first again', 'second']);
  });

  it('keep what each has if one continues the draft of the other, which is not closed', async () => {
    await writes('V1', 1, 'first');
    await writes('V2', 2, 'first, continued', { seen: at(1) });
    expect(await jobs()).toEqual(['first, continued']);
    await writes('V1', 3, 'first, changed');
    expect(await jobs()).toEqual(['first, changed', 'first, continued']);
    await drafts.end({ user, kind, window: 'V2', seen: at(1), at: at(4), filed: true });
    expect(await jobs()).toEqual(['first, changed']);
  });

  it('have one draft each after one could move to the place of the other', async () => {
    await writes('V1', 1, 'first');
    await writes('V2', 2, 'second');
    await drafts.end({ user, kind, window: 'V1', at: at(3), filed: true });
    await writes('V2', 4, 'second, changed');
    expect(await jobs()).toEqual(['second, changed']);
    await writes('V3', 5, 'second, continued', { seen: at(4) });
    expect(await jobs()).toEqual(['second, continued']);
    await drafts.end({ user, kind, window: 'V3', seen: at(4), at: at(6) });
    expect(await jobs()).toEqual([]);
  });
});

it('what is late of a filed window is no draft, wherever it was kept', async () => {
  await writes('V1', 1, 'first');
  await writes('V2', 2, 'second');
  await drafts.end({ user, kind, window: 'V2', at: at(3), filed: true });
  await writes('V2', 4, 'late');
  expect(await jobs()).toEqual(['first']);
});

it('of too many drafts, an older one goes, and never what is typed now', async () => {
  for (const minute of [1, 2, 3, 4]) await writes(`V${minute}`, minute, `job ${minute}`);
  expect(await jobs()).toEqual(['job 4', 'job 3', 'job 1']);
});

it('a draft that an earlier release wrote is continued and ended', async () => {
  await connection.collection<{ _id: string }>('drafts').insertOne({
    _id: `${user}:${kind}`,
    ...{ user, kind, startedAt: at(0), updatedAt: at(0), answers: { sj: 'before' }, metadata: '' },
  } as never);
  await writes('V1', 1, 'after');
  expect(await jobs()).toEqual(['after']);
  await drafts.end({ user, kind, window: 'V1', at: at(2), filed: true });
  expect(await drafts.find(user, kind)).toMatchObject({ answers: {} });
});
