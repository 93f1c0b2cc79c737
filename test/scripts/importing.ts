import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Connection } from 'mongoose';
import pino from 'pino';
import manifest from '../../manifests/socket.json';
import people from '../../sandbox/demo-data/people.json';
import { startWorkspace, type Workspace } from '../../sandbox/workspace';
import { runImport } from '../../scripts/import';
import { connect } from '../../src/db/connection';
import { directoryStore } from '../../src/db/directory';
import { freshDatabase } from '../support/engine';

export const DEMO = join(__dirname, '../../sandbox/demo-data');
export const AREAS = 'area,time_zone,channel,area_manager,deputy,fallback_channel';
export const SPS = 'sp_account,name,area,phone,email,status';
export const WEST = 'West,America/Los_Angeles,#am-west,dana@warmline.example,,';

/** A workspace for the tests of a file, an empty database and a folder for each of them, and the import between them. */
export function importing() {
  let workspace: Workspace;
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let connection: Connection;
  let folder: string;
  beforeAll(async () => {
    workspace = await startWorkspace({
      manifest,
      users: [...people.users, { name: 'gone', email: 'gone@warmline.example', deleted: true }],
      channels: [
        ...people.channels,
        { name: 'old', archived: true, members: ['dana'] },
        { name: 'elsewhere', app: false, members: ['dana'] },
      ],
      userGroups: [{ handle: 'nights', users: ['rosa'] }],
    });
  });
  afterAll(() => workspace.stop());
  beforeEach(async () => {
    [database, folder] = [await freshDatabase(), await mkdtemp(join(tmpdir(), 'import-'))];
    connection = await connect(database.uri, pino({ level: 'silent' }));
  });
  afterEach(async () => {
    await connection.close();
    await database.drop();
    await rm(folder, { recursive: true });
  });
  return {
    workspace: (): Workspace => workspace,
    connection: (): Connection => connection,
    folder: (): string => folder,
    stored: () => directoryStore(connection, { now: () => new Date() }),
    /** Runs the import with these arguments. */
    async run(...args: string[]) {
      const [out, err] = [new PassThrough(), new PassThrough()];
      const env = { MONGODB_URI: database.uri, SLACK_BOT_TOKEN: workspace.botToken, SLACK_API_URL: workspace.apiUrl };
      const [code, said, complained] = await Promise.all([
        runImport(args, env, { out, err }).finally(() => {
          out.end();
          err.end();
        }),
        text(out),
        text(err),
      ]);
      return { code, said, complained: complained.replaceAll(`${folder}/`, '').split('\n').filter(Boolean) };
    },
    /** Writes a file into the folder; returns its path. */
    async file(name: string, lines: readonly string[] | string): Promise<string> {
      await writeFile(join(folder, name), typeof lines === 'string' ? lines : `${lines.join('\n')}\n`);
      return join(folder, name);
    },
  };
}
