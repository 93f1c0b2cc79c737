import { randomUUID } from 'node:crypto';
import { mongo } from 'mongoose';
import { withDatabase } from '../../sandbox/database/connection-string';

/** How test files find the engine that `global-setup.ts` started: they run in their own processes. */
export const ENGINE_URI = 'TEST_ENGINE_URI';
export const ENGINE_HAS_INDEXES = 'TEST_ENGINE_HAS_INDEXES';

/** The connection string of the one engine of this Jest run. */
function engineUri(): string {
  const uri = process.env[ENGINE_URI];
  if (!uri)
    throw new Error('No test database is running. Run tests through jest with the repository’s jest.config.cjs.');
  return uri;
}

/** False if the engine scans instead of using indexes, which makes tests of index use pointless. */
export const engineHasIndexes = (): boolean => process.env[ENGINE_HAS_INDEXES] === 'true';

/** A new empty database; call `drop()` in `afterAll`. */
export async function freshDatabase(): Promise<{ uri: string; drop(): Promise<void> }> {
  const uri = withDatabase(engineUri(), `test-${randomUUID()}`);
  return {
    uri,
    drop: async () => {
      const client = await mongo.MongoClient.connect(uri);
      await client.db().dropDatabase();
      await client.close();
    },
  };
}

/** An address that makes the driver report its commands. */
export function monitored(databaseUri: string): string {
  const uri = new URL(databaseUri);
  uri.searchParams.set('monitorCommands', 'true');
  return uri.href;
}
