import { parseArgs } from 'node:util';
import dotenv from 'dotenv';
import { DateTime } from 'luxon';
import { createApp } from '../src/app';
import { readConfig } from '../src/config';
import { CASE_KINDS, KINDS } from '../src/domain/kinds';
import { SEVERITIES } from '../src/domain/severity';
import { JOBS, runJob } from '../src/jobs/schedule';
import { makeLog } from '../src/log';
import type { Due } from '../src/services/ports/retention';
import { moment, rehearsal, type WouldSend } from './job/rehearsal';

const NAMES = JOBS.map(({ name }) => name).join(', ');
const USAGE = `Runs one job of the schedule by hand, beside the running app.

  npm run job -- nudge [--now 2026-11-02T14:00Z] [--dry-run]

  --now       the moment to act at, with its time zone; else now (what deletes acts at another one only with --dry-run)
  --dry-run   prints what would be sent, to whom and why, or how much would be deleted, by severity; changes nothing
Jobs: ${NAMES}.
The configuration comes from the environment or from .env, as for the app. Without --dry-run the job is done, and the
running app delivers what it brings.
Exit code: 0 done, 1 not done (what went wrong is said).`;

/** Where a run writes. */
export interface Screen {
  readonly out: NodeJS.WritableStream;
  readonly err: NodeJS.WritableStream;
}

/** Runs the job in these arguments and returns the exit code. */
export async function runByHand(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  { out, err }: Screen,
): Promise<0 | 1> {
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
  const read = readConfig(env);
  if (!read.ok) {
    for (const fault of read.faults) complain(fault);
    return 1;
  }

  const { job, at, dryRun } = wanted;
  const log = makeLog({ ...read.config, logLevel: 'error' }, { write: (line: string) => void err.write(line) });
  const app = await createApp({ config: read.config, log, ...(at ? { now: () => at } : {}) });
  try {
    const why = await app.unfit();
    if (why) {
      complain(why);
      return 1;
    }
    const sent: WouldSend[] = [];
    const deleted: Due[] = [];
    const deps = dryRun
      ? rehearsal(
          app.jobDeps,
          (would) => void sent.push(would),
          (would) => void deleted.push(would),
        )
      : { ...app.jobDeps, onStored: () => undefined }; // the running app finds new messages by itself
    const did = await runJob(deps, job);
    if (!did) {
      complain(
        `The job ${job.name} was not done: see above. ${dryRun ? 'Nothing was changed.' : 'It may be run again.'}`,
      );
      return 1;
    }
    const counts = Object.entries(did)
      .map(([what, count]) => `${count} ${what.replaceAll('_', ' ')}`)
      .join(', ');
    if (dryRun && job.deletes) {
      say(`Dry run of ${job.name}: ${counts}. Nothing was changed.`);
      for (const line of bySeverity(deleted)) say(line);
    } else if (dryRun) showSent(sent, job.name, say);
    else say(`${job.name}: ${counts}`);
    return 0;
  } finally {
    await app.stop();
  }
}

type Wanted =
  | { ok: true; help: boolean; job: (typeof JOBS)[number]; at: Date | null; dryRun: boolean }
  | { ok: false; fault: string };

function readArguments(args: readonly string[]): Wanted {
  try {
    const flag = { type: 'boolean', default: false } as const;
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { now: { type: 'string' }, 'dry-run': flag, help: flag },
    });
    const [name = '', ...more] = positionals;
    const job = values.help ? JOBS[0] : JOBS.find((one) => one.name === name);
    if (!job || more.length)
      return { ok: false, fault: name ? `There is no job "${positionals.join(' ')}".` : 'Name one job.' };
    const at = values.now === undefined ? null : instant(values.now);
    if (at === undefined)
      return { ok: false, fault: `"${values.now}" is no moment: give one like 2026-11-02T14:00Z, with its time zone.` };
    if (job.deletes && at && !values['dry-run'])
      return { ok: false, fault: `The job ${job.name} deletes: as of another moment, it runs only with --dry-run.` };
    return { ok: true, help: values.help, job, at, dryRun: values['dry-run'] };
  } catch (error) {
    return { ok: false, fault: error instanceof Error ? error.message : String(error) };
  }
}

/** The instant in an ISO text with a time zone. */
function instant(text: string): Date | undefined {
  const at = DateTime.fromISO(text);
  return /T.*(Z|[+-]\d\d:?\d\d)$/i.test(text) && at.isValid ? at.toJSDate() : undefined;
}

/** Cases to delete by kind and severity, most severe first: "  high-risk reports: 2 critical, 5 high". */
function bySeverity(deleted: readonly Due[]): readonly string[] {
  return CASE_KINDS.flatMap((kind) => {
    const counts = SEVERITIES.flatMap((severity) => {
      const count = deleted.filter((one) => one.kind === kind && one.severity === severity).length;
      return count ? [`${count} ${severity}`] : [];
    });
    return counts.length ? [`  ${KINDS[kind].several}: ${counts.join(', ')}`] : [];
  });
}

/** One line per message, earliest first. */
function showSent(sent: readonly WouldSend[], job: string, say: (line: string) => void): void {
  for (const { at, to, ref, why } of [...sent].sort((a, b) => +a.at - +b.at))
    say([moment(at), to, ref ?? '-', why].join('  '));
  say(`Dry run of ${job}: ${sent.length} message${sent.length === 1 ? '' : 's'} would be sent. Nothing was changed.`);
}

if (require.main === module) {
  dotenv.config({ quiet: true });
  runByHand(process.argv.slice(2), process.env, { out: process.stdout, err: process.stderr }).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    },
  );
}
