import type { KnownBlock } from '@slack/types';
import { FAULTS_SHOWN, importCheckBlocks, importDoneBlocks, importLine } from '../blocks/home/import-report';
import type { FileReport } from '../domain/import-report';
import type { CardPlace } from '../domain/mailbox';
import { amount } from '../domain/wording';
import { importDirectory } from '../services/import-directory';
import { faultLine, unlistedFaults } from '../services/import-report';
import { downloadFile, NoFileError } from '../slack/download-file';
import type { DroppedFile } from '../slack/ids/import';
import { uploadFile } from '../slack/upload-file';
import type { ListenerDeps } from './deps';
import { logged } from './errors';
import { changeOrTell } from './tell';
import { piecesOf, unnamedFile, writingTo } from './unnamed-file';

/** A message that is edited as work proceeds, and for whom. */
interface Standing extends CardPlace {
  readonly user: string;
}

/** Larger files need the command. */
const MOST_BYTES = 100_000_000;
/** Rows between two progress updates. */
const ROWS_PER_SIGN = 10_000;
/** One import at a time, over all people and instances. */
const SLOT = 'import';
/** How long a dead instance blocks imports, ms; a live one renews it at every update. */
const SLOT_MS = 5 * 60_000;

/** Checks a dropped file, and says in a DM what it would change, with the button to do it. */
export async function checkDropped(deps: ListenerDeps, user: string, dropped: DroppedFile): Promise<void> {
  const standing = await said(deps, user, 'Warmline is checking your file. Nothing is written yet.');
  await orSay(deps, standing, 'Your file could not be checked, and nothing was written.', async () => {
    const report = await importDropped(deps, dropped, { by: user, dryRun: true, standing });
    await conclude(deps, standing, importLine(report, 'would be'), importCheckBlocks(dropped, report));
    await shareFaults(deps, standing, report).catch(async (error: unknown) => {
      const code = logged(deps, error, 'the faults of a dropped file could not be sent', { user });
      await said(deps, user, `${NO_LIST} If it happens again, tell the person who runs Warmline the code ${code}.`);
    });
  });
}
const NO_LIST =
  'Slack did not take the file with everything that is wrong. Correct what is shown above and drop your file again.';

/** Imports a checked file; its message shows the progress, and finally the result. */
export async function importNow(deps: ListenerDeps, user: string, dropped: DroppedFile, at: CardPlace): Promise<void> {
  const standing = { ...at, user };
  const stopped = 'The import stopped. What was written before that stays; drop the file again to continue.';
  await orSay(deps, standing, stopped, async () => {
    if (!(await deps.exportSlots.take(SLOT, SLOT_MS))) {
      await said(deps, user, 'Another import is running. Press the button again when it is done.');
      return;
    }
    try {
      await proceed(deps, standing, 'Your file is being imported.', false);
      const report = await importDropped(deps, dropped, { by: user, dryRun: false, standing });
      await conclude(deps, standing, importLine(report, ''), importDoneBlocks(report));
    } finally {
      deps.onAdminMatter(null);
      await deps.exportSlots.free(SLOT);
    }
  });
}

interface Run {
  readonly by: string;
  readonly dryRun: boolean;
  readonly standing: Standing;
}
/** The same import as the command's, without holding the file in memory. */
async function importDropped(
  deps: ListenerDeps,
  { kind, file: id }: DroppedFile,
  { by, dryRun, standing }: Run,
): Promise<FileReport> {
  const file = await unnamedFile();
  let signing: Promise<void> | null = null;
  const sign = (rows: number) => {
    signing ??= proceed(deps, standing, progress(rows, dryRun), dryRun).finally(() => {
      signing = null;
    });
  };
  try {
    const name = await downloadFile(deps.clients.bulk, id, writingTo(file), MOST_BYTES);
    // Not a Node stream, which closes the file if it is left before its end.
    const open = () => piecesOf(file);
    const { files } = await importDirectory(
      { [kind]: { name, open } },
      {
        directory: deps.importTarget,
        metrics: deps.metrics,
        standings: deps.standings,
        slack: deps.importLookup,
        by,
        dryRun,
        strict: false,
        now: deps.now,
        onRow: (_name, rows) => {
          if (rows % ROWS_PER_SIGN === 0) sign(rows);
        },
      },
    );
    const [report] = files;
    if (!report) throw new Error(`The import of ${kind} gave no report.`);
    return report;
  } finally {
    // An update on its way must not cover the report.
    await signing;
    await file.close();
  }
}

const progress = (rows: number, dryRun: boolean) =>
  `${amount(rows)} rows ${dryRun ? 'checked' : 'imported'} so far. If this number does not change for five minutes, drop the file again.`;

/** A progress update; a refusal by Slack stops nothing. */
async function proceed({ clients, exportSlots, log }: ListenerDeps, at: Standing, text: string, dryRun: boolean) {
  const { channel, ts } = at;
  try {
    await Promise.all([
      clients.bulk.chat.update({ channel, ts, text, blocks: [] }),
      dryRun || exportSlots.keep(SLOT, SLOT_MS),
    ]);
  } catch (error) {
    log.warn({ err: error }, 'the progress of an import could not be shown');
  }
}

/** The faults as a file, if the message shows only the first ones. */
async function shareFaults(deps: ListenerDeps, { channel }: Standing, report: FileReport): Promise<void> {
  const { file, faults, faultCount } = report;
  if (faultCount <= FAULTS_SHOWN) return;
  const list = await unnamedFile();
  try {
    const unlisted = unlistedFaults(report);
    await list.appendFile(`${[...faults.map(faultLine), ...(unlisted ? [unlisted] : [])].join('\n')}\n`);
    const { size } = await list.stat();
    await uploadFile(deps.clients.bulk, {
      channel,
      name: `${file}.faults.txt`,
      length: size,
      open: () => piecesOf(list),
      comment: unlisted
        ? `The first ${amount(faults.length)} of the ${amount(faultCount)} faults of ${file}.`
        : `Everything that is wrong with ${file}: ${amount(faultCount)} faults.`,
    });
  } finally {
    await list.close();
  }
}

async function said({ clients }: ListenerDeps, user: string, text: string): Promise<Standing> {
  const { channel = user, ts = '' } = await clients.bulk.chat.postMessage({ channel: user, text });
  return { user, channel, ts };
}
const conclude = (
  { clients }: ListenerDeps,
  { user, channel, ts }: Standing,
  text: string,
  blocks: readonly KnownBlock[] = [],
) => changeOrTell({ client: clients.bulk, user, channel: null }, { channel, ts }, { text, blocks: [...blocks] });

/** Does the work; errors are shown in place of the report, with the log's name for them. */
async function orSay(deps: ListenerDeps, at: Standing, failed: string, work: () => Promise<void>) {
  try {
    await work();
  } catch (error) {
    const code = logged(deps, error, 'a dropped file could not be imported');
    const why =
      error instanceof NoFileError
        ? `${error.message}${error.fault === 'file_too_large' ? ' Import it with the command on the server.' : ''}`
        : `If it happens again, tell the person who runs Warmline the code ${code}.`;
    await conclude(deps, at, `${failed} ${why}`);
  }
}
