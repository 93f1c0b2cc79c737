import type { Connection, Model } from 'mongoose';
import type { CaseDocument } from './case-document';
import { type Filters, filtersBy } from './case-keys';
import { dataVersion } from './data-version';
import { derivedCaseFields } from './migrations/0001-derived-case-fields';

/** How often to check whether some cases still lack keys, ms. */
const AGAIN_MS = 15_000;

/** Whether each database has cases without correct keys, as last checked. */
const known = new WeakMap<Model<CaseDocument>, { readonly lacking: Promise<boolean>; readonly at: number }>();

/**
 * How cases are queried. Until every document of an earlier release has its keys, by the underlying fields, whose
 * indexes stay until then, so that nothing is missed. After that, one check per instance.
 */
export async function filtersOf(model: Model<CaseDocument>): Promise<Filters> {
  const before = known.get(model);
  const isOver = before && (await before.lacking) && performance.now() - before.at > AGAIN_MS;
  const look = before && !isOver ? before : { lacking: lacks(model), at: performance.now() };
  if (look !== before) {
    known.set(model, look);
    look.lacking.catch(() => known.delete(model));
  }
  return filtersBy(await look.lacking);
}

/** Queries with them. */
export type By = <T>(ask: (filters: Filters) => Promise<T>) => Promise<T>;
export const askingBy =
  (model: Model<CaseDocument>): By =>
  async (ask) =>
    ask(await filtersOf(model));

/** An earlier release, which knows no keys, has run on the database again. */
export function recheckKeys(connection: Connection): void {
  const { Case: model } = connection.models;
  if (model) known.delete(model as Model<CaseDocument>);
}

/** If no instance has run yet, only the documents tell. */
async function lacks(model: Model<CaseDocument>): Promise<boolean> {
  const [found, { version, isKnown }] = await Promise.all([
    // Absent, never null: an engine that goes by estimates walks all documents to find either.
    model.exists({ keys: { $exists: false } }).exec(),
    dataVersion(model.db).read(),
  ]);
  return found !== null || (isKnown && version < derivedCaseFields.number);
}
