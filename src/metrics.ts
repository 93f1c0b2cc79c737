import type { FetchFunction } from '@slack/web-api';
import type { Logger } from 'pino';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { CaseEvent } from './domain/event';
import type { Connection, Indexes } from './domain/health';
import { within } from './services/deadline';
import type { CaseStore } from './services/ports/cases';
import type { AlarmStore } from './services/ports/watch';

/** A running Warmline's metrics, for `GET /metrics`. No label holds a person, a case or a channel. */
export interface Metrics {
  /** The store, with its writes counted. */
  watchCases<Store extends CaseStore>(cases: Store): Store;
  watchAlarms<Store extends AlarmStore>(alarms: Store): Store;
  /** `fetch`, with Slack's refusals counted by method. */
  readonly fetch: FetchFunction;
  jobDone(job: string, seconds: number, ok: boolean): void;
  /** The state of this instance, read whenever metrics are requested. */
  watchStanding(standing: Standing): void;
  /** Prometheus text. Figures from the database are read now; if it does not answer, they are NaN. */
  text(): Promise<string>;
}

/** The state of an instance. */
export interface Standing {
  /** Null in HTTP mode. */
  readonly connection: () => Connection | null;
  readonly indexes: () => Indexes;
  /** Upgrade steps that are not done yet. */
  readonly stepsLeft: () => number;
  /** Unhandled rejections. */
  readonly unwatched: () => number;
}

/** How long the database may take for its figures, ms: less than a scrape. */
const ANSWER_MS = 3_000;

export function createMetrics(now: () => Date, log: Logger): Metrics {
  const registry = new Registry();
  const counters = countersIn(registry);
  const gauges = gaugesIn(registry);
  let stores: Stores = {};

  return {
    watchCases(cases) {
      stores = { ...stores, cases };
      return countedCases(cases, counters);
    },
    watchAlarms(alarms) {
      stores = { ...stores, alarms };
      return countedAlarms(alarms, counters);
    },
    fetch: overhearing(counters),
    jobDone(job, took, ok) {
      counters.seconds.observe({ job }, took);
      if (!ok) counters.failures.inc({ job });
    },
    watchStanding: (standing) => exposeStanding(registry, standing),
    async text() {
      try {
        await within(ANSWER_MS, readStores(stores, gauges, now()));
      } catch (error) {
        log.warn({ err: error }, 'metrics: the database does not answer');
        const { up, ...figures } = gauges;
        up.set(0);
        for (const figure of Object.values(figures)) figure.set(Number.NaN);
      }
      return registry.metrics();
    },
  };
}

interface Stores {
  readonly cases?: CaseStore;
  readonly alarms?: AlarmStore;
}

/** What is counted as it happens. */
function countersIn(registry: Registry) {
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name: `warmline_${name}`, help, labelNames, registers });
  return {
    events: counter('case_events_total', 'What happened to cases; "filed" counts new ones.', 'kind', 'type'),
    nudges: counter('nudges_total', 'Rungs that fired, by clock and kind of target.', 'clock', 'target'),
    raised: counter('alarms_total', 'Alarms raised by the auditor.', 'kind'),
    refused: counter('slack_failures_total', 'Calls that Slack refused or did not answer.', 'method', 'reason'),
    failures: counter('job_failures_total', 'Runs of a job that failed.', 'job'),
    seconds: new Histogram({
      name: 'warmline_job_seconds',
      help: 'Duration of a run; the job "nudge" is the tick.',
      labelNames: ['job'],
      buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60],
      registers,
    }),
  };
}
type Counters = ReturnType<typeof countersIn>;

/** What is read from the database on each request. */
function gaugesIn(registry: Registry) {
  const gauge = (name: string, help: string) => new Gauge({ name: `warmline_${name}`, help, registers: [registry] });
  return {
    up: gauge('database_up', '1 when the database answered this check.'),
    waiting: gauge('deliveries_waiting', 'Messages that wait to be sent.'),
    oldest: gauge('oldest_delivery_seconds', 'How long the oldest of them has been due; 0 when none is.'),
    dead: gauge('cases_with_dead_letters', 'Cases with a message that was given up.'),
    open: gauge('alarms_open', 'Alarms whose cause is still there.'),
  };
}

