import type { KnownBlock } from '@slack/types';
import { CALENDAR_FAULTS, type Calendar, maskedAddress } from '../../domain/calendar';
import {
  aheadBy,
  type Connection,
  type Engine,
  engineFault,
  type Indexes,
  isMissing,
  isStuck,
  type JobRun,
} from '../../domain/health';
import { durationText } from '../../domain/policy-text';
import { amount } from '../../domain/wording';
import { spanOfTime } from '../length';
import { header, remark, section } from '../lines';
import { dateToken, escapeWithin, userMention } from '../text';

/** This instance of Warmline. */
export interface Instance {
  readonly version: string;
  readonly node: string;
  readonly mode: 'socket' | 'http';
  readonly startedAt: Date;
}
export interface HealthPart {
  readonly engine: Engine | null;
  readonly backlog: { readonly deliveries: number; readonly oldest: Date | null } | null;
  readonly runs: readonly JobRun[] | null;
  /** Those that cannot be read; null: the database did not answer. */
  readonly calendars: readonly Calendar[] | null;
  readonly instance: Instance;
  /** With Slack; null in HTTP mode. */
  readonly connection: Connection | null;
  readonly indexes: Indexes;
  /** Sentences about targets in the policy that are not set up. */
  readonly unset: readonly string[];
  readonly now: Date;
}
/** One line; `todo`: what is wrong and what to do, or null. */
interface Line {
  readonly text: string;
  readonly todo: string | null;
}

const AGO = '{ago}';
const MOST_JOBS = 30;
/** How many targets of the policy are listed: those beyond show once these are set up. */
const MOST_UNSET = 20;
const MINUTE = 60_000;

/** The state of Warmline, problems first; each says what to do. */
export function healthBlocks(health: HealthPart): KnownBlock[] {
  const { engine, backlog, runs, instance, connection, indexes, unset, calendars, now } = health;
  const all = [
    engineLine(engine),
    ...(indexes.ready ? [] : [indexLine(indexes)]),
    ...(connection ? [connectionLine(connection)] : []),
    queueLine(backlog, now),
    ...unset
      .slice(0, MOST_UNSET)
      .map((todo): Line => ({ text: '*Policy*: it names something that Warmline cannot reach', todo })),
    ...(calendars ?? []).map(calendarLine),
    tickLine(runs, now),
    ...(runs ?? [])
      .filter(({ name }) => name !== TICK)
      .slice(0, MOST_JOBS)
      .map((run) => jobLine(run, now)),
  ];
  const bad = all.filter(({ todo }) => todo);
  const { version, node, mode, startedAt } = instance;
  const about = `Warmline ${version}  ·  Node ${node}  ·  Slack over ${MODES[mode]}  ·  this instance started ${dateToken(startedAt)}`;
  return [
    header(bad.length ? `Health: ${bad.length} to check` : 'Health: all is well'),
    ...bad.map(block),
    ...(bad.length ? [{ type: 'divider' as const }] : []),
    ...all.filter(({ todo }) => !todo).map(block),
    remark(about),
  ];
}

const MODES = { socket: 'Socket Mode', http: 'HTTP' } as const;
const block = ({ text, todo }: Line): KnownBlock =>
  section(todo ? `:warning: ${text}\n${todo}` : `:white_check_mark: ${text}`);

function engineLine(engine: Engine | null): Line {
  if (!engine)
    return {
      text: '*Database*: no answer',
      todo: 'Reports are refused, not lost, until it answers. Look at the database server, then at `MONGODB_URI`.',
    };
  const { name, version, replicaSet } = engine;
  const called = `${name === 'stand-in' ? "the demo's stand-in for MongoDB" : name} ${escapeWithin(version, 40)}`;
  const todo = {
    'stand-in': 'Good for a demo and for tests. For real work set `MONGODB_URI` to a MongoDB of your own.',
    old: 'Warmline needs MongoDB 6 or newer: update the server.',
  };
  const fault = engineFault(engine);
  return {
    text: `*Database*: ${called}${replicaSet ? `, replica set ${escapeWithin(replicaSet, 60)}` : ''}`,
    todo: fault && todo[fault],
  };
}

const lasting = (ms: number) => (ms < 60_000 ? `${Math.round(ms / 1000)} s` : spanOfTime(ms / 3_600_000));

