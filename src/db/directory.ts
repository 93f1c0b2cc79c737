import type { Connection, Model } from 'mongoose';
import { cacheOf } from '../cache';
import { STARTER_CATALOGUE } from '../domain/catalogue';
import type { ConfigValues } from '../domain/configuration';
import { DEFAULT_POLICY } from '../domain/default-policy';
import type { ServiceProvider } from '../domain/directory';
import type { SettingName } from '../domain/settings';
import type { ConfigStore, Directory, DirectoryWriter } from '../services/ports/directory';
import { cached } from './cached';
import {
  type AreaDocument,
  areaOf,
  configModels,
  type ProviderDocument,
  parseSetting,
  providerOf,
  readSetting,
  type SettingDocument,
} from './config-documents';
import { configStore } from './config-store';
import { directoryImports } from './directory-imports';

const PROVIDER_MS = 60_000;
const PROVIDERS_KEPT = 10_000;

interface DirectoryOptions {
  readonly now: () => Date;
  /** Gets the reason if something could not be read and an earlier result is used. */
  readonly onStale?: (error: unknown) => void;
  /** Gets every SP whose legal hold is written. */
  readonly onHold?: (account: string) => void;
}

export type DirectoryStore = Directory &
  DirectoryWriter & { readonly configuration: ConfigStore; ensureIndexes(): Promise<void> };

/**
 * The directory of one database. Areas, policy and catalogue are read again after 5 s, an SP after 60 s; a missing SP
 * is looked up every time. What is written through this store or its `configuration` is seen by its next reads. While
 * the database is unreachable, areas, policy and catalogue stay as last read.
 */
export function directoryStore(
  connection: Connection,
  { now, onStale = () => undefined, onHold = () => undefined }: DirectoryOptions,
): DirectoryStore {
  const models = configModels(connection);
  // Most callers need them all: they are read in parallel.
  const common = cached(now, onStale, async () => {
    const [areas, settings] = await Promise.all([
      models.areas.find().sort({ _id: 1 }).lean<AreaDocument[]>().exec(),
      models.settings
        .find({ _id: { $in: ['policy', 'catalogue', 'texts'] } })
        .lean<SettingDocument[]>()
        .exec(),
    ]);
    return {
      areas: new Map(areas.filter(({ removed }) => !removed).map((document) => [document._id, areaOf(document)])),
      former: areas.flatMap(({ _id, removed }) => (removed ? [_id] : [])),
      settings: new Map(settings.map((document) => [document._id, document])),
    };
  });
  const areas = async () => (await common.get()).areas;
  const stored = async (name: SettingName) => (await common.get()).settings.get(name);
  const providers = providerReads(models.providers, now);
  const configuration = configStore(connection, models, (what, key) => {
    if (what === 'provider') providers.forget([key]);
    else if (what === 'sp_hold') onHold(key);
    else common.forget();
  });
  const sources = { stored, onStale, history: configuration.history };

  return {
    configuration,
    ...directoryImports(models, configuration, now, providers.forget),
    area: async (name) => (await areas()).get(name) ?? null,
    areas: async () => [...(await areas()).values()],
    formerAreas: async () => (await common.get()).former,
    policy: setting('policy', sources, DEFAULT_POLICY),
    catalogue: setting('catalogue', sources, STARTER_CATALOGUE),
    texts: setting('texts', sources, {}),
    provider: providers.one,
    knownAccounts: providers.known,
    ensureIndexes: configuration.ensureIndexes,
  };
}

interface SettingSources {
  readonly stored: (name: SettingName) => Promise<SettingDocument | undefined>;
  readonly history: ConfigStore['history'];
  readonly onStale: (error: unknown) => void;
}
/** How many former versions are tried. */
const MOST_FORMER = 50;

/** The newest former value that fits this release; null: none does. */
async function formerValue<K extends SettingName>(
  name: K,
  { history }: SettingSources,
): Promise<ConfigValues[K] | null> {
  const events = await history({ what: name, key: name }, { skip: 0, limit: MOST_FORMER });
  for (const { after } of events) {
    const read = readSetting(name, after);
    if (read) return read;
  }
  return null;
}

/**
 * A setting in one versioned document; the returned object stays the same while the version does. One that a newer
 * release wrote and that does not fit this one gives way to the last that does: one can go back a release.
 */
function setting<K extends SettingName>(
  name: K,
  sources: SettingSources,
  fallback: ConfigValues[K],
): () => Promise<ConfigValues[K]> {
  const { stored, onStale } = sources;
  let latest = { version: 0, value: fallback };
  /** What was read last, until it is read again; null: nothing valid yet. */
  let seen: SettingDocument | undefined | null = null;
  return async () => {
    const found = await stored(name);
    if (found === seen) return latest.value;
    const version = found?.version ?? 0;
    try {
      if (version !== latest.version) latest = { version, value: found ? parseSetting(name, found.value) : fallback };
    } catch (error) {
      const former = seen === null ? await formerValue(name, sources) : latest.value;
      if (former === null) throw error;
      latest = { ...latest, value: former };
      onStale(error); // the last valid value stays in force
    }
    seen = found;
    return latest.value;
  };
}

/** Reads SPs; the most recently used are cached for a minute each. */
function providerReads(model: Model<ProviderDocument>, now: () => Date) {
  const kept = cacheOf<ServiceProvider>({ now, freshMs: PROVIDER_MS, most: PROVIDERS_KEPT });
  const keep = (document: ProviderDocument) => {
    const provider = providerOf(document);
    kept.set(provider.account, provider);
    return provider;
  };
  return {
    async one(account: string): Promise<ServiceProvider | null> {
      const key = account.trim().toUpperCase();
      const known = kept.get(key);
      if (known) return known;
      const found = await model.findById(key).lean<ProviderDocument>().exec();
      return found && keep(found);
    },
    async known(accounts: readonly string[]): Promise<readonly string[]> {
      const asked = accounts.filter((account) => !kept.has(account));
      const found = await (asked.length
        ? model
            .find({ _id: { $in: asked } })
            .lean<ProviderDocument[]>()
            .exec()
        : []);
      const there = new Set(found.map((document) => keep(document).account));
      return accounts.filter((account) => there.has(account) || kept.has(account));
    },
    forget: (accounts: readonly string[]) => accounts.forEach((account) => void kept.delete(account)),
  };
}
