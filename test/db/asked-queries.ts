import type { Connection } from 'mongoose';
import { caseDesks } from '../../src/db/case-desks';
import { caseHistory } from '../../src/db/case-history';
import { caseReports } from '../../src/db/case-reports';
import { caseStore } from '../../src/db/cases';
import { recordStore } from '../../src/db/records';
import type { Person } from '../../src/domain/access';
import type { CaseEvent } from '../../src/domain/event';
import { storedQueue } from '../../src/domain/lane-queue';
import { queueQuery, readQueueFilters } from '../../src/domain/queue';
import { storedCase, WEST } from '../support/cases';
import type { Keys, Query } from './query-indexes';

/** The stores of cases, each of which asks only what is listed here. */
export function storesOf(connection: Connection) {
  return {
    store: caseStore(connection),
    history: caseHistory(connection),
    reports: caseReports(connection),
    records: recordStore(connection),
    desks: caseDesks(connection),
  };
}
export type Stores = ReturnType<typeof storesOf>;
type Ask = (stores: Stores) => Promise<unknown>;

/** Collects every query that a connection makes from now on. */
export function askedOn(connection: Connection): Query[] {
  const asked: Query[] = [];
  connection.set('debug', (_collection: string, method: string, first: unknown = {}, second: Keys = {}) => {
    const { sort = {}, skip, limit } = second as { sort?: Keys; skip?: number; limit?: number };
    // For a field alone, an index that begins with it has all values.
    if (method === 'distinct') asked.push({ filter: { [String(first)]: { $exists: true }, ...second }, sort: {} });
    else if (method === 'aggregate') asked.push({ filter: (first as { $match: Keys }[])[0]?.$match ?? {}, sort: {} });
    else if (method === 'findOne') asked.push({ filter: first as Keys, sort, limit: 1 });
    else if (method !== 'createIndex' && method !== 'indexes') asked.push({ filter: first as Keys, sort, skip, limit });
  });
  return asked;
}

export const NOW = new Date('2026-11-02T17:00:00Z');

/** Every query of `db/cases.ts` by the method that makes it. */
export const QUERIES: Readonly<Record<string, Ask>> = {
  byId: ({ store }) => store.byId('V1'),
  byRef: ({ store }) => store.byRef('SPF-000001'),
  remember: ({ store }) => store.remember('SPF-000001', { channel: 'D0DANA', ts: '1.1' }),
  byPost: ({ store }) => store.byPost('C1', '1.2'),
  shownInFull: ({ store }) => store.shownInFull('C1', 10),
  keptFrom: ({ store }) => store.keptFrom('C1', 10),
  byNote: ({ store }) => store.byNote('C1', '1.2'),
  openBySj: ({ store }) => store.openBySj('556677'),
  openBySp: ({ store }) => store.openBySp('ACC100', ['MISDIAG'], NOW),
  promisedCallbacks: ({ store }) => store.promisedCallbacks('leadership', NOW, 10),
  bySj: ({ store }) => store.bySj('556677', 10),
  bySp: ({ store }) => store.bySp('ACC100', 10),
  scoresOf: ({ store }) => store.scoresOf('ACC100', NOW),
  due: ({ store }) => store.due(NOW, 10, { id: 'V1', ref: 'SPF-000001', at: NOW }),
  openPage: ({ store }) => store.openPage('V1', 10),
  stalled: ({ store }) => store.stalled('V1', 10),
  changedAfter: ({ store }) => store.changedAfter(NOW, 10, { id: 'V1', changedAt: NOW }),
  openOwners: ({ store }) => store.openOwners(),
  openChannels: ({ store }) => store.openChannels(),
  ownerless: ({ store }) => store.ownerless(10),
  undelivered: ({ store }) => store.undelivered(NOW, 10),
  backlog: ({ store }) => store.backlog(),
  waiting: ({ store }) => store.waiting(storedQueue('C1'), 10, NOW),
  waitingOfOne: ({ store }) => Promise.all(['C1', 'C2'].map((queue) => store.waitingOfOne(storedQueue(queue), NOW))),
  lanesWithWork: ({ store }) => store.lanesWithWork(10, NOW),
  grantedTo: ({ store }) => store.grantedTo('U1', NOW),
  openOf: ({ store }) => store.openOf('U1', 10),
};
/** A case whose document begins with its 501st event. */
const LONG = { id: 'V1', events: [{ ...storedCase('V1').events[0], seq: 501 } as CaseEvent] };
/** Every query of `db/case-history.ts`; what keeps events writes by `_id`. */
export const HISTORY: Readonly<Record<string, Ask>> = {
  ensureIndexes: ({ history }) => history.ensureIndexes(),
  all: ({ history }) => history.all(LONG)[Symbol.asyncIterator]().next(),
  numbered: ({ history }) => history.numbered(LONG, 7),
  hasKey: ({ history }) => history.hasKey(LONG, 'V2'),
  between: ({ history }) => history.between(LONG, 3, 7),
  newestAbout: ({ history }) => history.newestAbout(LONG, 'note', '1.2'),
};
/** Every query of `db/case-reports.ts`; `watched` and `told` write by `_id`, and `hasAny` reads any one document. */
export const REPORTS: Readonly<Record<string, Ask>> = {
  openIn: ({ reports }) => reports.openIn('West'),
  hasOpen: ({ reports }) => reports.hasOpen('West'),
  praiseIn: ({ reports }) => reports.praiseIn('West', NOW),
  inState: ({ reports }) => reports.inState('in_review', 10),
  unrouted: ({ reports }) => reports.unrouted(10),
  dead: ({ reports }) => reports.dead(10),
  reported: ({ reports }) => reports.reported('West', NOW, { from: NOW, to: NOW })[Symbol.asyncIterator]().next(),
  unwatched: ({ reports }) => reports.unwatched(10),
  watchedOf: ({ reports }) => reports.watchedOf('ACC100', NOW),
  raisedFor: ({ reports }) => reports.raisedFor('repeat:ACC100:'),
};
/** Every query of `db/records.ts`; `about` counts all. */
export const RECORDS: Readonly<Record<string, Ask>> = {
  page: ({ records }) => records.page('V1', 10),
  byRef: ({ records }) => records.byRef('SPF-000001'),
  claim: ({ records }) => records.claim(10),
  heads: ({ records }) => records.heads(NOW)[Symbol.asyncIterator]().next(),
};
/** A person who leads an area and has a role, filtering by an SP: every branch and clause of a desk. */
const DANA: Person = {
  id: 'U1',
  isAdmin: false,
  isManager: true,
  roles: ['risk'],
  standsFor: ['U2'],
  grants: [{ ref: 'HRR-000001', by: 'U3', until: NOW, seq: 3 }],
};
const queue = (args: Readonly<Record<string, string>>) =>
  queueQuery(readQueueFilters(args, DANA), DANA, [{ ...WEST, areaManager: 'U1' }], NOW);
