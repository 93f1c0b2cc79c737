import type { Connection } from 'mongoose';
import pino from 'pino';
import { caseReports } from '../../src/db/case-reports';
import { connect } from '../../src/db/connection';
import { directoryStore } from '../../src/db/directory';
import type { Area } from '../../src/domain/directory';
import type { PeopleLookup } from '../../src/domain/workspace';
import { type ConfigDeps, type ConfigRequest, configure } from '../../src/services/configure';
import { freshDatabase } from '../support/engine';

export const WEST: Area = {
  name: 'West No. 1',
  timeZone: 'America/Los_Angeles',
  channel: 'C1',
  areaManager: 'U1',
  deputy: null,
  manager: null,
  fallbackChannel: null,
};
/** User groups are empty: none is named here. */
const people: PeopleLookup = {
  inGroup: async () => [],
  account: async () => ({ active: true, timeZone: null, isBot: false, isGuest: false }),
  isGuest: async () => false,
  inChannel: async () => [],
};
export const ALL = { skip: 0, limit: 100 };
type Deps = ConfigDeps & { readonly directory: ReturnType<typeof directoryStore> };

/** An empty database for each test of a file, and what changes its configuration. */
export function configuring() {
  /** The authors of changes that admins were told about. */
  const told: (string | null)[] = [];
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let connection: Connection;
  let deps: Deps;
  let time: number;
  beforeAll(async () => {
    database = await freshDatabase();
    connection = await connect(database.uri, pino({ level: 'silent' }));
  });
  beforeEach(async () => {
    await connection.db?.dropDatabase();
    told.length = 0;
    time = Date.UTC(2026, 0, 5);
    const directory = directoryStore(connection, { now: () => new Date(time) });
    await directory.ensureIndexes();
    deps = {
      directory,
      configuration: directory.configuration,
      reports: caseReports(connection),
      people,
      admins: ['U9'],
      now: () => new Date(time),
      onAdminMatter: (by) => void told.push(by),
    };
  });
  afterAll(async () => {
    await connection.close();
    await database.drop();
  });
  return {
    told,
    connection: (): Connection => connection,
    deps: (): Deps => deps,
    now: (): Date => new Date(time),
    pass: (ms: number): void => {
      time += ms;
    },
    /** Changes the area West. */
    area: (change: Partial<ConfigRequest<'area'>> = {}) =>
      configure(deps, { what: 'area', key: WEST.name, by: 'U9', expected: null, change: () => WEST, ...change }),
    history: () => deps.configuration.history({}, ALL),
  };
}
