import type { Connection } from 'mongoose';
import { MIGRATIONS } from '../../src/db/migrations';

/** Takes every step of an upgrade to its end, a few documents at a time. */
export async function migrated(connection: Connection): Promise<void> {
  for (const { run } of MIGRATIONS) {
    let from: string | null = null;
    do from = await run({ connection, from, limit: 3 });
    while (from !== null);
  }
}
