import type { Alarm, AlarmKind } from '../domain/alarms';
import { type Finding, LOOKS, MINUTE, MOST_ALARMS, type Round } from './audit-looks';
import type { ServiceDeps } from './deps';
import { sharedOutside } from './shared-outside';
import { peopleOf } from './standing';

const MOST_TOLD = 500;
/** An alarm stays this long, ms: two instances that audit at one moment must not clear what the other has just repaired. */
const SHORTEST_ALARM_MS = 5 * 60_000;

/** Who hears what an audit found. */
export interface AuditNews {
  raised(alarm: Alarm): void;
  cleared(alarm: Alarm): void;
  /** One look could not be finished, or one case not be repaired; the next audit tries again. */
  fault(what: AlarmKind, error: unknown): void;
}

/**
 * Looks for what the ladder, by some fault, does not see (domain section 7): steps that are overdue, open cases that
 * nothing reminds anyone of, owners who are gone, messages that do not get out. What can be repaired is; each finding
 * is an alarm until an audit does not find it anymore. May run on any number of instances at once.
 */
export async function auditCases(deps: ServiceDeps, news: AuditNews): Promise<{ raised: number; cleared: number }> {
  const policy = await deps.directory.policy();
  const now = deps.now();
  const { grace } = policy.audit;
  const round: Round = { deps, now, grace, cutoff: new Date(+now - grace * MINUTE), fault: news.fault };

  const found: Finding[] = [];
  const unfinished: AlarmKind[] = [];
  for (const { look, finds } of LOOKS) {
    try {
      found.push(...(await look(round)));
    } catch (error) {
      unfinished.push(...finds);
      news.fault(finds[0], error);
    }
  }

  const fresh = await raise(deps, found, news);

  let cleared = 0;
  for (const alarm of await deps.alarms.open(MOST_ALARMS * LOOKS.length)) {
    const stays = found.some(({ id }) => id === alarm.id) || unfinished.includes(alarm.kind);
    const isYoung = Math.abs(+now - +alarm.since) < SHORTEST_ALARM_MS;
    if (stays || isYoung || !(await deps.alarms.clear(alarm.id))) continue;
    cleared++;
    news.cleared(alarm);
  }
  return { raised: fresh.length, cleared };
}

/** Looks whether another company reads this channel or a need-to-know one, without waiting for the next audit. Rejects when Slack or the store cannot be asked. */
export const auditSharing = async (
  deps: ServiceDeps,
  channel: string,
  news: Pick<AuditNews, 'raised'>,
): Promise<void> => void (await raise(deps, await sharedOutside(deps, channel), news));

/** What was found and is new is told to the admins; gives that. */
async function raise(
  deps: ServiceDeps,
  found: readonly Finding[],
  news: Pick<AuditNews, 'raised'>,
): Promise<readonly Alarm[]> {
  const since = deps.now();
  const fresh: Alarm[] = [];
  for (const finding of found) {
    const alarm = { ...finding, since };
    if (await deps.alarms.raise(alarm)) fresh.push(alarm);
  }
  for (const alarm of fresh) news.raised(alarm);
  await tellAdmins(deps);
  return fresh;
}

/**
 * A letter to each admin for every alarm of which they are not known to have been told, no matter which instance raised it and died before
 * telling. Its id is the alarm's, so that telling it twice is telling it once; letters of alarms travel together.
 */
async function tellAdmins(deps: ServiceDeps): Promise<void> {
  const untold = await deps.alarms.untold(MOST_TOLD);
  if (!untold.length) return;
  const { admins } = await peopleOf(deps, await deps.directory.policy());
  for (const alarm of untold) {
    const { id, about, since } = alarm;
    for (const to of admins)
      await deps.letters.put({
        id: `alarm:${id}:${+since}:${to}`,
        to,
        about: null,
        content: { type: 'alarms', about: [about] },
        at: since,
      });
    if (admins.length) await deps.alarms.told(alarm);
  }
}
