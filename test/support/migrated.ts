import type { Connection } from 'mongoose';
import { MIGRATIONS } from '../../src/db/migrations';

/** Runs every upgrade step, a few documents at a time. */
export async function migrated(connection: Connection): Promise<void> {
  for (const { run } of MIGRATIONS) {
    let from: string | null = null;
    do from = await run({ connection, from, limit: 3 });
    while (from !== null);
  }
}
