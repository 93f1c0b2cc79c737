import { type Connection, mongo } from 'mongoose';
import { INDEX_NAMES, RETIRED_INDEXES } from '../case-indexes';
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

/** Indexes that nothing asks for anymore are dropped, by name, once those that take their place stand. An earlier release builds its own again. */
export const retiredCaseIndexes: Migration = {
  number: 3,
  name: 'retired-case-indexes',
  needs: 0,
  waits: true,
  async isReady(connection) {
    const standing = await namesOf(connection);
    return INDEX_NAMES.every((name) => standing.includes(name));
  },
  async run({ connection }) {
    const cases = connection.collection('cases');
    for (const name of await namesOf(connection)) {
      if (!RETIRED_INDEXES.includes(name)) continue;
      try {
        await cases.dropIndex(name);
      } catch (error) {
        if (!isFault(error, NO_INDEX)) throw error;
      }
    }
    return null;
  },
};
