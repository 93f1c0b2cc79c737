import type { ConfigEvent, ConfigKind, ConfigValues, ImportTally, Texts } from '../../domain/configuration';
import type { Area, ServiceProvider } from '../../domain/directory';
import type { Catalogue } from '../../domain/forms/form';
import type { Policy } from '../../domain/policy';

/** Who owns what, and the rules in force. Answers may be a few seconds old. Rejects if the store is unreachable. */
export interface Directory {
  area(name: string): Promise<Area | null>;
  areas(): Promise<readonly Area[]>;
  /** The names of removed areas: closed cases still have them. */
  formerAreas(): Promise<readonly string[]>;
  /** By account number, in any letter case and with surrounding spaces. */
  provider(account: string): Promise<ServiceProvider | null>;
  /** Which of these accounts the directory has, in at most one query. */
  knownAccounts(accounts: readonly string[]): Promise<readonly string[]>;
  policy(): Promise<Policy>;
  catalogue(): Promise<Catalogue>;
  /** Closing texts that differ from their standard ones, by key. */
  texts(): Promise<Texts>;
}

/** The author, if it is not an import, and whether this is a dry run. */
export interface WriteOptions {
  /** A Slack user id, or the name of a tool. */
  readonly by?: string;
  readonly dryRun?: boolean;
}

/**
 * Directory changes by imports; each can be repeated and then changes nothing. Every change is an event of the history,
 * except for SPs: their import writes one for all (`ConfigStore.record`).
 */
export interface DirectoryWriter {
  saveAreas(areas: readonly Area[], options?: WriteOptions): Promise<ImportTally>;
  saveProviders(providers: readonly ServiceProvider[], options?: WriteOptions): Promise<ImportTally>;
  /** `by`: the Slack user id of the person, or the name of the tool, that changed it. */
  savePolicy(policy: Policy, by: string, dryRun?: boolean): Promise<ImportTally>;
  saveCatalogue(catalogue: Catalogue, by: string, dryRun?: boolean): Promise<ImportTally>;
}

/** A piece of configuration as stored now. */
export interface Configured<K extends ConfigKind> {
  readonly value: ConfigValues[K];
  readonly version: number;
  readonly changed: { readonly by: string; readonly at: Date };
}

/** Which part of the history. */
export interface HistoryFilter {
  readonly what?: ConfigKind;
  readonly key?: string;
  readonly by?: string;
}

/** The configuration, its versions and its history. Every method rejects if the store is unreachable. */
export interface ConfigStore {
  /** As stored now, never cached; null if it was never set, or was removed. */
  configured<K extends ConfigKind>(what: K, key: string): Promise<Configured<K> | null>;
  /**
   * One guarded write, and its event. `expected`: the version it is based on (null: none yet), `after`: the new value
   * (null: removed). Null if someone was faster.
   */
  write<K extends ConfigKind>(change: {
    readonly what: K;
    readonly key: string;
    readonly by: string;
    readonly at: Date;
    readonly expected: number | null;
    readonly after: ConfigValues[K] | null;
  }): Promise<ConfigEvent | null>;
  /** Stores the event of a bulk import; one with the same id replaces the earlier one. */
  record(event: ConfigEvent): Promise<void>;
  event(id: string): Promise<ConfigEvent | null>;
  /** Newest first, including changes whose event a crash prevented. */
  history(
    filter: HistoryFilter,
    page: { readonly skip: number; readonly limit: number },
  ): Promise<readonly ConfigEvent[]>;
  /** Counts up to `atMost`. */
  countHistory(filter: HistoryFilter, atMost: number): Promise<number>;
  /** Everyone and every tool that ever changed something. */
  authors(): Promise<readonly string[]>;
  /**
   * A page of the SPs whose account, or every word of whose name, begins as in the text; accounts first, all for an
   * empty text. Counts and pages up to `atMost`.
   */
  findProviders(
    text: string,
    page: { readonly skip: number; readonly limit: number; readonly atMost: number },
  ): Promise<FoundProviders>;
  /** How many SPs there are, in an area or in all, up to `atMost`. */
  countProviders(area: string | null, atMost: number): Promise<number>;
}

export interface FoundProviders {
  readonly rows: readonly ServiceProvider[];
  readonly total: number;
  /** There are more than `total`. */
  readonly isMore: boolean;
}

/** Where an import writes. */
export interface ImportTarget extends DirectoryWriter {
  readonly configuration: Pick<ConfigStore, 'record'>;
}
