import type { Actor } from '../domain/case';
import type {
  CaseStore,
  ContactStore,
  Directory,
  DraftStore,
  PeopleLookup,
  References,
  ReminderStore,
  TransferStore,
} from './ports';

/** What every service needs from outside. */
export interface ServiceDeps {
  readonly cases: CaseStore;
  readonly contacts: ContactStore;
  readonly reminders: ReminderStore;
  readonly references: References;
  readonly directory: Directory;
  readonly drafts: DraftStore;
  readonly transfers: TransferStore;
  readonly people: PeopleLookup;
  /** Now, as an instant (UTC). The only clock there is. */
  readonly now: () => Date;
  /** Slack user ids of the admins named in the configuration. */
  readonly admins: readonly Actor[];
  /** Called after every write with the lanes in which something waits now. Must not throw and not block. */
  readonly onStored: (lanes: readonly string[]) => void;
}
