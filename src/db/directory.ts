import { type Connection, type Model, Schema } from 'mongoose';
import { z } from 'zod';
import { STARTER_CATALOGUE } from '../domain/catalogue';
import { DEFAULT_POLICY } from '../domain/default-policy';
import type { Area, ServiceProvider } from '../domain/directory';
import type { Catalogue } from '../domain/forms/form';
import { EXCEPTION_CODES } from '../domain/kinds';
import { Policy } from '../domain/policy';
import type { Directory, DirectoryWriter, Tally } from '../services/ports';

const AREAS_AND_SETTINGS_MS = 5_000;
const PROVIDER_MS = 60_000;
const PROVIDERS_KEPT = 10_000;

type Stored<T, Key extends keyof T> = Omit<T, Key> & { _id: string };
type AreaDocument = Stored<Area, 'name'>;
type ProviderDocument = Stored<ServiceProvider, 'account'>;
/** `value` is JSON text: area names and catalogue keys may hold dots, which field names may not. */
type SettingDocument = { _id: string; version: number; value: string; updatedAt: Date; updatedBy: string };

const shape = { versionKey: false, id: false, minimize: false } as const;
const areaSchema = new Schema<AreaDocument>(
  {
    _id: String,
    timeZone: { type: String, required: true },
    channel: String,
    areaManager: String,
    deputy: String,
    fallbackChannel: String,
  },
  { ...shape, collection: 'areas' },
);
const providerSchema = new Schema<ProviderDocument>(
  {
    _id: String,
    name: { type: String, required: true },
    area: { type: String, required: true },
    phone: String,
    email: String,
    status: { type: String, required: true },
  },
  { ...shape, collection: 'service_providers' },
);
providerSchema.index({ area: 1 });
const settingSchema = new Schema<SettingDocument>(
  { _id: String, version: Number, value: String, updatedAt: Date, updatedBy: String },
  { ...shape, collection: 'settings' },
);

const StoredCatalogue = z.record(
  z.string(),
  z.array(
    z.strictObject({
      code: z.string(),
      label: z.string(),
      exceptionCode: z.enum(EXCEPTION_CODES).exactOptional(),
      highRisk: z.boolean().exactOptional(),
      exclusive: z.boolean().exactOptional(),
      retired: z.boolean().exactOptional(),
    }),
  ),
);

interface DirectoryOptions {
  readonly now: () => Date;
  /** Hears why something could not be read and what was read earlier is used. */
  readonly onStale?: (error: unknown) => void;
}

export type DirectoryStore = Directory & DirectoryWriter & { ensureIndexes(): Promise<void> };

/**
 * The directory of one database. Areas, policy and catalogue are read again after 5 s, an SP after 60 s; an SP that is
 * not there is asked for every time. What is written through this store is seen
 * by its next reads. While the database is away, areas, policy and catalogue stay as they were last read.
 */
export function directoryStore(
  connection: Connection,
  { now, onStale = () => undefined }: DirectoryOptions,
): DirectoryStore {
  const areaModel = connection.model<AreaDocument>('Area', areaSchema);
  const providerModel = connection.model<ProviderDocument>('ServiceProvider', providerSchema);
  const settings = connection.model<SettingDocument>('Setting', settingSchema);

  const areas = cached(now, onStale, async () => {
    const documents = await areaModel.find().sort({ _id: 1 }).lean<AreaDocument[]>().exec();
    return new Map(documents.map(({ _id, ...rest }) => [_id, { name: _id, ...rest } satisfies Area]));
  });
  const providers = providerCache(now);
  const policy = setting(settings, 'policy', { now, onStale }, Policy, DEFAULT_POLICY);
  const catalogue = setting<Catalogue>(settings, 'catalogue', { now, onStale }, StoredCatalogue, STARTER_CATALOGUE);

  return {
    area: async (name) => (await areas.get()).get(name) ?? null,
    areas: async () => [...(await areas.get()).values()],
    policy: policy.get,
    catalogue: catalogue.get,
    savePolicy: policy.save,
    saveCatalogue: catalogue.save,

    async provider(account) {
      const key = account.trim().toUpperCase();
      const known = providers.get(key);
      if (known) return known;
      const found = await providerModel.findById(key).lean<ProviderDocument>().exec();
      if (!found) return null;
      const { _id, ...rest } = found;
      return providers.set({ account: _id, ...rest });
    },

    async saveAreas(list, dryRun = false) {
      const tally = await upsertChanged(
        areaModel,
        list.map(({ name, ...rest }) => ({ _id: name, ...rest })),
        dryRun,
      );
      if (!dryRun) areas.forget();
      return tally;
    },

    async saveProviders(list, dryRun = false) {
      const documents = list.map(({ account, ...rest }) => ({ _id: account.trim().toUpperCase(), ...rest }));
      const tally = await upsertChanged(providerModel, documents, dryRun);
      if (!dryRun) for (const { _id } of documents) providers.delete(_id);
      return tally;
    },

    async ensureIndexes() {
      await Promise.all([areaModel.createIndexes(), providerModel.createIndexes(), settings.createIndexes()]);
    },
  };
}

