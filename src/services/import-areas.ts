import type { Area } from '../domain/directory';
import { checkArea, type GivenArea } from './check-area';
import type { SlackLookup } from './import-people-and-channels';
import { count, emptyReport, type FileReport, type Source } from './import-report';
import { readRows } from './import-rows';
import type { DirectoryWriter } from './ports';

const AREA_COLUMNS = ['area', 'time_zone', 'channel', 'area_manager', 'deputy', 'fallback_channel'] as const;
/** Columns that files from before they were known lack. */
const LATER_COLUMNS = ['manager'] as const;
type Column = (typeof AREA_COLUMNS)[number] | (typeof LATER_COLUMNS)[number];
const COLUMN_OF: Readonly<Record<keyof Area, Column>> = {
  name: 'area',
  timeZone: 'time_zone',
  channel: 'channel',
  areaManager: 'area_manager',
  deputy: 'deputy',
  manager: 'manager',
  fallbackChannel: 'fallback_channel',
};
const columnOf = (field: string) => COLUMN_OF[field as keyof Area];
const givenOf = (values: Readonly<Record<Column, string>>): GivenArea => ({
  name: values.area,
  timeZone: values.time_zone,
  channel: values.channel,
  areaManager: values.area_manager,
  deputy: values.deputy,
  manager: values.manager,
  fallbackChannel: values.fallback_channel,
});

/**
 * Imports areas.csv: every valid row is saved, every fault of a bad one is listed. Channel, Area Manager, deputy,
 * fallback channel and manager may be left empty (a case of an area without a channel goes to the fallback).
 */
export async function importAreas(
  source: Source,
  { directory, slack, dryRun, by }: { directory: DirectoryWriter; slack: SlackLookup; dryRun: boolean; by: string },
): Promise<FileReport & { areas: Area[] }> {
  const report = { ...emptyReport(source.name), areas: [] as Area[] };
  const seen = new Map<string, number>();
  const rows = readRows<Column>(source, AREA_COLUMNS, (fault) => report.faults.push(fault), LATER_COLUMNS);
  for await (const row of rows) {
    report.rows++;
    if (!row) continue;
    const { line, values } = row;
    const before = report.faults.length;
    const blame = (column: string, reason: string) => report.faults.push({ file: source.name, line, column, reason });
    const earlier = seen.get(values.area.toLowerCase());
    if (earlier !== undefined) blame('area', `${values.area} is on line ${earlier} already: keep one of the two`);
    else if (values.area !== '') seen.set(values.area.toLowerCase(), line);
    const checked = await checkArea(slack, givenOf(values));
    if (!checked.ok) for (const { field, message } of checked.faults) blame(columnOf(field), message);
    else if (report.faults.length === before) report.areas.push(checked.area);
  }
  count(report, await directory.saveAreas(report.areas, { by, dryRun }));
  return report;
}
