import { type ReportWeek, reportWeek } from '../domain/digest';
import type { Area } from '../domain/directory';
import { leadershipPlace, type Policy } from '../domain/policy';
import { calendarOf } from '../domain/policy-time';
import { tally, trendStart, type WeeklyReport } from '../domain/weekly-report';
import type { ServiceDeps } from './deps';

/**
 * Writes the weekly reports that are owed now: one for each area's channel and one over all areas for leadership
 * (domain section 8). An existing one costs one lookup by its id; without a case in eight weeks there is none. Returns
 * how many it wrote.
 */
export async function writeWeeklyReports(deps: ServiceDeps): Promise<number> {
  const { directory, letters, now } = deps;
  const [policy, areas, former] = await Promise.all([directory.policy(), directory.areas(), directory.formerAreas()]);
  const owed = [
    ...areas.map((area) => ({ to: area.channel, key: `area:${area.name}`, zone: area, areas: [area.name] })),
    {
      to: leadershipPlace(policy, 'reports'),
      key: 'leadership',
      zone: null,
      areas: [null, ...areas.map(({ name }) => name), ...former],
    },
  ].flatMap(({ to, key, zone, areas: counted }) => {
    const week = reportWeek(calendarOf(policy, zone), policy.digests, now());
    return to && week ? [{ id: `weekly:${key}:${week.date}`, to, week, zone, counted }] : [];
  });
  const known = await letters.known(owed.map(({ id }) => id));
  let written = 0;
  for (const { id, to, week, zone, counted } of owed.filter((one) => !known.has(one.id))) {
    const report = await count(deps, policy, areas, { week, zone, counted });
    if (!report) continue;
    await letters.put({ id, to, about: null, at: now(), content: { type: 'weekly_report', ...report } });
    written++;
  }
  return written;
}

/** Reads the cases as a stream and keeps only figures. `zone`: the area's; null for leadership. */
async function count(
  { reports }: ServiceDeps,
  policy: Policy,
  areas: readonly Area[],
  { week, zone, counted }: { week: ReportWeek; zone: Area | null; counted: readonly (string | null)[] },
): Promise<WeeklyReport | null> {
  const timeZone = zone?.timeZone ?? policy.time_zone;
  const hoursOf = (name: string | null) => calendarOf(policy, areas.find((area) => area.name === name) ?? null);
  const figures = tally(zone?.name ?? null, week, timeZone, hoursOf);
  const since = trendStart(week, timeZone);
  for (const name of counted) for await (const one of reports.reported(name, since, week)) figures.add(one);
  return figures.result();
}