const LED = { areas: ['West'], kinds: ['sp_feedback'] as const };
/** Every query of `db/case-desks.ts`. */
export const DESKS: Readonly<Record<string, Ask>> = {
  queue: async ({ desks }) => {
    await desks.queue(queue({ scope: 'mine' }), 990, 10);
    await desks.queue(queue({ sp: 'ace', kind: 'high_risk', state: 'overdue', severity: 'high' }), 0, 10);
    await desks.queue({ ...queue({}), branches: [{}] }, 0, 10);
  },
  queueSize: async ({ desks }) => {
    await desks.queueSize(queue({ scope: 'mine' }), 10);
    await desks.queueSize(queue({ sp: 'ace', state: 'overdue' }), 10);
    await desks.queueSize({ ...queue({}), branches: [{}] }, 10);
  },
  waitingFor: ({ desks }) => desks.waitingFor('U1', 5),
  promised: ({ desks }) => desks.promised(['U1'], NOW, 10),
  filedBy: ({ desks }) => desks.filedBy('U1', 990, 10),
  filedCount: ({ desks }) => desks.filedCount('U1', 10),
  openFiledBy: ({ desks }) => desks.openFiledBy('U1', 990, 10),
  openFiledCount: ({ desks }) => desks.openFiledCount('U1', 10),
  questionsFor: ({ desks }) => desks.questionsFor('U1', 10),
  resolvedFor: ({ desks }) => desks.resolvedFor('U1', NOW, 10),
  inReview: ({ desks }) => desks.inReview(990, 10),
  inReviewCount: ({ desks }) => desks.inReviewCount(10),
  unrouted: ({ desks }) => desks.unrouted(990, 10),
  unroutedCount: ({ desks }) => desks.unroutedCount(10),
  withDead: ({ desks }) => desks.withDead(990, 10),
  withDeadCount: ({ desks }) => desks.withDeadCount(10),
  filedIn: ({ desks }) => desks.filedIn(LED, NOW, NOW, 10),
  resolvedIn: ({ desks }) => desks.resolvedIn(LED, NOW, NOW, 10),
};
