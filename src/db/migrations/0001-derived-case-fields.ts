import { isDeepStrictEqual } from 'node:util';
import { type CaseDocument, derivedFields, mailFields } from '../case-document';
import { type Migration, nextOf } from './migration';

/**
 * Derives what the indexes need of a case again. Its search words are left to the job `words`. Until it is done, cases
 * are found by the fields underlying their keys (`case-filters.ts`).
 */
export const derivedCaseFields: Migration = {
  number: 1,
  name: 'derived-case-fields',
  needs: 0,
  waits: true,
  async run(batch) {
    const { documents, end } = await nextOf<CaseDocument>(batch, 'cases', { events: 0, words: 0, contacts: 0 });
    const writes = documents.flatMap((document) => {
      const wrong = Object.entries(derivedOf(document)).filter(
        ([field, value]) => !isSame(document[field as keyof Derived], value),
      );
      if (!wrong.length) return [];
      // Whatever writes the case meanwhile derives them, too.
      const filter = { _id: document._id as never, version: document.version };
      return [{ updateOne: { filter, update: { $set: Object.fromEntries(wrong) } } }];
    });
    if (writes.length) await batch.connection.collection('cases').bulkWrite(writes, { ordered: false });
    return end;
  },
};

type Derived = ReturnType<typeof derivedOf>;
function derivedOf(document: CaseDocument) {
  const { posts: _p, outbox: _o, ...mail } = mailFields(document);
  return { ...derivedFields(document), ...mail };
}

/** Keys and queues have no order. */
const isSame = (stored: unknown, derived: unknown): boolean => isDeepStrictEqual(inOrder(stored), inOrder(derived));
const inOrder = (value: unknown) => (Array.isArray(value) ? [...value].sort() : value);
