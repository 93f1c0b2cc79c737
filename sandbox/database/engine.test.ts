import { mongo } from 'mongoose';
import { engineHasIndexes, freshDatabase } from '../../test/support/engine';

/** What the app needs from its database (README.md lists it), tried on this run's engine. */
type Entry = { id: string; state: string; tries?: number };
type Case = {
  _id: string;
  version: number;
  state: string;
  events: { note: string }[];
  outbox: Entry[];
  tags?: string[];
};
type Count = { _id: string; n: number };

let database: Awaited<ReturnType<typeof freshDatabase>>;
let client: mongo.MongoClient;
let db: mongo.Db;

beforeAll(async () => {
  database = await freshDatabase();
  client = await mongo.MongoClient.connect(database.uri, { writeConcern: { w: 'majority' } });
  db = client.db();
});
afterAll(async () => {
  await client.close();
  await database.drop();
});

const aCase = async (_id: string): Promise<mongo.Collection<Case>> => {
  const outbox = [
    { id: 'x', state: 'waiting' },
    { id: 'y', state: 'waiting' },
  ];
  const cases = db.collection<Case>('cases');
  await cases.insertOne({ _id, version: 1, state: 'new', events: [], outbox });
  return cases;
};

const codeOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'accepted',
    (error: mongo.MongoServerError) => error.code,
  );

describe('writes', () => {
  test('200 simultaneous increments get 200 distinct answers', async () => {
    const counts = db.collection<Count>('counts');
    const next = () =>
      counts.findOneAndUpdate({ _id: 'SPF' }, { $inc: { n: 1 } }, { upsert: true, returnDocument: 'after' });
    const answers = await Promise.all(Array.from({ length: 200 }, next));
    expect(new Set(answers.map((answer) => answer?.n)).size).toBe(200);
  });

  test('an upsert says whether the document existed', async () => {
    const counts = db.collection<Count>('upserts');
    const put = () => counts.updateOne({ _id: 'a' }, { $setOnInsert: { n: 7 } }, { upsert: true });
    expect(await put()).toMatchObject({ upsertedCount: 1, matchedCount: 0 });
    expect(await put()).toMatchObject({ upsertedCount: 0, matchedCount: 1, modifiedCount: 0 });
    expect(await counts.findOneAndUpdate({ _id: 'b' }, { $inc: { n: 1 } }, { upsert: true })).toBeNull();
  });

  test('a versioned move changes state, events, outbox and version in one write, and only once', async () => {
    const cases = await aCase('move');
    const move = () =>
      cases.updateOne(
        { _id: 'move', version: 1 },
        {
          $set: { state: 'acknowledged' },
          $push: { events: { $each: [{ note: 'one' }, { note: 'two' }] } },
          $pull: { outbox: { id: 'x' } },
          $inc: { version: 1 },
        },
      );
    const outcomes = await Promise.all([move(), move(), move()]);
    expect(outcomes.map(({ modifiedCount }) => modifiedCount).sort()).toEqual([0, 0, 1]);
    expect(await cases.findOne({ _id: 'move' })).toEqual({
      _id: 'move',
      version: 2,
      state: 'acknowledged',
      events: [{ note: 'one' }, { note: 'two' }],
      outbox: [{ id: 'y', state: 'waiting' }],
    });
  });

  test('array filters and the positional operator reach one entry of an array', async () => {
    const cases = await aCase('entry');
    await cases.updateOne(
      { _id: 'entry' },
      { $set: { 'outbox.$[e].state': 'sent' }, $inc: { 'outbox.$[e].tries': 1 } },
      { arrayFilters: [{ 'e.id': 'y' }] },
    );
    await cases.updateOne({ _id: 'entry', 'outbox.id': 'x' }, { $set: { 'outbox.$.state': 'claimed' } });
    expect((await cases.findOne({ _id: 'entry' }))?.outbox).toEqual([
      { id: 'x', state: 'claimed' },
      { id: 'y', state: 'sent', tries: 1 },
    ]);
  });

  test('unordered bulk upserts report what was new and what existed', async () => {
    const counts = db.collection<Count>('bulk');
    const upsert = (n: number) => ({ updateOne: { filter: { _id: `sp${n}` }, update: { $set: { n } }, upsert: true } });
    const run = (from: number) =>
      counts.bulkWrite(
        Array.from({ length: 1000 }, (_, i) => upsert(from + i)),
        { ordered: false },
      );
    expect(await run(0)).toMatchObject({ upsertedCount: 1000, matchedCount: 0 });
    expect(await run(500)).toMatchObject({ upsertedCount: 500, matchedCount: 500 });
    expect(await counts.countDocuments({})).toBe(1500);
  });
});

