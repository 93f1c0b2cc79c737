import type { Actor } from '../../sandbox/workspace';
import type { StoredCase } from '../../src/services/ports/cases';
import { openRecords, type Records } from '../integration/records';
import { type Entries, type FormCommand, fileReport, openReport } from './reports';
import { startWorld, type World, type WorldOptions } from './world';

/** A world for all tests of a file, in which Amira files reports. Not available before the first test begins. */
export interface ReportWork {
  readonly world: World;
  readonly records: Records;
  readonly amira: Actor;
  /** An SJ number that no other report in this world has. */
  sj(): string;
  /** Opens a form about an SP of area West, answers it and files it. */
  file(command: FormCommand, entries: Entries, sj?: string): Promise<StoredCase>;
}

/** Starts the world before the tests of the calling file, and stops it after them. */
export function reportWork(options: WorldOptions = {}): ReportWork {
  let world: World;
  let records: Records;
  let nextSj = 920_000;
  beforeAll(async () => {
    world = await startWorld({ ...options });
    records = await openRecords(world);
  });
  afterAll(async () => {
    await records.close();
    await world.stop();
  });
  const sj = () => String(nextSj++);
  return {
    get world() {
      return world;
    },
    get records() {
      return records;
    },
    get amira() {
      return world.workspace.as('amira');
    },
    sj,
    async file(command, entries, job = sj()) {
      const amira = world.workspace.as('amira');
      await openReport(amira, command, `ACC100 ${job}`);
      await amira.fill(entries);
      return fileReport(world, records, amira);
    },
  };
}
