import { constants, createReadStream } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import dotenv from 'dotenv';
import { readToolConfig } from '../src/config';
import { boltLogger } from '../src/connection/bolt';
import { connect } from '../src/db/connection';
import { dataVersion } from '../src/db/data-version';
import { directoryStore } from '../src/db/directory';
import { MIGRATIONS } from '../src/db/migrations';
import { spMetricsStore } from '../src/db/sp-metrics';
import { spStandingStore } from '../src/db/sp-standings';
import { webhookFault } from '../src/delivery/targets/webhook/config';
import { makeLog } from '../src/log';
import { type ImportFiles, type ImportReport, importDirectory } from '../src/services/import-directory';
import { faultLine, type Source, unlistedFaults } from '../src/services/import-report';
import { slackClients } from '../src/slack/clients';
import { slackCompanies } from '../src/slack/companies';
import { slackLookup } from '../src/slack/lookup';
import { unfit } from '../src/upgrade';
import { VERSION } from '../src/version';

const USAGE = `Imports areas, service professionals, the policy, and what is measured about service professionals.

  npm run import -- --areas areas.csv --sps sps.csv --policy policy.yaml --metrics metrics.csv [--dry-run] [--strict]

  --dry-run   counts and lists faults, writes nothing
  --strict    writes nothing unless every row is valid
Any of the four files may be left out. MONGODB_URI and SLACK_BOT_TOKEN come from the environment or from .env.
Exit code: 0 everything imported, 1 nothing could be done, 2 some rows were refused (they are listed).`;
const PLAIN_EVERY = 10_000;
const TERMINAL_EVERY = 500;

/** Where a run writes; a terminal gets one progress line that is rewritten. */
export interface Screen {
  readonly out: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly err: NodeJS.WritableStream;
}

/** Runs the import with these arguments and returns the exit code. */
export async function runImport(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  { out, err }: Screen,
): Promise<0 | 1 | 2> {
  const say = (line: string) => out.write(`${line}\n`);
  const complain = (line: string) => err.write(`${line}\n`);
  const wanted = readArguments(args);
  if (!wanted.ok) {
    complain(`${wanted.fault}\n\n${USAGE}`);
    return 1;
  }
  if (wanted.help) {
    say(USAGE);
    return 0;
  }
  const read = readToolConfig(env);
  if (!read.ok) {
    for (const fault of read.faults) complain(fault);
    return 1;
  }
  for (const { name } of Object.values(wanted.files)) {
    const fault = await pathFault(name);
    if (fault) {
      complain(`${name} ${fault}. Nothing was imported.`);
      return 1;
    }
  }

  const { config } = read;
  const log = makeLog({ ...config, logLevel: 'silent' });
  const { bulk } = slackClients({
    token: config.botToken,
    slackApiUrl: config.slackApiUrl,
    logger: boltLogger(log),
    fetch,
    stopping: new AbortController().signal,
  });
  const connection = await connect(config.mongodbUri, log);
  try {
    if (connection.readyState !== 1) {
      complain('The database at MONGODB_URI does not answer: start it or correct the address. Nothing was imported.');
      return 1;
    }
    const why = unfit(await dataVersion(connection).read(), MIGRATIONS.length, VERSION);
    if (why) {
      complain(`${why} Nothing was imported.`);
      return 1;
    }
    const directory = directoryStore(connection, { now: () => new Date() });
    await directory.ensureIndexes();
    const report = await importDirectory(wanted.files, {
      directory,
      metrics: spMetricsStore(connection),
      standings: spStandingStore(connection, { now: () => new Date() }),
      slack: slackLookup(bulk, () => new Date(), slackCompanies(bulk, log)),
      by: 'import',
      now: () => new Date(),
      dryRun: wanted.dryRun,
      strict: wanted.strict,
      set: { targetsOff: config.targetsOff, webhookFault: (webhook) => webhookFault(config.webhooks, webhook) },
      admins: config.adminUsers,
      onRow: (file, rows) => {
        if (out.isTTY && rows % TERMINAL_EVERY === 0) out.write(`\r${file}: ${rows.toLocaleString('en')} rows`);
        else if (!out.isTTY && rows % PLAIN_EVERY === 0) say(`${file}: ${rows.toLocaleString('en')} rows`);
      },
    });
    if (out.isTTY) out.write('\r\u001B[K');
    show(report, wanted, say, complain);
    return report.faults > 0 ? 2 : 0;
  } catch (error) {
    complain(`The import stopped: ${error instanceof Error ? error.message : String(error)}`);
    complain('What was written before that stays; the import can be run again as it is.');
    return 1;
  } finally {
    await connection.close();
  }
}

/** Why a path cannot be imported: a file is read from its start more than once. */
async function pathFault(path: string): Promise<string | null> {
  const isFile = await Promise.all([stat(path), access(path, constants.R_OK)]).then(
    ([found]) => found.isFile(),
    () => null,
  );
  if (isFile === null) return 'cannot be read: check the path';
  return isFile ? null : 'is no plain file: write what it gives to one first';
}

function readArguments(
  args: readonly string[],
): { ok: true; files: ImportFiles; dryRun: boolean; strict: boolean; help: boolean } | { ok: false; fault: string } {
  try {
    const file = { type: 'string' } as const;
    const flag = { type: 'boolean', default: false } as const;
    const { values } = parseArgs({
      args: [...args],
      options: { areas: file, sps: file, policy: file, metrics: file, 'dry-run': flag, strict: flag, help: flag },
    });
    const { areas, sps, policy, metrics, strict, help } = values;
    // A variable of a script that is not set.
    if ([areas, sps, policy, metrics].includes('')) return { ok: false, fault: 'The path of a file is empty.' };
    if (!areas && !sps && !policy && !metrics && !help)
      return { ok: false, fault: 'Name at least one file to import.' };
    const files = {
      ...(areas && { areas: sourceOf(areas) }),
      ...(sps && { sps: sourceOf(sps) }),
      ...(policy && { policy: sourceOf(policy) }),
      ...(metrics && { metrics: sourceOf(metrics) }),
    };
    return { ok: true, files, dryRun: values['dry-run'], strict, help };
  } catch (error) {
    return { ok: false, fault: error instanceof Error ? error.message : String(error) };
  }
}

const sourceOf = (path: string): Source => ({ name: path, open: () => createReadStream(path) });

function show(
  report: ImportReport,
  { dryRun }: { dryRun: boolean },
  say: (line: string) => void,
  complain: (line: string) => void,
) {
  for (const file of report.files) {
    for (const fault of file.faults) complain(faultLine(fault));
    const unlisted = unlistedFaults(file);
    if (unlisted) complain(`${file.file}: ${unlisted}`);
  }
  for (const file of report.files) {
    const { inserted, updated, unchanged, faultCount } = file;
    say(`${file.file}: ${inserted} inserted, ${updated} updated, ${unchanged} unchanged, ${faultCount} faults`);
    for (const note of file.notes) say(`${file.file}: ${note}`);
  }
  if (dryRun) say('Dry run: nothing was written.');
  else if (!report.written) say('Strict: nothing was written. Correct the faults above and import again.');
  else if (report.faults > 0) say('Everything valid was imported. Correct the faults above and import again.');
}

if (require.main === module) {
  dotenv.config({ quiet: true });
  runImport(process.argv.slice(2), process.env, { out: process.stdout, err: process.stderr }).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    },
  );
}
