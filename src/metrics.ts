import type { FetchFunction } from '@slack/web-api';
import type { Logger } from 'pino';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { CaseEvent } from './domain/case';
import type { Connection, Indexes } from './domain/health';
import type { AlarmStore, CaseStore } from './services/ports';

/** What can be counted of a running Warmline, for `GET /metrics`. No label holds a person, a case or a channel. */
export interface Metrics {
  /** The stores, with what is written to them counted. */
  watchCases<Store extends CaseStore>(cases: Store): Store;
  watchAlarms<Store extends AlarmStore>(alarms: Store): Store;
  /** `fetch`, with what Slack refuses counted by method. */
  readonly fetch: FetchFunction;
  jobDone(job: string, seconds: number, ok: boolean): void;
  /** How this instance stands is read whenever figures are asked for. */
  watchStanding(standing: Standing): void;
  /** Prometheus text. What the database holds is read now; while it does not answer, those figures are NaN. */
  text(): Promise<string>;
}

/** How an instance stands. */
export interface Standing {
  /** Null in HTTP mode. */
  readonly connection: () => Connection | null;
  readonly indexes: () => Indexes;
  /** Rejections that nobody watched. */
  readonly unwatched: () => number;
}

export function createMetrics(now: () => Date, log: Logger): Metrics {
  const registers = [new Registry()];
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name: `warmline_${name}`, help, labelNames, registers });
  const gauge = (name: string, help: string) => new Gauge({ name: `warmline_${name}`, help, registers });

  const events = counter('case_events_total', 'What happened to cases; "filed" counts new ones.', 'kind', 'type');
  const nudges = counter('nudges_total', 'Rungs that fired, by clock and kind of target.', 'clock', 'target');
  const raised = counter('alarms_total', 'Alarms raised by the auditor.', 'kind');
  const refused = counter('slack_failures_total', 'Calls that Slack refused or did not answer.', 'method', 'reason');
  const failures = counter('job_failures_total', 'Runs of a job that failed.', 'job');
  const seconds = new Histogram({
    name: 'warmline_job_seconds',
    help: 'Duration of a run; the job "nudge" is the tick.',
    labelNames: ['job'],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60],
    registers,
  });
  const up = gauge('database_up', '1 when the database answered this very question.');
  const waiting = gauge('deliveries_waiting', 'Messages that wait to be sent.');
  const oldest = gauge(
    'oldest_delivery_seconds',
    'Since when the oldest of them could have been sent; 0 when none could.',
  );
  const dead = gauge('cases_with_dead_letters', 'Cases that hold a message which was given up.');
  const open = gauge('alarms_open', 'Alarms whose reason is still there.');

  let stores: { cases?: CaseStore; alarms?: AlarmStore } = {};
  const count = (kind: string, list: readonly CaseEvent[]) => {
    for (const event of list) {
      events.inc({ kind, type: event.type });
      if (event.type === 'nudged') nudges.inc({ clock: event.data.clock, target: event.data.to.split(':')[0] ?? '' });
    }
  };

  return {
    watchCases(cases) {
      stores = { ...stores, cases };
      return {
        ...cases,
        async insert(stored) {
          const outcome = await cases.insert(stored);
          if (outcome === 'inserted') count(stored.kind, stored.events);
          return outcome;
        },
        async save(based, next) {
          const saved = await cases.save(based, next);
          if (saved) count(based.kind, next.events);
          return saved;
        },
      };
    },

    watchAlarms(alarms) {
      stores = { ...stores, alarms };
      return {
        ...alarms,
        async raise(alarm) {
          const fresh = await alarms.raise(alarm);
          if (fresh) raised.inc({ kind: alarm.kind });
          return fresh;
        },
      };
    },

    async fetch(url, init) {
      const method = methodOf(String(url));
      const response = await globalThis.fetch(url, init).catch((error: unknown) => {
        refused.inc({ method, reason: 'no_answer' });
        throw error;
      });
      if (response.status !== 200) refused.inc({ method, reason: `http_${response.status}` });
      const text = response.text.bind(response);
      // Slack's own refusals come as 200; the client reads the text once, and it is looked at on the way.
      const overheard = async () => {
        const body = await text();
        const fault = /^\s*\{"ok":\s*false,.*?"error":\s*"([a-z_]{1,60})"/s.exec(body)?.[1];
        if (response.status === 200 && fault) refused.inc({ method, reason: fault });
        return body;
      };
      return Object.defineProperty(response, 'text', { value: overheard });
    },

    jobDone(job, took, ok) {
      seconds.observe({ job }, took);
      if (!ok) failures.inc({ job });
    },

    watchStanding({ connection, indexes, unwatched }) {
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
        help: 'Rejections that nobody watched: each is a fault of Warmline.',
        registers,
        collect() {
          this.reset();
          this.inc(unwatched());
        },
      });
      read('indexes_ready', '1 when the indexes of the database are built.', () => Number(indexes().ready));
      const socket = connection;
      if (!socket()) return;
      read('socket_up', '1 while the socket with Slack is usable.', () => Number(socket()?.up ?? false));
      read('socket_since_seconds', 'When it became usable, or ceased to be, in seconds since 1970.', () =>
        Math.round(+(socket()?.since ?? 0) / 1000),
      );
      read('socket_reconnects_total', 'How often it was opened again.', () => socket()?.reconnects ?? 0);
    },

    async text() {
      try {
        const [backlog, alarms] = await Promise.all([stores.cases?.backlog(), stores.alarms?.count()]);
        up.set(1);
        waiting.set(backlog?.deliveries ?? 0);
        oldest.set(backlog?.oldest ? Math.max(0, (+now() - +backlog.oldest) / 1000) : 0);
        dead.set(backlog?.casesWithDead ?? 0);
        open.set(alarms ?? 0);
      } catch (error) {
        log.warn({ err: error }, 'metrics: the database does not answer');
        up.set(0);
        for (const figure of [waiting, oldest, dead, open]) figure.set(Number.NaN);
      }
      return registers[0]?.metrics() ?? '';
    },
  };
}

/** The Web API method of an address; an upload goes to an address of its own. */
const methodOf = (url: string): string => /\/api\/([a-zA-Z.]+)(\?|$)/.exec(url)?.[1] ?? 'upload';
