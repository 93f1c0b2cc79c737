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
  type SettingDocument,
} from './config-documents';
import { configStore } from './config-store';
import { directoryImports } from './directory-imports';

const PROVIDER_MS = 60_000;
const PROVIDERS_KEPT = 10_000;

interface DirectoryOptions {
  readonly now: () => Date;
  /** Hears why something could not be read and what was read earlier is used. */
  readonly onStale?: (error: unknown) => void;
}

export type DirectoryStore = Directory &
  DirectoryWriter & { readonly configuration: ConfigStore; ensureIndexes(): Promise<void> };

/**
 * The directory of one database. Areas, policy and catalogue are read again after 5 s, an SP after 60 s; an SP that is
 * not there is asked for every time. What is written through this store or its `configuration` is seen by its next
 * reads. While the database is away, areas, policy and catalogue stay as they were last read.
 */
export function directoryStore(
  connection: Connection,
  { now, onStale = () => undefined }: DirectoryOptions,
): DirectoryStore {
  const models = configModels(connection);
  const areas = cached(now, onStale, async () => {
    const documents = await models.areas.find().sort({ _id: 1 }).lean<AreaDocument[]>().exec();
    return new Map(documents.filter(({ removed }) => !removed).map((document) => [document._id, areaOf(document)]));
  });
  const providers = providerReads(models.providers, now);
  const settings = {
    policy: setting(models.settings, 'policy', { now, onStale }, DEFAULT_POLICY),
    catalogue: setting(models.settings, 'catalogue', { now, onStale }, STARTER_CATALOGUE),
    texts: setting(models.settings, 'texts', { now, onStale }, {}),
  };
  const configuration = configStore(connection, models, (what, key) => {
    if (what === 'area') areas.forget();
    else if (what === 'provider') providers.forget([key]);
    else if (what !== 'sp_hold') settings[what].forget();
  });

  return {
    configuration,
    ...directoryImports(models, configuration, now, providers.forget),
    area: async (name) => (await areas.get()).get(name) ?? null,
    areas: async () => [...(await areas.get()).values()],
    policy: settings.policy.get,
    catalogue: settings.catalogue.get,
    texts: settings.texts.get,
    provider: providers.one,
    knownAccounts: providers.known,
    ensureIndexes: configuration.ensureIndexes,
  };
}

/** A setting kept as one versioned document; the object given stays the same one while the version does. */
function setting<K extends SettingName>(
  model: Model<SettingDocument>,
  name: K,
  { now, onStale }: Required<DirectoryOptions>,
  fallback: ConfigValues[K],
) {
  let latest = { version: 0, value: fallback };
  const { get, forget } = cached(now, onStale, async () => {
    const found = await model.findById(name).lean<SettingDocument>().exec();
    const version = found?.version ?? 0;
    if (version !== latest.version) latest = { version, value: found ? parseSetting(name, found.value) : fallback };
    return latest.value;
  });
  return { get, forget };
}

/** Reads SPs; those asked for most recently are kept for a minute each. */
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
