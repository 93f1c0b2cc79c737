import type { Model } from 'mongoose';
import { type ConfigKind, type ConfigValues, differences, type ImportTally } from '../domain/configuration';
import { SETTINGS, type SettingName } from '../domain/settings';
import { wordsIn } from '../domain/words';
import type { DirectoryWriter } from '../services/ports/directory';
import {
  type AreaDocument,
  areaOf,
  type ConfigModels,
  type ProviderDocument,
  type SettingDocument,
} from './config-documents';
import type { OwnConfigStore } from './config-store';

/** An import replaces what is there; the history has both. `onProviders` gets the SPs that were written. */
export function directoryImports(
  models: ConfigModels,
  configuration: OwnConfigStore,
  now: () => Date,
  onProviders: (accounts: readonly string[]) => void,
): DirectoryWriter {
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
  ): Promise<ImportTally> {
    const before = await models.settings.findById(what).lean<SettingDocument>().exec();
    if (before?.value === JSON.stringify(SETTINGS[what].parse(value))) return { inserted: 0, updated: 0, unchanged: 1 };
    if (!dryRun) await save(what, what, value, by);
    return { inserted: before ? 0 : 1, updated: before ? 1 : 0, unchanged: 0 };
  }

  return {
    savePolicy: (value, by, dryRun) => saveSetting('policy', value, by, dryRun),
    saveCatalogue: (value, by, dryRun) => saveSetting('catalogue', value, by, dryRun),

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
      if (!dryRun) onProviders(documents.map(({ _id }) => _id));
      return tally;
    },
  };
}

/** More lost races in a row are a fault. */
const MOST_TRIES = 20;

interface BulkOptions {
  readonly mark: { readonly updatedAt: Date; readonly updatedBy: string };
  readonly dryRun: boolean;
  /** Writes the event of a change that a crash prevented. */
  readonly log: (document: ProviderDocument) => Promise<unknown>;
}

/** Writes what differs from what is stored, in one unordered bulk of upserts, and counts. */
async function upsertChanged(
  model: Model<ProviderDocument>,
  documents: readonly ProviderDocument[],
  { mark, dryRun, log }: BulkOptions,
): Promise<ImportTally> {
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
