import { type Connection, mongo } from 'mongoose';
import { INDEX_NAMES } from '../case-indexes';

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

/** Whether every index of `cases` that this release asks for stands. */
export async function indexesStand(connection: Connection): Promise<boolean> {
  const standing = await namesOf(connection);
  return INDEX_NAMES.every((name) => standing.includes(name));
}

/** Drops indexes of `cases` by name; one that is not there is none to drop. */
export async function dropIndexes(connection: Connection, retired: readonly string[]): Promise<void> {
  const cases = connection.collection('cases');
  for (const name of await namesOf(connection)) {
    if (!retired.includes(name)) continue;
    try {
      await cases.dropIndex(name);
    } catch (error) {
      if (!isFault(error, NO_INDEX)) throw error;
    }
  }
}
