import type { Connection, Model } from 'mongoose';
import { STARTER_CATALOGUE } from '../domain/catalogue';
import { type ConfigKind, type ConfigValues, differences } from '../domain/configuration';
import { DEFAULT_POLICY } from '../domain/default-policy';
import type { ServiceProvider } from '../domain/directory';
import { SETTINGS, type SettingName } from '../domain/settings';
import { wordsIn } from '../domain/words';
import type { ConfigStore, Directory, DirectoryWriter, Tally } from '../services/ports';
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
  const providers = providerCache(now);
  const policy = setting(models.settings, 'policy', { now, onStale }, DEFAULT_POLICY);
  const catalogue = setting(models.settings, 'catalogue', { now, onStale }, STARTER_CATALOGUE);
  const texts = setting(models.settings, 'texts', { now, onStale }, {});
  const configuration = configStore(connection, models, (what, key) => {
    if (what === 'area') areas.forget();
    else if (what === 'provider') providers.delete(key);
    else if (what === 'policy') policy.forget();
    else if (what === 'catalogue') catalogue.forget();
    else texts.forget();
  });

  /** What an import brings takes the place of what is there, whoever changed it last; the history tells them. */
  async function save<K extends ConfigKind>(what: K, key: string, after: ConfigValues[K], by: string): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const expected = await configuration.versionOf(what, key);
      if (await configuration.write({ what, key, by, at: now(), expected, after })) return;
    }
    throw new Error(`The ${what} ${key} changed ${MOST_TRIES} times while it was being stored.`);
  }

  async function saveSetting<K extends SettingName>(
    what: K,
    value: ConfigValues[K],
    by: string,
    dryRun = false,
  ): Promise<Tally> {
    const before = await models.settings.findById(what).lean<SettingDocument>().exec();
    if (before?.value === JSON.stringify(SETTINGS[what].parse(value))) return { inserted: 0, updated: 0, unchanged: 1 };
    if (!dryRun) await save(what, what, value, by);
    return { inserted: before ? 0 : 1, updated: before ? 1 : 0, unchanged: 0 };
  }

  return {
    configuration,
    area: async (name) => (await areas.get()).get(name) ?? null,
    areas: async () => [...(await areas.get()).values()],
    policy: policy.get,
    catalogue: catalogue.get,
    texts: texts.get,
    savePolicy: (value, by, dryRun) => saveSetting('policy', value, by, dryRun),
    saveCatalogue: (value, by, dryRun) => saveSetting('catalogue', value, by, dryRun),

    async provider(account) {
      const key = account.trim().toUpperCase();
      const known = providers.get(key);
      if (known) return known;
      const found = await models.providers.findById(key).lean<ProviderDocument>().exec();
      return found && providers.set(providerOf(found));
    },

    async knownAccounts(accounts) {
      const asked = accounts.filter((account) => !providers.get(account));
      const found = asked.length
        ? await models.providers
            .find({ _id: { $in: asked } })
            .lean<ProviderDocument[]>()
            .exec()
        : [];
      for (const document of found) providers.set(providerOf(document));
      return accounts.filter((account) => providers.get(account));
    },

    async saveAreas(list, { by = 'import', dryRun = false } = {}) {
      const ids = list.map(({ name }) => name);
      const found = await models.areas
        .find({ _id: { $in: ids } })
        .lean<AreaDocument[]>()
        .exec();
      const stored = new Map(found.filter(({ removed }) => !removed).map((area) => [area._id, areaOf(area)]));
      const changed = list.filter((area) => differences(stored.get(area.name), area).length > 0);
      if (!dryRun) for (const area of changed) await save('area', area.name, area, by);
      const inserted = changed.filter(({ name }) => !stored.has(name)).length;
      return { inserted, updated: changed.length - inserted, unchanged: list.length - changed.length };
    },

    async saveProviders(list, { by = 'import', dryRun = false } = {}) {
      const documents = list.map(({ account, ...rest }) => ({ _id: account.trim().toUpperCase(), ...rest }));
      const tally = await upsertChanged(models.providers, documents, {
        mark: { updatedAt: now(), updatedBy: by },
        dryRun,
        log: (document) => configuration.log('provider', document),
      });
      if (!dryRun) for (const { _id } of documents) providers.delete(_id);
      return tally;
    },

    ensureIndexes: configuration.ensureIndexes,
  };
}

/** More losses than this in a row are not a race but a fault. */
const MOST_TRIES = 20;

interface BulkOptions {
  readonly mark: { readonly updatedAt: Date; readonly updatedBy: string };
  readonly dryRun: boolean;
  /** Writes the event of a change that a crash kept from the history. */
  readonly log: (document: ProviderDocument) => Promise<unknown>;
}

/** Writes what differs from what is stored, in one unordered bulk of upserts, and counts. */
async function upsertChanged(
  model: Model<ProviderDocument>,
  documents: readonly ProviderDocument[],
  { mark, dryRun, log }: BulkOptions,
): Promise<Tally> {
  const ids = documents.map(({ _id }) => _id);
  const stored = await model
    .find({ _id: { $in: ids } })
    .lean<ProviderDocument[]>()
    .exec();
  const before = new Map<string, Readonly<Record<string, unknown>>>(
    stored.map((document) => [document._id, { ...document }]),
  );
  const changed = documents.filter((document) =>
    Object.entries(document).some(([field, value]) => before.get(document._id)?.[field] !== value),
  );
  if (!dryRun) for (const document of stored) if (document.unlogged) await log(document);
  if (!dryRun && changed.length > 0)
    await model.collection.bulkWrite(
      changed.map(({ _id, ...rest }) => ({
        updateOne: {
          filter: { _id: _id as never },
          update: {
            $set: { ...rest, ...mark, words: wordsIn(rest.name) } as never,
            $inc: { version: 1 } as never,
            $unset: { before: '' } as never,
          },
          upsert: true,
        },
      })),
      { ordered: false },
    );
  const inserted = changed.filter(({ _id }) => !before.has(_id)).length;
  return { inserted, updated: changed.length - inserted, unchanged: documents.length - changed.length };
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

/** The SPs asked for most recently, for a minute each. */
function providerCache(now: () => Date) {
  const kept = new Map<string, { at: number; provider: ServiceProvider }>();
  return {
    get(account: string): ServiceProvider | null {
      const entry = kept.get(account);
      if (!entry || Math.abs(+now() - entry.at) >= PROVIDER_MS) return null;
      kept.delete(account);
      kept.set(account, entry);
      return entry.provider;
    },
    set(provider: ServiceProvider): ServiceProvider {
      kept.delete(provider.account);
      kept.set(provider.account, { at: +now(), provider });
      const [oldest] = kept.keys();
      if (kept.size > PROVIDERS_KEPT && oldest !== undefined) kept.delete(oldest);
      return provider;
    },
    delete: (account: string) => kept.delete(account),
  };
}
