import { startDatabase } from '../../sandbox/database';
import { ENGINE_HAS_INDEXES, ENGINE_URI } from './engine';
import { compilePrograms } from './programs';

/** Starts the engine for a whole Jest run. */
export default async function setUp(): Promise<void> {
  const [database] = await Promise.all([
    startDatabase({ log: (line) => process.stderr.write(`${line}\n`) }),
    compilePrograms(),
  ]);
  process.env[ENGINE_URI] = database.uri;
  process.env[ENGINE_HAS_INDEXES] = String(database.hasSecondaryIndexes);
  globalThis.stopTestEngine = database.stop;
}
