import { IANAZone } from 'luxon';
import type { Area } from '../domain/directory';
import { type Resolved, resolveChannel, resolvePerson, type SlackLookup } from './import-people-and-channels';
import { count, emptyReport, type FileReport, type Source } from './import-report';
import { readRows } from './import-rows';
import type { DirectoryWriter } from './ports';

const AREA_COLUMNS = ['area', 'time_zone', 'channel', 'area_manager', 'deputy', 'fallback_channel'] as const;

/**
 * Imports areas.csv: every valid row is saved, every fault of a bad one is listed. Channel, Area Manager, deputy and
 * fallback channel may be left empty (a case of an area without a channel goes to the fallback).
 */
export async function importAreas(
  source: Source,
  { directory, slack, dryRun }: { directory: DirectoryWriter; slack: SlackLookup; dryRun: boolean },
): Promise<FileReport & { areas: Area[] }> {
  const report = { ...emptyReport(source.name), areas: [] as Area[] };
  const seen = new Map<string, number>();
  for await (const row of readRows(source, AREA_COLUMNS, (fault) => report.faults.push(fault))) {
    report.rows++;
    if (!row) continue;
    const { line, values } = row;
    const before = report.faults.length;
    const blame = (column: string, reason: string) => report.faults.push({ file: source.name, line, column, reason });
    const resolve = async (column: (typeof AREA_COLUMNS)[number], found: (given: string) => Promise<Resolved>) => {
      if (values[column] === '') return null;
      const resolved = await found(values[column]);
      if (resolved.ok) return resolved.id;
      blame(column, resolved.reason);
      return null;
    };
    const earlier = seen.get(values.area.toLowerCase());
    if (values.area === '') blame('area', 'is empty: name the area');
    else if (earlier !== undefined) blame('area', `${values.area} is on line ${earlier} already: keep one of the two`);
    else seen.set(values.area.toLowerCase(), line);
    if (!IANAZone.isValidZone(values.time_zone))
      blame('time_zone', `${values.time_zone || 'nothing'} is no time zone: use an IANA name such as America/Denver`);

    const area: Area = {
      name: values.area,
      timeZone: values.time_zone,
      channel: await resolve('channel', (given) => resolveChannel(slack, given)),
      areaManager: await resolve('area_manager', (given) => resolvePerson(slack, given)),
      deputy: await resolve('deputy', (given) => resolvePerson(slack, given)),
      fallbackChannel: await resolve('fallback_channel', (given) => resolveChannel(slack, given)),
    };
    if (report.faults.length === before) report.areas.push(area);
  }
  count(report, await directory.saveAreas(report.areas, dryRun));
  return report;
}
