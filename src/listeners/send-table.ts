import { stringify } from 'csv-stringify/sync';
import { CSV_DIALECT } from '../services/export-cases';
import { uploadFile } from '../slack/upload-file';
import type { ListenerDeps } from './deps';
import { logged } from './errors';
import { knownNames } from './export-search';
import { type PrivatePlace, tellPrivately } from './tell';

interface Table {
  /** `name`: a person's name. */
  readonly rows: (name: (id: string) => string) => Promise<readonly (readonly string[])[]>;
  readonly file: string;
  readonly comment: string;
  /** What could not be sent, for an error. */
  readonly what: string;
}

/** What is on screen, as a CSV file in a DM. A fault becomes a sentence where the button was pressed. */
export async function sendTable(deps: ListenerDeps, place: PrivatePlace, table: Table): Promise<void> {
  const { user } = place;
  try {
    const names = await knownNames(deps);
    const rows = await table.rows((id) => names.get(id) ?? id);
    const content = Buffer.from(stringify([...rows.map((row) => [...row])], CSV_DIALECT));
    const { channel } = await deps.clients.bulk.conversations.open({ users: user });
    await uploadFile(deps.clients.bulk, {
      channel: channel?.id ?? user,
      name: table.file,
      length: content.length,
      async *open() {
        yield content;
      },
      comment: table.comment,
    });
  } catch (error) {
    const code = logged(deps, error, `${table.what} could not be sent as a file`, { user });
    await tellPrivately(
      place,
      `The ${table.what} could not be sent as a file. Press *Download CSV* again; if it happens again, tell an admin the code ${code}.`,
    );
  }
}
