import { mongo } from 'mongoose';
import { type CaseDocument, caseSchema } from '../case-document';
import { RETIRED_INDEXES } from '../case-indexes';
import type { Migration } from './migration';

const INDEX_NOT_FOUND = 27;

/** Indexes that nothing asks for anymore are dropped, by name, once those that take their place stand. An earlier release builds its own again. */
export const retiredCaseIndexes: Migration = {
  number: 3,
  name: 'retired-case-indexes',
  needs: 0,
  waits: true,
  async run({ connection }) {
    const model = connection.model<CaseDocument>('Case', caseSchema);
    await model.createIndexes();
    for (const { name = '' } of await model.collection.indexes()) {
      if (!RETIRED_INDEXES.includes(name)) continue;
      try {
        await model.collection.dropIndex(name);
      } catch (error) {
        const isGone = error instanceof mongo.MongoServerError && error.code === INDEX_NOT_FOUND;
        if (!isGone) throw error;
      }
    }
    return null;
  },
};