/** Writes what differs from what is stored, in one unordered bulk of upserts, and counts. */
async function upsertChanged<D extends { _id: string }>(
  model: Model<D>,
  documents: readonly D[],
  dryRun: boolean,
): Promise<Tally> {
  const ids = documents.map(({ _id }) => _id);
  const stored = await model.collection.find({ _id: { $in: ids as never[] } }).toArray();
  const before = new Map(stored.map((document) => [String(document._id), document as Record<string, unknown>]));
  const isNew = ({ _id }: D) => !before.has(_id);
  const changed = documents.filter((document) =>
    Object.entries(document).some(([field, value]) => before.get(document._id)?.[field] !== value),
  );
  if (!dryRun && changed.length > 0)
    await model.collection.bulkWrite(
      changed.map(({ _id, ...rest }) => ({
        updateOne: { filter: { _id: _id as never }, update: { $set: rest as never }, upsert: true },
      })),
      { ordered: false },
    );
  const inserted = changed.filter(isNew).length;
  return { inserted, updated: changed.length - inserted, unchanged: documents.length - changed.length };
}

/** A setting kept as one versioned document; the object given stays the same one while the version does. */
function setting<T>(
  model: Model<SettingDocument>,
  name: string,
  { now, onStale }: Required<DirectoryOptions>,
  schema: { parse(value: unknown): T },
  fallback: T,
) {
  let latest = { version: 0, value: fallback };
  const find = () => model.findById(name).lean<SettingDocument>().exec();
  const parse = (text: string): T => {
    try {
      return schema.parse(JSON.parse(text));
    } catch (cause) {
      throw new Error(`The stored ${name} does not fit this version of Warmline: import it again.`, { cause });
    }
  };
  const cache = cached(now, onStale, async () => {
    const found = await find();
    const version = found?.version ?? 0;
    if (version !== latest.version) latest = { version, value: found ? parse(found.value) : fallback };
    return latest.value;
  });
  return {
    get: cache.get,
    async save(value: T, by: string, dryRun = false): Promise<Tally> {
      const text = JSON.stringify(schema.parse(value));
      const before = await find();
      if (before?.value === text) return { inserted: 0, updated: 0, unchanged: 1 };
      if (!dryRun) {
        await model.collection.updateOne(
          { _id: name as never },
          { $set: { value: text, updatedAt: now(), updatedBy: by }, $inc: { version: 1 } },
          { upsert: true },
        );
        cache.forget();
      }
      return { inserted: before ? 0 : 1, updated: before ? 1 : 0, unchanged: 0 };
    },
  };
}

/**
 * What `read` gave within the last 5 s; one read serves everybody who waits. A read that fails gives what an
 * earlier one gave, so that forms go on working while the database is away; with nothing to give it rejects.
 */
function cached<T>(now: () => Date, onStale: (error: unknown) => void, read: () => Promise<T>) {
  let kept: { at: number; value: Promise<T> } | null = null;
  let known: { value: T } | null = null;
  const fresh = async (): Promise<T> => {
    try {
      const value = await read();
      known = { value };
      return value;
    } catch (error) {
      kept = null;
      if (!known) throw error;
      onStale(error);
      return known.value;
    }
  };
  return {
    get(): Promise<T> {
      const at = +now();
      if (!kept || at < kept.at || at - kept.at >= AREAS_AND_SETTINGS_MS) kept = { at, value: fresh() };
      return kept.value;
    },
    forget() {
      kept = null;
    },
  };
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
