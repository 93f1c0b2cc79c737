import { type Connection, mongo } from 'mongoose';
import { CASE_KINDS } from '../domain/kinds';
import { afterEvent } from './case-history';
import { configCollection, idOf } from './config-store';
import { RESTORE } from './data-version';

const { EJSON } = mongo.BSON;

/**
 * What is written first, and what last; everything else comes between. Collections are read one after another while
 * people work, so the order must keep the result consistent: what refers to something is read before it, and what a
 * case needs besides its document is read after it (docs/operations.md, "Backup").
 */
const FIRST = ['schema', 'anchors', 'anchor_heads', 'areas', 'service_providers', 'settings', 'sp_holds', 'cases'];
/** They would refer to newer cases than those that were read. */
const BEFORE_CASES = ['anchors', 'anchor_heads'];
/** References given to cases that were read are counted by then. */
const LAST = ['counters'];
/** Needed only while instances run. */
const PASSING = new Set(['lanes', 'instances', 'exports']);
const COUNTERS = 'counters';

const FORMAT = 1;
const BATCH = 200;
/** Allows for changes dated by clocks that differ. */
const MARGIN_MS = 24 * 60 * 60_000;

interface Document {
  readonly _id: unknown;
  readonly [field: string]: unknown;
}
type Counts = Readonly<Record<string, number>>;

/** A fault of the file or the target, as a sentence with what to do. */
export class RestoreError extends Error {}

/**
 * Everything in a database, as lines of Extended JSON: a head, a line per document, and an end that counts them. Throws
 * if a restore into it has begun and not ended: only part of the data is there.
 */
export async function* backupLines(connection: Connection, now: Date): AsyncGenerator<string> {
  const counts: Record<string, number> = {};
  await refuseHalf(connection);
  yield line({ warmline_backup: FORMAT, at: now });
  for (let name = await nextIn(connection, counts); name !== null; name = await nextIn(connection, counts)) {
    let count = 0;
    for await (const document of connection.collection(name).find({}, { sort: { _id: 1 }, batchSize: BATCH })) {
      count++;
      yield line([name, document]);
    }
    counts[name] = count;
  }
  await refuseHalf(connection);
  yield line({ end: counts });
}

async function refuseHalf(connection: Connection): Promise<void> {
  if (await isRestoring(connection))
    throw new RestoreError(
      'A restore into this database did not finish, so data is missing: run it again until it does.',
    );
}
const isRestoring = async (connection: Connection): Promise<boolean> =>
  (await connection.collection('schema').findOne({ _id: RESTORE as never })) !== null;

/** The next existing collection to write: some are created while others are read. */
const nextIn = async (connection: Connection, written: Counts): Promise<string | null> =>
  (await collectionsOf(connection))
    .filter((name) => written.cases === undefined || !BEFORE_CASES.includes(name))
    .find((name) => written[name] === undefined) ?? null;

const line = (value: object) => `${EJSON.stringify(value, { relaxed: false })}\n`;

async function collectionsOf({ db }: Connection): Promise<string[]> {
  if (!db) throw new Error('The database is not connected.');
  const found = (await db.listCollections({}, { nameOnly: true }).toArray())
    .map(({ name }) => name)
    .filter((name) => !PASSING.has(name) && !name.startsWith('system.'))
    .sort();
  const between = found.filter((name) => !FIRST.includes(name) && !LAST.includes(name));
  return [...FIRST, ...between, ...LAST].filter((name) => found.includes(name));
}

/**
 * Restores a backup into an empty database, or one whose contents are replaced (`over`). Until it is complete, no
 * instance starts on it; if interrupted, run it again from the beginning. `now`: cases may have been filed until then,
 * after the backup. Returns the counts by collection.
 */
export async function restoreLines(
  connection: Connection,
  lines: AsyncIterable<string>,
  { over, now }: { readonly over: boolean; readonly now?: Date },
): Promise<Counts> {
  const read = lines[Symbol.asyncIterator]();
  const at = headOf((await read.next()).value);
  const wasCut = await isRestoring(connection);
  const found = await Promise.all((await collectionsOf(connection)).map((name) => isFilled(connection, name)));
  if (!over && !wasCut && found.includes(true))
    throw new RestoreError('This database is not empty: name an empty one, or add --over to replace everything in it.');
  await connection.collection('schema').updateOne({ _id: RESTORE as never }, { $set: { at } }, { upsert: true });
  const knowsAll = !wasCut && (await isFilled(connection, COUNTERS));
  await emptied(connection);
  const counts = await readThrough(read, (name, documents) => write(connection, name, documents));
  await fitTogether(connection, at, now ?? at);
  if (now && !knowsAll) await skipLost(connection, at, now);
  await connection.collection('schema').deleteOne({ _id: RESTORE as never });
  return counts;
}

/** Reads a backup to its end without writing anything; throws like a restore if a part of it is missing. */
export async function checkBackup(lines: AsyncIterable<string>): Promise<void> {
  const read = lines[Symbol.asyncIterator]();
  headOf((await read.next()).value);
  await readThrough(read, async () => undefined);
}

async function isFilled(connection: Connection, name: string): Promise<boolean> {
  const one = await connection.collection(name).findOne({}, { projection: { _id: 1 } });
  return one !== null && name !== 'schema';
}

function headOf(text: string | undefined): Date {
  const head = parsed(text) as { warmline_backup?: unknown; at?: unknown };
  if (head.warmline_backup === undefined || !(head.at instanceof Date))
    throw new RestoreError('This is not a Warmline backup: give a file that npm run backup wrote.');
  if (head.warmline_backup !== FORMAT)
    throw new RestoreError('This backup was written by another release of Warmline: restore it with that one.');
  return head.at;
}

