import type { FileHandle } from 'node:fs/promises';
import { recordPage } from '../blocks/record/page';
import type { SealedEvent } from '../domain/event';
import { formOf } from '../domain/forms';
import { filesOf } from '../domain/forms/engine';
import { logReads } from '../services/log-reads';
import type { StoredCase } from '../services/ports/cases';
import { type PackedFile, packRecord } from '../services/proof/pack-record';
import { exportable } from '../services/timeline';
import { downloadFile, NoFileError } from '../slack/download-file';
import { uploadFile } from '../slack/upload-file';
import type { ListenerDeps } from './deps';
import { logged } from './errors';
import { knownNames } from './export-search';
import type { ActionArgs } from './handlers';
import { tellPrivately } from './tell';
import { piecesOf, unnamedFile, writingTo } from './unnamed-file';

/** More than Slack accepts in a form. */
const MOST_FILE_BYTES = 1024 * 1024 * 1024;

/**
 * The record of a case as a zip that proves itself (docs/records.md), in a DM, for people who answer for the case and
 * may read it. The export goes on the access log. A fault becomes a sentence in the DM.
 */
export async function recordExported(deps: ListenerDeps, { action, body, client }: ActionArgs) {
  const user = body.user.id;
  const place = { client, user, channel: null };
  const ref = action.value ?? '';
  const stored = await exportable(deps, ref, user);
  if (!stored) return tellPrivately(place, NOT_YOURS);
  try {
    await logReads(deps, user, [{ record: stored, sight: 'text' }], 'record');
    if (!(await send(deps, user, stored))) await tellPrivately(place, NOT_YOURS);
  } catch (error) {
    const code = logged(deps, error, 'the record of a case could not be exported', { user, ref });
    await tellPrivately(
      place,
      `The record of ${ref} could not be exported, and no file was made. Press *Export record* again; if it happens again, tell an admin the code ${code}.`,
    );
  }
}

const NOT_YOURS = 'Only those who answer for a case and may read all of it can export its record.';

/** False if they may no longer have it once it is made, which may take minutes. */
async function send(deps: ListenerDeps, user: string, stored: StoredCase): Promise<boolean> {
  const zip = await unnamedFile();
  const held: FileHandle[] = [];
  try {
    const events: SealedEvent[] = [];
    for await (const page of deps.history.all(stored)) events.push(...page);
    const [catalogue, area, policy, names] = await Promise.all([
      deps.directory.catalogue(),
      stored.area ? deps.directory.area(stored.area) : null,
      deps.directory.policy(),
      knownNames(deps),
    ]);
    const { id, version: _v, events: _e, posts: _p, outbox: _o, said: _s, ...facts } = stored;
    const at = deps.now();
    const timeZone = area?.timeZone ?? policy.time_zone;
    const page = recordPage({ facts, events, catalogue, names, timeZone, madeAt: at, madeBy: user });
    await packRecord({ id, facts, events, page, files: evidence(deps, stored, held), at }, writingTo(zip));
    const { channel } = await deps.clients.bulk.conversations.open({ users: user });
    if (!(await exportable(deps, stored.ref, user))) return false;
    await uploadFile(deps.clients.bulk, {
      channel: channel?.id ?? user,
      name: `${stored.ref}-record.zip`,
      length: (await zip.stat()).size,
      open: () => piecesOf(zip),
      comment: `The record of ${stored.ref}, as it is now. To prove it later, unpack it and run: node verify.cjs`,
    });
    return true;
  } finally {
    await Promise.all([zip, ...held].map((file) => file.close()));
  }
}

/** The uploaded files, one after the other; if Slack no longer has one, the export says so. */
async function* evidence(deps: ListenerDeps, stored: StoredCase, held: FileHandle[]): AsyncGenerator<PackedFile> {
  for (const id of filesOf(formOf(stored.kind), stored.answers)) {
    const file = await unnamedFile();
    held.push(file);
    try {
      const name = await downloadFile(deps.clients.bulk, id, writingTo(file), MOST_FILE_BYTES);
      yield { id, name, content: piecesOf(file) };
    } catch (error) {
      if (!(error instanceof NoFileError)) throw error;
      yield { id, missing: error.message };
    }
  }
}
