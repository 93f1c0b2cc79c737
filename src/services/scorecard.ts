import type { Actor } from '../domain/actor';
import { businessMinutesBetween, type Calendar } from '../domain/business-hours';
import { calendarOf } from '../domain/policy-time';
import { periodsOf, recognitionOf, type Scorecard, scoredSince, weeksOf } from '../domain/scorecard';
import type { SpHold } from '../domain/sp-hold';
import { standings } from '../domain/sp-metrics';
import { seenStanding } from '../domain/sp-standing';
import type { ServiceDeps } from './deps';
import { type Seen, visible } from './find-cases';
import type { CaseRecord } from './ports/cases';
import { personOf } from './standing';

/** A scorecard, and which of the open cases the reader may see, newest first. */
export interface ReadScorecard extends Scorecard<CaseRecord> {
  readonly open: readonly Seen[];
  /** Its legal hold, and whether the reader may place and lift it. */
  readonly hold: SpHold | null;
  readonly mayHold: boolean;
}

/**
 * What is known of an SP (domain section 9), counted over the cases that the reader may read. A need-to-know case of
 * which they may know only that it exists is listed as such while it is open, and not counted. Two indexed queries.
 */
export async function scorecardOf(deps: ServiceDeps, account: string, reader: Actor): Promise<ReadScorecard> {
  const now = deps.now();
  const [provider, sp, hold, person, records, measured, policy, areas] = await Promise.all([
    deps.directory.provider(account),
    deps.standings.of(account),
    deps.holds.of(account),
    personOf(deps, reader, []),
    deps.cases.scoresOf(account, scoredSince(now)),
    deps.metrics.newest(account, 2),
    deps.directory.policy(),
    deps.directory.areas(),
  ]);
  const areaOf = (name: string | null) => areas.find((area) => area.name === name) ?? null;
  const calendars = new Map<string | null, Calendar>();
  const hoursOf = (name: string | null): Calendar => {
    const calendar = calendars.get(name) ?? calendarOf(policy, areaOf(name));
    calendars.set(name, calendar);
    return calendar;
  };
  const seen = await visible(deps, records, reader);
  const read = seen.filter(({ sight }) => sight === 'text').map(({ record }) => record);
  const timeZone = areaOf(provider?.area ?? null)?.timeZone ?? policy.time_zone;
  const [newest, before] = measured;
  return {
    account,
    provider,
    standing: seenStanding(provider, sp, now),
    past: sp?.past ?? [],
    hold,
    mayHold: person.isAdmin,
    periods: periodsOf(read, now, ({ area, filedAt }, at) => businessMinutesBetween(hoursOf(area), filedAt, at)),
    weeks: weeksOf(read, now, timeZone),
    timeZone,
    recognition: recognitionOf(read, now),
    metrics: newest ? { period: newest.period, before: before?.period ?? null, standings: standings(measured) } : null,
    open: seen.filter(({ record }) => record.state !== 'resolved' && record.state !== 'void'),
  };
}
