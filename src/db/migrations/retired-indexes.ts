import { type Connection, mongo } from 'mongoose';
import { INDEX_NAMES } from '../case-indexes';
import type { Migration } from './migration';

const [NO_COLLECTION, NO_INDEX] = [26, 27];
const isFault = (error: unknown, code: number) => error instanceof mongo.MongoServerError && error.code === code;

async function namesOf(connection: Connection): Promise<readonly string[]> {
  try {
    return (await connection.collection('cases').indexes()).map(({ name = '' }) => name);
  } catch (error) {
    if (isFault(error, NO_COLLECTION)) return [];
    throw error;
  }
}

/** A step that drops indexes of `cases` by name, once every index of this release exists; missing ones are ignored. */
export function dropping(retired: readonly string[]): Pick<Migration, 'waits' | 'isReady' | 'run'> {
  return {
    waits: true,
    async isReady(connection) {
      const standing = await namesOf(connection);
      return INDEX_NAMES.every((name) => standing.includes(name));
    },
    async run({ connection }) {
      for (const name of await namesOf(connection)) if (retired.includes(name)) await drop(connection, name);
      return null;
    },
  };
}

async function drop(connection: Connection, name: string): Promise<void> {
  try {
    await connection.collection('cases').dropIndex(name);
  } catch (error) {
    if (!isFault(error, NO_INDEX)) throw error;
  }
}
