import type { Actor } from '../domain/actor';
import type { CaseFacts } from '../domain/case';
import type { Engine } from '../domain/health';
import type { Queue } from '../domain/lane-queue';
import type { PeopleLookup, SlackLookup } from '../domain/workspace';
import type { CalendarStore, FetchCalendar, ReadEntries } from './ports/calendars';
import type { CaseHistory, CaseStore } from './ports/cases';
import type { CaseDesks, HomeStore } from './ports/desks';
import type { ConfigStore, Directory, ImportTarget } from './ports/directory';
import type { LaneReports } from './ports/lanes';
import type { LetterStore } from './ports/letters';
import type { AccessLog, CoverStore, DraftStore, PreferenceStore } from './ports/people';
import type { PersonData } from './ports/person-data';
import type { Anchors, Records } from './ports/proof';
import type { ContactStore, References, SpMetricsStore, TransferStore } from './ports/records';
import type { CaseReports } from './ports/reports';
import type { Retention } from './ports/retention';
import type { CaseSearch, ExportSlots } from './ports/search';
import type { SpHolds } from './ports/sp-holds';
import type { SpStandings } from './ports/standings';
import type { AlarmStore, JobRunStore } from './ports/watch';

/** What every service needs from outside. */
export interface ServiceDeps {
  readonly cases: CaseStore;
  readonly history: CaseHistory;
  readonly search: CaseSearch;
  readonly desks: CaseDesks;
  readonly homes: HomeStore;
  readonly exportSlots: ExportSlots;
  readonly contacts: ContactStore;
  readonly reports: CaseReports;
  readonly records: Records;
  readonly anchors: Anchors;
  readonly retention: Retention;
  readonly personData: PersonData;
  readonly letters: LetterStore;
  readonly metrics: SpMetricsStore;
  readonly standings: SpStandings;
  readonly holds: SpHolds;
  readonly alarms: AlarmStore;
  readonly lanes: LaneReports;
  readonly jobRuns: JobRunStore;
  /** The database's version and kind. Rejects if it is unreachable. */
  readonly engine: () => Promise<Engine>;
  readonly references: References;
  readonly accessLog: AccessLog;
  readonly directory: Directory;
  readonly configuration: ConfigStore;
  /** Where imports write. */
  readonly importTarget: Directory & ImportTarget;
  readonly slack: SlackLookup;
  readonly drafts: DraftStore;
  readonly transfers: TransferStore;
  readonly covers: CoverStore;
  readonly calendars: CalendarStore;
  readonly calendarText: FetchCalendar;
  readonly calendarEntries: ReadEntries;
  readonly preferences: PreferenceStore;
  readonly people: PeopleLookup;
  /** Now, as an instant (UTC). The only clock, except for Slack's before a deletion. */
  readonly now: () => Date;
  /** Now, by Slack's clock: checked before anything is deleted by age. Rejects if Slack is unreachable. */
  readonly slackNow: () => Promise<Date>;
  /** Slack user ids of the admins named in the configuration. */
  readonly admins: readonly Actor[];
  /** Called after every write with the queues in which something waits. Must not throw or block. */
  readonly onStored: (queues: readonly Queue[]) => void;
  /** Called after a case was stored, with its earlier state (null: new) and who did it. Must not throw or block. */
  readonly onChanged: (stored: CaseFacts, before: CaseFacts | null, by: Actor) => void;
  /**
   * Called after a change that admins see on Home: the configuration, or failed messages. `by`: who did it and sees it
   * anyway. Must not throw or block.
   */
  readonly onAdminMatter: (by: Actor | null) => void;
}
