import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { startDatabase } from '../sandbox/database';
import { cardOf } from '../test/integration/records';
import { startCaseWork } from '../test/support/case-work';
import { ENGINE_HAS_INDEXES, ENGINE_URI } from '../test/support/engine';

/** Rewritten whenever instances run. */
const PASSING = ['lanes', 'instances', 'job_runs', 'homes'];

/**
 * Writes what this release leaves in a database, for the test of upgrades: `tsx scripts/release-data.ts 0000`. Run it
 * before adding a step to `src/db/migrations/`, with the number of the newest existing one. A few cases: one open, one
 * acknowledged with a note, one whose messages still wait.
 */
async function main(name: string): Promise<void> {
  const database = await startDatabase({ log: () => undefined });
  process.env[ENGINE_URI] = database.uri;
  process.env[ENGINE_HAS_INDEXES] = String(database.hasSecondaryIndexes);
  const work = await startCaseWork();
  const { workspace } = work.world;
  await work.file(work.as('amira'));
  const { stored, card } = await work.file(work.as('ben'));
  await work.make(work.as('dana'), 'Acknowledge', card);
  await work.as('dana').say('Called the SP.', 'am-west', cardOf(work.world, stored));
  await work.world.settled();
  await workspace.faults.set({ slackDown: false, errorBefore: { remaining: 10_000, method: 'chat.postMessage' } });
  await work.fill(work.as('amira'), { account: 'ACC200' });
  await work.as('amira').submit();
  await work.world.halt(work.world.app);

  const client = await mongoose.mongo.MongoClient.connect(work.world.databaseUri);
  const { EJSON } = mongoose.mongo.BSON;
  const lines: object[] = [{ warmline_backup: 1, at: workspace.clock.now() }];
  const counts: Record<string, number> = {};
  const collections = await client.db().listCollections({}, { nameOnly: true }).toArray();
  for (const collection of collections
    .map((one) => one.name)
    .filter((one) => !PASSING.includes(one))
    .sort()) {
    const documents = await client.db().collection(collection).find().sort({ _id: 1 }).toArray();
    if (!documents.length) continue;
    counts[collection] = documents.length;
    lines.push(...documents.map((document) => [collection, document]));
  }
  lines.push({ end: counts });
  const file = join(__dirname, '../test/fixtures/releases', `${name}.ndjson`);
  writeFileSync(file, lines.map((line) => `${EJSON.stringify(line, { relaxed: false })}\n`).join(''));
  await client.close();
  await work.stop();
  await database.stop();
}

main(process.argv[2] ?? '').then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
