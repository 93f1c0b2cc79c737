import type { Connection } from 'mongoose';
import { type ConfigEvent, type ConfigKind, type ConfigValues, configEventId } from '../domain/configuration';
import { SETTINGS } from '../domain/settings';
import { wordsIn } from '../domain/words';
import type { ConfigStore } from '../services/ports/directory';
import {
  type AreaDocument,
  areaOf,
  type ConfigModels,
  type HoldDocument,
  holdOf,
  isSetting,
  isSettingName,
  type ProviderDocument,
  parseSetting,
  providerOf,
  type SettingDocument,
} from './config-documents';
import { configHistory } from './config-history';
import { isDuplicateKey } from './duplicate-key';
import { providerSearch } from './provider-search';

/** How many events that a crash prevented are written at one look at the history. */
const MOST_REPAIRED = 1000;

export interface OwnConfigStore extends ConfigStore {
  ensureIndexes(): Promise<void>;
  /** Writes an event that a crash prevented. */
  log(what: ConfigKind, document: AnyDocument): Promise<ConfigEvent>;
  /** The version a write has to expect; null if there is nothing. */
  versionOf(what: ConfigKind, key: string): Promise<number | null>;
}

/**
 * Configuration as versioned documents, each change one guarded write. The document keeps its newest change, so that an
 * event that a crash prevented is written later. `onWritten` is called after every write, before it resolves.
 */
export function configStore(
  connection: Connection,
  models: ConfigModels,
  onWritten: (what: ConfigKind, key: string) => void,
): OwnConfigStore {
  const history = configHistory(connection);
  const search = providerSearch(models.providers);
  const log = historian(models, history);
  const find = finder(models);

  return {
    log,
    versionOf: async (what, key) => standing(await find(what, key)),
    async ensureIndexes() {
      await Promise.all([
        history.ensureIndexes(),
        models.areas.createIndexes(),
        models.providers.createIndexes(),
        models.settings.createIndexes(),
        models.holds.createIndexes(),
      ]);
    },

    async configured<K extends ConfigKind>(what: K, key: string) {
      const found = await find(what, key);
      if (!found || found.removed) return null;
      const { version = 0, updatedAt = new Date(0), updatedBy = '' } = found;
      return { value: typedValue(what, found), version, changed: { by: updatedBy, at: updatedAt } };
    },

    async write(change) {
      const { what, key, expected, after } = change;
      const current = await find(what, key);
      if (standing(current) !== expected || (expected === null && after === null)) return null;
      if (current?.unlogged) await log(what, current);
      const _id = idOf(what, key);
      const fields = { ...(after === null ? {} : fieldsOf(what, after)), ...markOf(change, current) };
      if (!(await written(collectionOf(models, what), _id, current, fields))) return null;
      onWritten(what, _id);
      return log(what, { ...current, ...fields, _id } as AnyDocument);
    },

    findProviders: search.find,
    record: history.put,
    event: history.byId,
    async history(filter, page) {
      await repair(models, log);
      return history.page(filter, page);
    },
    countHistory: history.count,
    authors: history.authors,
    countProviders: (area, atMost) => models.providers.countDocuments(area === null ? {} : { area }, { limit: atMost }),
  };
}

type Log = OwnConfigStore['log'];
const standing = (found: AnyDocument | null) => (found && !found.removed ? (found.version ?? 0) : null);

function finder(models: ConfigModels) {
  return async (what: ConfigKind, key: string): Promise<AnyDocument | null> => {
    const _id = idOf(what, key);
    if (what === 'area') return models.areas.findById(_id).lean<AreaDocument>().exec();
    if (what === 'provider') return models.providers.findById(_id).lean<ProviderDocument>().exec();
    if (what === 'sp_hold') return models.holds.findById(_id).lean<HoldDocument>().exec();
    return models.settings.findById(_id).lean<SettingDocument>().exec();
  };
}

/** Writes the event of a document's newest change, and records that it is written. */
function historian(models: ConfigModels, history: ReturnType<typeof configHistory>): Log {
  return async (what, document) => {
    const { _id: key, version = 0, updatedAt = new Date(0), updatedBy = '' } = document;
    const event: ConfigEvent = {
      id: configEventId(what, key, version),
      at: updatedAt,
      by: updatedBy,
      what,
      key,
      version,
      before: document.before ? JSON.parse(document.before) : null,
      after: document.removed ? null : rawOf(what, document),
      tally: null,
    };
    await history.add(event);
    await collectionOf(models, what).updateOne({ _id: key as never, version }, { $unset: { unlogged: '' } });
    return event;
  };
}

