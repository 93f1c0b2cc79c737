import { cleanText, shown } from '../domain/clean-text';
import type { Area, GivenArea } from '../domain/directory';
import type { FileReport } from '../domain/import-report';
import type { SlackLookup } from '../domain/workspace';
import { checkArea } from './check-area';
import { count, emptyReport, type Source } from './import-report';
import { readRows, type Table } from './import-rows';
import type { DirectoryWriter } from './ports/directory';

type Column = (typeof COLUMN_OF)[keyof Area];
const COLUMN_OF = {
  name: 'area',
  timeZone: 'time_zone',
  channel: 'channel',
  areaManager: 'area_manager',
  deputy: 'deputy',
  manager: 'manager',
  fallbackChannel: 'fallback_channel',
} as const satisfies Readonly<Record<keyof Area, string>>;
const columnOf = (field: string) => COLUMN_OF[field as keyof Area];
const TABLE: Table<Column> = {
  columns: ['area', 'time_zone', 'channel', 'area_manager', 'deputy', 'fallback_channel'],
  /** Older files do not have it: areas keep what they have. */
  optional: ['manager'],
  headings: { area: ['Area name'], area_manager: ['AM'], manager: ["Area Manager's manager"] },
};
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
 * fallback channel and manager may be empty (a case of an area without a channel goes to the fallback). Existing area
 * names match in any letter case (`known`).
 */
export async function importAreas(
  source: Source,
  {
    directory,
    slack,
    dryRun,
    by,
    known,
  }: { directory: DirectoryWriter; slack: SlackLookup; dryRun: boolean; by: string; known: readonly Area[] },
): Promise<FileReport & { areas: Area[] }> {
  const report = { ...emptyReport(source.name), areas: [] as Area[] };
  const names = areaNames(new Set(known.map(({ name }) => name)));
  const seen = new Map<string, number>();
  for await (const row of readRows(source, TABLE, report)) {
    const { line, values } = row;
    const name = names(values.area) ?? values.area;
    const earlier = seen.get(areaKey(name));
    if (earlier !== undefined)
      row.blame('area', `${shown(values.area)} is on line ${earlier} already: keep one of the two`);
    const checked = await checkArea(slack, { ...givenOf(values), name });
    if (!checked.ok) for (const { field, message } of checked.faults) row.blame(columnOf(field), message);
    if (earlier === undefined && name !== '') seen.set(areaKey(name), line);
    if (!checked.ok || row.isBad()) continue;
    const manager = row.has('manager')
      ? checked.area.manager
      : (known.find((one) => one.name === name)?.manager ?? null);
    report.areas.push({ ...checked.area, name, manager });
  }
  count(report, await directory.saveAreas(report.areas, { by, dryRun }));
  return report;
}

const areaKey = (name: string) => cleanText(name).toLowerCase();

/** Finds an area's name in any letter case; an exact match is preferred. */
export function areaNames(names: ReadonlySet<string>): (given: string) => string | null {
  const inAnyCase = new Map([...names].map((name) => [areaKey(name), name]));
  return (given) => (names.has(given) ? given : (inAnyCase.get(areaKey(given)) ?? null));
}
