import type { Connection, Model } from 'mongoose';
import type { CaseDocument } from './case-document';
import { type Filters, filtersBy } from './case-keys';
import { dataVersion } from './data-version';
import { derivedCaseFields } from './migrations/0001-derived-case-fields';

/** Whether cases lack their keys still is looked at again after so long, ms. */
const AGAIN_MS = 15_000;

/** Whether each database has cases without right keys, as far as it was looked at. */
const known = new WeakMap<Model<CaseDocument>, { readonly lacking: Promise<boolean>; readonly at: number }>();

/**
 * How cases are asked for. Until every document that an earlier release stored has its keys, by the fields that these are
 * made of, whose indexes stand until then: nothing is missed meanwhile. One look for each instance, else.
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

/** Asks with them. */
export type By = <T>(ask: (filters: Filters) => Promise<T>) => Promise<T>;
export const askingBy =
  (model: Model<CaseDocument>): By =>
  async (ask) =>
    ask(await filtersOf(model));

/** An earlier release has run on the database again: it knows no keys. */
export function lookAgain(connection: Connection): void {
  const { Case: model } = connection.models;
  if (model) known.delete(model as Model<CaseDocument>);
}

/** Where no instance ran yet, the documents alone tell. */
async function lacks(model: Model<CaseDocument>): Promise<boolean> {
  const [found, { version, isKnown }] = await Promise.all([
    // Absent, and never null: an engine that estimates takes a walk through all for what is either.
    model.exists({ keys: { $exists: false } }).exec(),
    dataVersion(model.db).read(),
  ]);
  return found !== null || (isKnown && version < derivedCaseFields.number);
}
