import type { Actor } from '../domain/actor';
import type { FileReport } from '../domain/import-report';
import type { SlackLookup } from '../domain/workspace';
import { importAreas } from './import-areas';
import { importMetrics } from './import-metrics';
import { importPolicy } from './import-policy';
import { importProviders } from './import-providers';
import type { Source } from './import-report';
import { numbersFor } from './numbers';
import type { Directory, ImportTarget } from './ports/directory';
import type { SpMetricsStore } from './ports/records';
import type { SpStandings } from './ports/standings';
import type { SetTargets } from './unset-targets';

export interface ImportOptions {
  readonly directory: Directory & ImportTarget;
  readonly metrics: Pick<SpMetricsStore, 'save'>;
  readonly standings: Pick<SpStandings, 'all'>;
  readonly slack: SlackLookup;
  /** Recorded as the author of the changes. */
  readonly by: string;
  /** Counts and lists faults, writes nothing. */
  readonly dryRun: boolean;
  /** Writes nothing unless every row of every file is valid. */
  readonly strict: boolean;
  readonly now: () => Date;
  /** For a policy: what the environment says about the targets that it names, and the admins in it. */
  readonly set?: SetTargets;
  readonly admins?: readonly Actor[];
  readonly onRow?: (file: string, rows: number) => void;
}
export interface ImportFiles {
  readonly areas?: Source;
  readonly sps?: Source;
  readonly policy?: Source;
  readonly metrics?: Source;
}
export interface ImportReport {
  readonly files: readonly FileReport[];
  readonly faults: number;
  /** False in a dry run, and in a strict import with faults. */
  readonly written: boolean;
}

/** Imports areas, SPs, policy and SP metrics, in this order. Can be repeated: existing entries are updated in place. */
export async function importDirectory(files: ImportFiles, options: ImportOptions): Promise<ImportReport> {
  if (options.strict && !options.dryRun) {
    const rehearsal = await importDirectory(files, { ...options, dryRun: true });
    if (rehearsal.faults > 0) return rehearsal;
  }
  const { directory, slack, dryRun, by, now, set, admins = [], onRow } = options;
  const reports: FileReport[] = [];
  const numbers = await numbersFor({ directory });
  const known = await directory.areas();
  const areas = new Set(known.map(({ name }) => name));
  if (files.areas) {
    const report = await importAreas(files.areas, { directory, slack, dryRun, by, known });
    for (const { name } of report.areas) areas.add(name);
    reports.push(report);
  }
  if (files.sps) {
    const { name } = files.sps;
    reports.push(
      await importProviders(files.sps, {
        directory,
        standings: options.standings,
        areas,
        timeZone: (await directory.policy()).time_zone,
        numbers,
        dryRun,
        by,
        now,
        ...(onRow && { onRow: (rows) => onRow(name, rows) }),
      }),
    );
  }
  if (files.policy)
    reports.push(
      await importPolicy(files.policy, { directory, slack, dryRun, by, areas, admins, ...(set && { set }) }),
    );
  if (files.metrics) {
    const { name } = files.metrics;
    const progress = onRow && { onRow: (rows: number) => onRow(name, rows) };
    reports.push(
      await importMetrics(files.metrics, { metrics: options.metrics, numbers, dryRun, by, now, ...progress }),
    );
  }
  return { files: reports, faults: reports.reduce((sum, { faultCount }) => sum + faultCount, 0), written: !dryRun };
}
