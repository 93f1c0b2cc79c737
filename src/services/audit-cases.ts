import type { Actor } from '../domain/actor';
import type { Alarm, AlarmKind } from '../domain/alarms';
import { everyAlarm, subjectsOf } from './alarms';
import { LOOKS, MINUTE } from './audit-looks';
import type { ServiceDeps } from './deps';
import type { Finding, Round } from './look';
import { sharedOutside } from './shared-outside';
import { peopleOf } from './standing';

const MOST_TOLD = 500;
/** How long an alarm stays at least, ms: another instance's audit must not clear what was just repaired. */
const SHORTEST_ALARM_MS = 5 * 60_000;

/** Who gets an audit's news. */
export interface AuditNews {
  raised(alarm: Alarm): void;
  cleared(alarm: Alarm): void;
  /** A look failed, or a case could not be repaired; the next audit tries again. */
  fault(what: AlarmKind, error: unknown): void;
}

/**
 * Looks for what the ladder misses because of a fault (domain section 7): overdue steps, open cases without a reminder,
 * deactivated owners, stuck messages. It repairs what it can; each finding is an alarm until an audit does not find it
 * anymore. May run on any number of instances at once.
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
  for (const alarm of await everyAlarm(deps)) {
    const stays = found.some(({ id }) => id === alarm.id) || unfinished.includes(alarm.kind);
    const isYoung = Math.abs(+now - +alarm.since) < SHORTEST_ALARM_MS;
    if (stays || isYoung || !(await deps.alarms.clear(alarm.id))) continue;
    cleared++;
    news.cleared(alarm);
  }
  return { raised: fresh.length, cleared };
}

/** Checks at once whether another company reads this or a need-to-know channel. Rejects if Slack or store is down. */
export const auditSharing = async (
  deps: ServiceDeps,
  channel: string,
  news: Pick<AuditNews, 'raised'>,
): Promise<void> => void (await raise(deps, await sharedOutside(deps, channel), news));

/** Tells the admins about new findings; returns those. */
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

/** Writes one letter to each admin about something they have to know. With the same id, telling twice is telling once. */
export async function putAlarmLetters(
  { letters }: Pick<ServiceDeps, 'letters'>,
  admins: readonly Actor[],
  { id, about, at }: { readonly id: string; readonly about: string; readonly at: Date },
): Promise<void> {
  for (const to of admins)
    await letters.put({ id: `${id}:${to}`, to, about: null, content: { type: 'alarms', about: [about] }, at });
}

/**
 * Writes a letter to each admin for every alarm not marked as told, even if another instance raised it and died. The
 * letter's id is the alarm's, so telling twice is telling once; letters about alarms are sent as one message.
 */
async function tellAdmins(deps: ServiceDeps): Promise<void> {
  const untold = await deps.alarms.untold(MOST_TOLD);
  if (!untold.length) return;
  const { admins } = await peopleOf(deps, await deps.directory.policy());
  for (const alarm of untold) {
    const { id, about, since } = alarm;
    const subjects = await subjectsOf(deps, alarm);
    const readers = admins.filter((admin) => !subjects.includes(admin));
    await putAlarmLetters(deps, readers, { id: `alarm:${id}:${+since}`, about, at: since });
    if (admins.length) await deps.alarms.told(alarm);
  }
}