/** Writes every event that a crash prevented. */
async function repair(models: ConfigModels, log: Log): Promise<void> {
  const unlogged = { unlogged: true } as const;
  const [areas, providers, settings, holds] = await Promise.all([
    models.areas.find(unlogged).limit(MOST_REPAIRED).lean<AreaDocument[]>().exec(),
    models.providers.find(unlogged).limit(MOST_REPAIRED).lean<ProviderDocument[]>().exec(),
    models.settings.find(unlogged).limit(MOST_REPAIRED).lean<SettingDocument[]>().exec(),
    models.holds.find(unlogged).limit(MOST_REPAIRED).lean<HoldDocument[]>().exec(),
  ]);
  for (const area of areas) await log('area', area);
  for (const provider of providers) await log('provider', provider);
  for (const hold of holds) await log('sp_hold', hold);
  for (const setting of settings) if (isSettingName(setting._id)) await log(setting._id, setting);
}

/** What a document keeps of its newest change. */
function markOf({ what, by, at, after }: Parameters<ConfigStore['write']>[0], current: AnyDocument | null) {
  return {
    version: (current?.version ?? 0) + 1,
    // No change is dated before the previous one, whatever the machines' clocks say.
    updatedAt: new Date(Math.max(+at, +(current?.updatedAt ?? at))),
    updatedBy: by,
    before: current && !current.removed ? JSON.stringify(rawOf(what, current)) : null,
    unlogged: true,
    removed: after === null,
  };
}

/** One write that succeeds only if the document is unchanged; false if someone was faster. */
async function written(
  collection: ReturnType<typeof collectionOf>,
  _id: string,
  current: AnyDocument | null,
  fields: object,
): Promise<boolean> {
  if (current) {
    const guard = current.version === undefined ? { $exists: false } : current.version;
    const { matchedCount } = await collection.updateOne({ _id: _id as never, version: guard }, { $set: fields });
    return matchedCount > 0;
  }
  try {
    await collection.insertOne({ _id: _id as never, ...fields });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

type AnyDocument = AreaDocument | ProviderDocument | SettingDocument | HoldDocument;

/** The collection of this kind of configuration. */
export const configCollection = (what: ConfigKind): string =>
  isSetting(what) ? 'settings' : { area: 'areas', provider: 'service_providers', sp_hold: 'sp_holds' }[what];

function collectionOf(models: ConfigModels, what: ConfigKind) {
  if (what === 'area') return models.areas.collection;
  if (what === 'sp_hold') return models.holds.collection;
  return what === 'provider' ? models.providers.collection : models.settings.collection;
}

/** A setting's key is its kind; an account number is in capitals. */
export function idOf(what: ConfigKind, key: string): string {
  if (isSetting(what)) return what;
  return what === 'area' ? key : key.trim().toUpperCase();
}

/** The stored value, whether or not it fits this version of Warmline. */
function rawOf(what: ConfigKind, document: AnyDocument): unknown {
  if (isSetting(what)) return JSON.parse((document as SettingDocument).value);
  if (what === 'sp_hold') return holdOf(document as HoldDocument);
  return what === 'area' ? areaOf(document as AreaDocument) : providerOf(document as ProviderDocument);
}

/** The value, in the shape of its kind. Throws, with what to do, if it does not fit this version of Warmline. */
function typedValue<K extends ConfigKind>(what: K, document: AnyDocument): ConfigValues[K] {
  const value: unknown = isSetting(what)
    ? parseSetting(what, (document as SettingDocument).value)
    : rawOf(what, document);
  return value as ConfigValues[K];
}

/** The fields of a value as stored, without its key. */
function fieldsOf(what: ConfigKind, value: ConfigValues[ConfigKind]): Record<string, unknown> {
  if (isSetting(what)) return { value: JSON.stringify(SETTINGS[what].parse(value)) };
  const { name, account, ...rest } = value as Record<string, unknown>;
  if (what === 'sp_hold') return rest;
  return what === 'area' ? { ...rest } : { name, ...rest, words: wordsIn(String(name)) };
}
