import type { Model } from 'mongoose';
import { type CaseDocument, derivedFields, mailFields } from './case-document';
import { type Filters, filtersBy } from './case-keys';

const BATCH = 500;
/** Whether cases lack their keys still is looked at again after so long, ms. */
const AGAIN_MS = 15_000;
const LACKING = { keys: null } as const;

/** Whether each database has cases without keys, as far as it was looked at; that it has none stays true. */
const known = new WeakMap<Model<CaseDocument>, { readonly lacking: Promise<boolean>; readonly at: number }>();

/**
 * How cases are asked for. Until every document that an earlier version stored has its keys, by the fields that these are
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

const lacks = async (model: Model<CaseDocument>): Promise<boolean> => (await model.exists(LACKING).exec()) !== null;

/**
 * Gives their derived fields to cases that were stored without keys, open ones first. May be stopped at any moment and
 * run by several at once: what has its keys is done, and whoever writes a case meanwhile says all of it.
 */
export async function fillLacking(model: Model<CaseDocument>): Promise<void> {
  for (const which of [{ isOpen: true, ...LACKING }, LACKING]) {
    for (;;) {
      const lacking = await model.find(which, { events: 0 }).limit(BATCH).lean<CaseDocument[]>().exec();
      if (!lacking.length) break;
      await model.collection.bulkWrite(
        lacking.map((document) => ({
          updateOne: {
            filter: { _id: document._id as never, version: document.version },
            update: { $set: lackingFields(document) },
          },
        })),
        { ordered: false },
      );
    }
  }
  known.delete(model);
}

function lackingFields(document: CaseDocument) {
  const { posts: _p, outbox: _o, ...mail } = mailFields(document);
  return { ...derivedFields(document), ...mail };
}