/** Sets every gauge; rejects if the database does not answer. */
async function readStores(stores: Stores, gauges: ReturnType<typeof gaugesIn>, now: Date): Promise<void> {
  const [backlog, alarms] = await Promise.all([stores.cases?.backlog(), stores.alarms?.count()]);
  gauges.up.set(1);
  gauges.waiting.set(backlog?.deliveries ?? 0);
  gauges.oldest.set(backlog?.oldest ? Math.max(0, (+now - +backlog.oldest) / 1000) : 0);
  gauges.dead.set(backlog?.casesWithDead ?? 0);
  gauges.open.set(alarms ?? 0);
}

/** The store, with its new events counted. */
function countedCases<Store extends CaseStore>(cases: Store, { events, nudges }: Counters): Store {
  const count = (kind: string, list: readonly CaseEvent[]) => {
    for (const event of list) {
      events.inc({ kind, type: event.type });
      if (event.type === 'nudged') nudges.inc({ clock: event.data.clock, target: event.data.to.split(':')[0] ?? '' });
    }
  };
  return {
    ...cases,
    async insert(stored, untold) {
      const outcome = await cases.insert(stored, untold);
      if (outcome === 'inserted') count(stored.kind, stored.events);
      return outcome;
    },
    async save(based, next) {
      const saved = await cases.save(based, next);
      if (saved) count(based.kind, next.events);
      return saved;
    },
  };
}

/** The store, with its new alarms counted. */
function countedAlarms<Store extends AlarmStore>(alarms: Store, { raised }: Counters): Store {
  return {
    ...alarms,
    async raise(alarm) {
      const fresh = await alarms.raise(alarm);
      if (fresh) raised.inc({ kind: alarm.kind });
      return fresh;
    },
  };
}

/** `fetch`, with Slack's refusals counted. */
function overhearing({ refused }: Counters): FetchFunction {
  return async (url, init) => {
    const method = methodOf(String(url));
    const response = await globalThis.fetch(url, init).catch((error: unknown) => {
      refused.inc({ method, reason: 'no_answer' });
      throw error;
    });
    if (response.status !== 200) refused.inc({ method, reason: `http_${response.status}` });
    const text = response.text.bind(response);
    // Slack's own refusals have status 200; the client reads the text once, and it is inspected on the way.
    const overheard = async () => {
      const body = await text();
      const fault = /^\s*\{"ok":\s*false,.*?"error":\s*"([a-z_]{1,60})"/s.exec(body)?.[1];
      if (response.status === 200 && fault) refused.inc({ method, reason: fault });
      return body;
    };
    return Object.defineProperty(response, 'text', { value: overheard });
  };
}

function exposeStanding(registry: Registry, { connection: socket, indexes, stepsLeft, unwatched }: Standing): void {
  const registers = [registry];
  const read = (name: string, help: string, value: () => number) =>
    new Gauge({
      name: `warmline_${name}`,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  new Counter({
    name: 'warmline_unhandled_rejections_total',
    help: 'Unhandled rejections: each is a fault of Warmline.',
    registers,
    collect() {
      this.reset();
      this.inc(unwatched());
    },
  });
  read('indexes_ready', '1 when the indexes of the database are built.', () => Number(indexes().ready));
  read('upgrade_steps_left', 'Upgrade steps that are not done yet.', stepsLeft);
  if (!socket()) return;
  read('socket_up', '1 while the socket with Slack is usable.', () => Number(socket()?.up ?? false));
  read('socket_since_seconds', 'When that last changed, in seconds since 1970.', () =>
    Math.round(+(socket()?.since ?? 0) / 1000),
  );
  read('socket_reconnects_total', 'How many times it reconnected.', () => socket()?.reconnects ?? 0);
}

/** The Web API method of an address; an upload has its own address. */
const methodOf = (url: string): string => /\/api\/([a-zA-Z.]+)(\?|$)/.exec(url)?.[1] ?? 'upload';
