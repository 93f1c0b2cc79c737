import type { Logger } from 'pino';
import { accessLog } from '../db/access-log';
import { alarmStore } from '../db/alarms';
import { anchorStore } from '../db/anchors';
import { calendarStore } from '../db/calendars';
import { caseDesks } from '../db/case-desks';
import { caseHistory } from '../db/case-history';
import { caseReports } from '../db/case-reports';
import { caseSearch } from '../db/case-search';
import { caseStore } from '../db/cases';
import { channelIdStore } from '../db/channel-ids';
import type { connect } from '../db/connection';
import { contactStore } from '../db/contacts';
import { coverStore } from '../db/covers';
import { directoryStore } from '../db/directory';
import { draftStore } from '../db/drafts';
import { engineOf } from '../db/engine';
import { exportSlots } from '../db/export-slots';
import { heardUntilStore } from '../db/heard-until';
import { homeStore } from '../db/homes';
import { jobRunStore } from '../db/job-runs';
import { laneReports } from '../db/lanes';
import { letterStore } from '../db/letters';
import { personDataStore } from '../db/person-data';
import { preferenceStore } from '../db/preferences';
import { recordStore } from '../db/records';
import { references } from '../db/references';
import { retentionStore } from '../db/retention';
import { spHoldStore } from '../db/sp-holds';
import { spMetricsStore } from '../db/sp-metrics';
import { spStandingStore } from '../db/sp-standings';
import { transferStore } from '../db/transfers';
import type { Queue } from '../domain/lane-queue';
import type { Metrics } from '../metrics';
import { subscribedCases } from '../services/subscribed-cases';

type Connection = Awaited<ReturnType<typeof connect>>;

interface StoreParts {
  readonly now: () => Date;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Events of a case wait in these queues. */
  readonly onEvents: (queues: readonly Queue[]) => void;
}

/** All stores of one database, and (`indexed`) those with indexes, in the order in which these are built. */
export function storesOf(connection: Connection, { now, log, metrics, onEvents }: StoreParts) {
  const onStale = (error: unknown) =>
    log.warn({ err: error }, 'the directory could not be read again; what was read last is used');
  const holds = spHoldStore(connection, { now, onStale });
  const directory = directoryStore(connection, { now, onStale, onHold: holds.forget });
  const webhooks = async () => (await directory.policy()).webhooks;
  const withIndexes = {
    cases: metrics.watchCases(subscribedCases(caseStore(connection), webhooks, onEvents)),
    alarms: metrics.watchAlarms(alarmStore(connection)),
    lanes: laneReports(connection),
    accessLog: accessLog(connection),
    directory,
    drafts: draftStore(connection),
    transfers: transferStore(connection),
    covers: coverStore(connection, now, onStale),
    calendars: calendarStore(connection),
    contacts: contactStore(connection),
    letters: letterStore(connection),
    anchors: anchorStore(connection),
    retention: retentionStore(connection),
    standings: spStandingStore(connection, { now, onStale }),
  };
  return {
    indexed: Object.values(withIndexes),
    stores: {
      ...withIndexes,
      desks: caseDesks(connection),
      history: caseHistory(connection),
      homes: homeStore(connection),
      search: caseSearch(connection, now),
      holds,
      exportSlots: exportSlots(connection),
      reports: caseReports(connection),
      records: recordStore(connection),
      personData: personDataStore(connection),
      metrics: spMetricsStore(connection),
      references: references(connection),
      jobRuns: jobRunStore(connection),
      heardUntil: heardUntilStore(connection),
      channelIds: channelIdStore(connection),
      engine: engineOf(connection),
      configuration: directory.configuration,
      importTarget: directory,
      preferences: preferenceStore(connection, now, onStale),
    },
  };
}
export type Stores = ReturnType<typeof storesOf>['stores'];