function parsed(text: string | undefined): unknown {
  try {
    return text ? EJSON.parse(text, { relaxed: true }) : {};
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new RestoreError('A line of the backup is not JSON: use another copy of it.');
    throw error;
  }
}

/** Everything but the references, which never go back. */
async function emptied(connection: Connection): Promise<void> {
  for (const name of await collectionsOf(connection)) {
    if (name === COUNTERS) continue;
    if (name === 'schema') await connection.collection(name).deleteMany({ _id: { $ne: RESTORE as never } });
    else await connection.collection(name).drop();
  }
  for (const name of PASSING) await connection.collection(name).deleteMany({});
}

/** Passes the lines' documents on in batches, and compares the counts with those at their end. */
async function readThrough(
  lines: AsyncIterator<string>,
  take: (name: string, documents: Document[]) => Promise<void>,
): Promise<Counts> {
  const counts: Record<string, number> = {};
  let batch: { name: string; documents: Document[] } = { name: '', documents: [] };
  const flush = async () => {
    if (batch.documents.length) await take(batch.name, batch.documents);
    batch.documents = [];
  };
  for (;;) {
    const { value, done } = await lines.next();
    const entry = done ? {} : parsed(value);
    if (!Array.isArray(entry)) {
      await flush();
      const { end } = entry as { end?: Counts };
      const isWhole = end && Object.entries(end).every(([name, count]) => (counts[name] ?? 0) === count);
      if (isWhole) return counts;
      throw new RestoreError(
        'The backup is incomplete: its end, or part of what its end counts, is missing. Use another one.',
      );
    }
    const [name, document] = entry as [string, Document];
    if (name !== batch.name || batch.documents.length === BATCH) {
      await flush();
      batch = { name, documents: [] };
    }
    batch.documents.push(document);
    counts[name] = (counts[name] ?? 0) + 1;
  }
}

async function write(connection: Connection, name: string, documents: Document[]): Promise<void> {
  const collection = connection.collection(name);
  if (name !== COUNTERS) {
    await collection.insertMany(documents as never[], { ordered: false });
    return;
  }
  for (const { _id, last } of documents)
    await collection.updateOne({ _id: _id as never }, { $max: { last: Number(last) } }, { upsert: true });
}

/** So many references are skipped in any case, and twice as many as were given in an equally long time before. */
const [SPARE, TIMES] = [100, 2];

/** References that were given after the backup are in Slack and in other systems: no other case gets one of them. */
async function skipLost(connection: Connection, at: Date, now: Date): Promise<void> {
  const before = new Date(2 * +at - +now);
  const filed = new Map<unknown, number>();
  for await (const some of batches(connection, 'cases', { filedAt: { $gte: before } }, { kind: 1 }))
    for (const { kind } of some) filed.set(kind, (filed.get(kind) ?? 0) + 1);
  for (const kind of CASE_KINDS) {
    const last = SPARE + TIMES * (filed.get(kind) ?? 0);
    await connection.collection(COUNTERS).updateOne({ _id: kind as never }, { $inc: { last } }, { upsert: true });
  }
}

/** Removes what was read after what it belongs to, and so refers to changes that the backup does not have. */
async function fitTogether(connection: Connection, at: Date, now: Date): Promise<void> {
  await dropBuried(connection);
  await dropLaterEvents(connection);
  await dropLaterChanges(connection, new Date(+at - MARGIN_MS));
  // Whatever waits may have been sent since: Warmline looks for it in Slack before sending it.
  const due = { dueAt: { $lte: now, $type: 'date' }, claims: 0 };
  await connection.collection('letters').updateMany(due as never, { $set: { claims: 1 } });
  const queues: unknown[] = await connection.collection('cases').distinct('outboxLanes');
  for (const queue of queues)
    await connection.collection('lanes').insertOne({ _id: queue as never, holder: null, orphaned: true });
}

/** Cases that were already deleted when their tombstone was read. */
async function dropBuried(connection: Connection): Promise<void> {
  for await (const some of batches(connection, 'case_tombstones', { cleared: true }, { _id: 1 }))
    await connection.collection('cases').deleteMany({ _id: { $in: some.map(({ _id }) => _id) as never[] } });
}

/** Events that left a case's document after it was read, and are newer than its events. */
async function dropLaterEvents(connection: Connection): Promise<void> {
  for await (const some of batches(connection, 'cases', {}, { 'events.seq': 1 })) {
    const deletions = some.map(({ _id, events }) => {
      const last = Math.max(...(events as { seq: number }[]).map(({ seq }) => seq));
      return { deleteMany: { filter: { _id: afterEvent(String(_id), last) as never } } };
    });
    await connection.collection('case_events').bulkWrite(deletions, { ordered: false });
  }
}

/** Configuration changes made after the configuration was read. */
async function dropLaterChanges(connection: Connection, since: Date): Promise<void> {
  const changes = { at: { $gte: since }, version: { $type: 'number' } };
  for await (const some of batches(connection, 'config_events', changes, { what: 1, key: 1, version: 1 }))
    for (const { _id, what, key, version } of some) {
      const kept = await connection
        .collection(configCollection(what as never))
        .findOne({ _id: idOf(what as never, String(key)) as never }, { projection: { version: 1 } });
      if (Number(version) > Number(kept?.version ?? 0))
        await connection.collection('config_events').deleteOne({ _id: _id as never });
    }
}

async function* batches(
  connection: Connection,
  name: string,
  filter: object,
  projection: object,
): AsyncGenerator<Document[]> {
  let batch: Document[] = [];
  for await (const document of connection.collection(name).find(filter, { projection, batchSize: BATCH })) {
    batch.push(document);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length) yield batch;
}