/** A page is drawn by an instance that is, or just was, connected, so this is mostly about the past. */
function connectionLine({ up, since, why, lastOutage }: Connection): Line {
  const reason = (words: string | null) => (words ? `: ${escapeWithin(words, 200)}` : '');
  if (!up)
    return {
      text: `*Connection with Slack*: none since ${dateToken(since, AGO)}${reason(why)}`,
      todo: 'It reconnects automatically. If it does not, look in the log for "Slack".',
    };
  const before = lastOutage
    ? `. Before that it was down for ${lasting(+lastOutage.to - +lastOutage.from)}${reason(lastOutage.why)}`
    : '';
  return { text: `*Connection with Slack*: open since ${dateToken(since, AGO)}${before}`, todo: null };
}

function indexLine({ since, fault }: Indexes): Line {
  return {
    text: `*Database indexes*: being built since ${dateToken(since, AGO)}`,
    todo: fault
      ? `The last try failed: ${escapeWithin(fault, 300)} Warmline tries again automatically. Until then, lists and searches are slow.`
      : 'Until they are built, lists and searches are slow.',
  };
}

function queueLine(backlog: HealthPart['backlog'], now: Date): Line {
  if (!backlog)
    return {
      text: '*Messages*: not counted in time',
      todo: 'Open this page again. If this continues, look at the database.',
    };
  const { deliveries, oldest } = backlog;
  if (!deliveries) return { text: '*Messages*: none waiting to be sent', todo: null };
  const late = isStuck(oldest, now);
  const since = oldest ? `, the oldest due ${dateToken(oldest, AGO)}` : '';
  return {
    text: `*Messages*: ${amount(deliveries)} waiting to be sent${since}`,
    todo: late
      ? 'They should be gone within a minute. Look in the log for "delivery:": Slack may be limiting Warmline, or the app may be uninstalled.'
      : null,
  };
}

/** Whose calendar makes no new covers now; what was read before still counts. */
const calendarLine = ({ person, url, failing }: Calendar): Line => ({
  text: `*Calendar* of ${userMention(person)} on ${escapeWithin(maskedAddress(url), 120)}: not read since ${failing ? dateToken(failing.since) : ''}`,
  todo: failing && `${CALENDAR_FAULTS[failing.why]} They change it with \`/warmline cover\`, or you do under *Covers*.`,
});

/** The job that fires reminders. */
const TICK = 'nudge';
function tickLine(runs: readonly JobRun[] | null, now: Date): Line {
  const tick = runs?.find(({ name }) => name === TICK);
  if (tick) return jobLine(tick, now, 'Last tick');
  if (!runs)
    return { text: '*Last tick*: not known', todo: 'The database did not return the jobs: open this page again.' };
  return {
    text: '*Last tick*: none yet',
    todo: 'Reminders are sent by the job `nudge`, every minute. If this continues, look in the log for "job failed".',
  };
}

/** The purposes of the scheduled jobs. */
const JOBS: Readonly<Record<string, string>> = {
  catch_up: 'what people wrote while nothing ran',
  deliver: 'messages after quiet hours',
  watch: 'repeat rules',
  digest: 'daily digests',
  weekly: 'weekly reports',
  audit: 'the auditor',
  calendars: 'absences become covers',
  letters: 'digests, reports and alarms go out',
  words: 'search',
  lapse: 'suspensions that end',
  prove: 'records are checked',
  purge: 'old records are deleted',
};

function jobLine(run: JobRun, now: Date, label = `Job ${run.name}`): Line {
  const { at, ms, did, fault, everyMinutes } = run;
  const often = everyMinutes === 1 ? 'every minute' : `every ${everyMinutes} minutes`;
  const rhythm = [JOBS[run.name], often].filter(Boolean).join(', ');
  const made = Object.entries(did ?? {})
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${amount(count)} ${what.replaceAll('_', ' ')}`);
  const text = `*${escapeWithin(label, 60)}* (${rhythm}): ${dateToken(at < now ? at : now, AGO)}, took ${amount(ms)} ms${made.length ? `, ${escapeWithin(made.join(', '), 200)}` : ''}`;
  if (fault)
    return {
      text,
      todo: `It failed: ${escapeWithin(fault, 300)} The next run tries again. If it keeps failing, look in the log for "job failed".`,
    };
  const ahead = aheadBy(run, now);
  if (ahead)
    return {
      text,
      todo: `The clock of the machine that ran it is ${durationText(Math.ceil(ahead / MINUTE))} ahead of this one's: sync both with NTP.`,
    };
  if (isMissing(run, now))
    return { text, todo: 'It has missed its runs: no instance of Warmline is running its jobs. Start one again.' };
  return { text, todo: null };
}
