import type { ConfigEvent, ConfigKind, ConfigValues, ImportTally, Texts } from '../../domain/configuration';
import type { Area, ServiceProvider } from '../../domain/directory';
import type { Catalogue } from '../../domain/forms/form';
import type { Policy } from '../../domain/policy';

/** Who owns what, and the rules in force. Answers may be a few seconds old. Rejects when the store cannot be reached. */
export interface Directory {
  area(name: string): Promise<Area | null>;
  areas(): Promise<readonly Area[]>;
  /** By account number, in any case and with spaces around it. */
  provider(account: string): Promise<ServiceProvider | null>;
  /** Which of these accounts the directory has, in one query at most. */
  knownAccounts(accounts: readonly string[]): Promise<readonly string[]>;
  policy(): Promise<Policy>;
  catalogue(): Promise<Catalogue>;
  /** Closing texts that differ from their standard ones, by key. */
  texts(): Promise<Texts>;
}

/** Who wrote, when it is not an import, and whether nothing is written. */
export interface WriteOptions {
  /** A Slack user id, or the name of a tool. */
  readonly by?: string;
  readonly dryRun?: boolean;
}

/**
 * Changes to the directory by imports; each one may be repeated and then changes nothing. Every change is an event of
 * the history, except those of SPs: their import writes one for all of them (`ConfigStore.record`).
 */
export interface DirectoryWriter {
  saveAreas(areas: readonly Area[], options?: WriteOptions): Promise<ImportTally>;
  saveProviders(providers: readonly ServiceProvider[], options?: WriteOptions): Promise<ImportTally>;
  /** `by` is the Slack user id of the person, or the name of the tool, that changed it. */
  savePolicy(policy: Policy, by: string, dryRun?: boolean): Promise<ImportTally>;
  saveCatalogue(catalogue: Catalogue, by: string, dryRun?: boolean): Promise<ImportTally>;
}

/** A piece of configuration as it is stored now. */
export interface Configured<K extends ConfigKind> {
  readonly value: ConfigValues[K];
  readonly version: number;
  readonly changed: { readonly by: string; readonly at: Date };
}

/** What of the history is wanted. */
export interface HistoryFilter {
  readonly what?: ConfigKind;
  readonly key?: string;
  readonly by?: string;
}

/** The configuration with its versions, and the history of its changes. Every method rejects when the store is out of reach. */
export interface ConfigStore {
  /** As it is stored now, never an older one; null when it was never set, or was removed. */
  configured<K extends ConfigKind>(what: K, key: string): Promise<Configured<K> | null>;
  /**
   * One guarded write, and its event. `expected` is the version it rests on (null: there is none yet), `after` what it
   * makes (null: removed). Null when someone was faster.
   */
  write<K extends ConfigKind>(change: {
    readonly what: K;
    readonly key: string;
    readonly by: string;
    readonly at: Date;
    readonly expected: number | null;
    readonly after: ConfigValues[K] | null;
  }): Promise<ConfigEvent | null>;
  /** Keeps an event of an import in bulk; written again under its id it takes the place of the earlier one. */
  record(event: ConfigEvent): Promise<void>;
  event(id: string): Promise<ConfigEvent | null>;
  /** Newest first. Changes that a crash kept from the history are in it, too. */
  history(
    filter: HistoryFilter,
    page: { readonly skip: number; readonly limit: number },
  ): Promise<readonly ConfigEvent[]>;
  /** At most `atMost` are counted. */
  countHistory(filter: HistoryFilter, atMost: number): Promise<number>;
  /** Everyone and every tool that ever changed something. */
  authors(): Promise<readonly string[]>;
  /**
   * A page of the SPs whose account, or of whose name every word, begins as the text says; accounts first, all for an
   * empty text. No more than `atMost` are counted, nor paged to.
   */
  findProviders(
    text: string,
    page: { readonly skip: number; readonly limit: number; readonly atMost: number },
  ): Promise<FoundProviders>;
  /** How many SPs there are, of an area or of all; at most `atMost` are counted. */
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