describe('indexes', () => {
  test('a second document with the same unique value is refused with code 11000, for every kind of write', async () => {
    const people = db.collection<{ _id: string; email: string }>('people');
    await people.createIndex({ email: 1 }, { unique: true });
    await people.insertMany([
      { _id: '1', email: 'a' },
      { _id: '2', email: 'b' },
    ]);
    expect(await codeOf(people.insertOne({ _id: '1', email: 'c' }))).toBe(11000);
    expect(await codeOf(people.insertOne({ _id: '3', email: 'a' }))).toBe(11000);
    expect(await codeOf(people.updateOne({ _id: '2' }, { $set: { email: 'a' } }))).toBe(11000);
    expect(await people.findOne({ _id: '2' })).toEqual({ _id: '2', email: 'b' });
  });

  test('creating the same indexes again changes nothing', async () => {
    const cases = db.collection('indexed');
    const create = () =>
      cases.createIndexes([
        { key: { ref: 1 }, unique: true, name: 'ref' },
        { key: { area: 1, at: -1 }, name: 'area_at' },
      ]);
    await create();
    await create();
    expect((await cases.indexes()).map(({ name }) => name).sort()).toEqual(['_id_', 'area_at', 'ref']);
  });

  test('a query with an index is planned with it, if the engine has indexes', async () => {
    const plan = db.collection('indexed').find({ ref: 1 }).explain();
    if (engineHasIndexes()) expect(JSON.stringify(await plan)).toContain('IXSCAN');
    else expect(await codeOf(plan)).toBe(59);
  });
});

describe('reads', () => {
  const at = (n: number) => new Date(Date.UTC(2026, 0, n));
  beforeAll(async () => {
    const visits = Array.from({ length: 20 }, (_, i) => ({
      n: i + 1,
      area: `A${i % 4}`,
      at: at(i + 1),
      tags: [`t${i % 2}`, 'all'],
      ...(i % 5 === 0 && { closed: true }),
    }));
    await db.collection('visits').insertMany(visits);
  });
  const found = async (filter: object, sort: mongo.Sort = { n: 1 }, limit = 0) =>
    (await db.collection('visits').find(filter).sort(sort).limit(limit).toArray()).map(({ n }) => n);

  test.each([
    ['a value inside an array', { tags: 't1', n: { $lte: 6 } }, [2, 4, 6]],
    ['$in and $or', { $or: [{ n: { $in: [3, 1] } }, { n: { $gt: 19 } }] }, [1, 3, 20]],
    ['$exists', { closed: { $exists: true } }, [1, 6, 11, 16]],
    ['a missing field as null', { closed: null, n: { $lt: 4 } }, [2, 3]],
    ['dates', { at: { $gte: at(5), $lt: at(7) } }, [5, 6]],
    ['$elemMatch', { tags: { $elemMatch: { $eq: 't0' } }, n: { $lt: 4 } }, [1, 3]],
  ])('finds by %s', async (_name, filter, expected) => {
    expect(await found(filter)).toEqual(expected);
  });

  test('sorts by two fields and limits', async () => {
    expect(await found({}, { area: -1, at: -1 }, 3)).toEqual([20, 16, 12]);
  });

  test('streams in batches', async () => {
    const seen: number[] = [];
    for await (const { n } of db.collection('visits').find().sort({ n: 1 }).batchSize(3)) seen.push(n);
    expect(seen).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });

  test('aggregates: match, unwind, group, project, sort, limit', async () => {
    const rows = await db
      .collection('visits')
      .aggregate([
        { $match: { n: { $lte: 10 } } },
        { $unwind: '$tags' },
        { $group: { _id: '$tags', count: { $sum: 1 }, last: { $max: '$at' } } },
        { $project: { _id: 0, tag: '$_id', count: 1, last: 1 } },
        { $sort: { count: -1, tag: 1 } },
        { $limit: 2 },
      ])
      .toArray();
    expect(rows).toEqual([
      { tag: 'all', count: 10, last: at(10) },
      { tag: 't0', count: 5, last: at(9) },
    ]);
  });
});
