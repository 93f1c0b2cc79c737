import { type Connection, mongo } from 'mongoose';
import type { Engine } from '../domain/health';
import { engineOf } from './engine';

/** The state of a database before anything uses it. */
export interface Probe {
  readonly engine: Engine;
  /** Whether it is empty. */
  readonly isEmpty: boolean;
  /** Why nothing can be written, or null. */
  readonly writeFault: string | null;
  /** Missing indexes, as `collection: fields`. */
  readonly missingIndexes: readonly string[];
}

/** Checks a database whose stores are open, without changing anything. Rejects if it is unreachable or unreadable. */
export async function probe(connection: Connection): Promise<Probe> {
  const { db } = connection;
  if (!db) throw new Error('The database is not connected.');
  const engine = await engineOf(connection)();
  const there = new Set((await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name));
  return {
    engine,
    isEmpty: !there.size,
    writeFault: await writeFault(connection),
    missingIndexes: (await Promise.all(Object.values(connection.models).map((model) => lacking(model, there)))).flat(),
  };
}

/** A write that finds nothing to change needs the same rights as any other. */
async function writeFault(connection: Connection): Promise<string | null> {
  try {
    await connection.collection('lanes').updateOne({ _id: 'check-config' as never }, { $set: { holder: null } });
    return null;
  } catch (error) {
    if (!(error instanceof mongo.MongoError)) throw error;
    return error.message;
  }
}

async function lacking(model: Connection['models'][string], there: ReadonlySet<string>): Promise<string[]> {
  const { collectionName } = model.collection;
  const wanted = model.schema.indexes().map(([fields]) => JSON.stringify(fields));
  const built = there.has(collectionName) ? await model.collection.listIndexes().toArray() : [];
  const has = new Set(built.map(({ key }) => JSON.stringify(key)));
  return wanted.filter((fields) => !has.has(fields)).map((fields) => `${collectionName}: ${fields}`);
}
