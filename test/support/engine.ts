import { randomUUID } from 'node:crypto';
import { mongo } from 'mongoose';
import { withDatabase } from '../../sandbox/database/connection-string';

/** How the engine that `global-setup.ts` started reaches the test files: they run in processes of their own. */
export const ENGINE_URI = 'TEST_ENGINE_URI';
export const ENGINE_HAS_INDEXES = 'TEST_ENGINE_HAS_INDEXES';

/** The connection string of the one engine that serves this jest run. */
function engineUri(): string {
  const uri = process.env[ENGINE_URI];
  if (!uri)
    throw new Error('No test database is running. Run tests through jest with the repository’s jest.config.cjs.');
  return uri;
}

/** False when the engine scans instead of using indexes; a test about index use has nothing to see there. */
export const engineHasIndexes = (): boolean => process.env[ENGINE_HAS_INDEXES] === 'true';

/** An empty database that nobody else uses; `drop()` in `afterAll` gives its space back. */
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

/** An address whose driver tells of its commands: it does so only where the address asks for it. */
export function monitored(databaseUri: string): string {
  const uri = new URL(databaseUri);
  uri.searchParams.set('monitorCommands', 'true');
  return uri.href;
}
