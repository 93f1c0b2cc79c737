import { type Connection, type Model, mongo } from 'mongoose';
import type { CaseStore } from '../services/ports/cases';
import { type CaseDocument, caseSchema } from './case-document';
import { fillLacking } from './case-fill';
import { caseHistory } from './case-history';
import { RETIRED_INDEXES } from './case-indexes';
import { caseFinds } from './case-lists';
import { casePlaces } from './case-places';
import { lanesWithWork, waitingIn, waitingOfOne } from './case-queues';
import { caseWalks, owedByCases } from './case-walks';
import { caseWrites } from './case-writes';

interface Indexes {
  ensureIndexes(): Promise<void>;
  catchUp(): Promise<readonly string[]>;
}

/** The cases of one database (architecture sections 3 and 5). */
export function caseStore(connection: Connection): CaseStore & Indexes {
  const model = connection.model<CaseDocument>('Case', caseSchema);
  const history = caseHistory(connection);
  const places = casePlaces(connection);
  return {
    ...caseWrites(model, history, places),
    ...caseFinds(model, places),
    ...caseWalks(model),
    ...owedByCases(model),
    waiting: waitingIn(model),
    waitingOfOne: waitingOfOne(model),
    lanesWithWork: lanesWithWork(model),
    async ensureIndexes() {
      await Promise.all([model.createIndexes(), history.ensureIndexes()]);
    },
    async catchUp() {
      await fillLacking(model);
      return dropRetired(model);
    },
  };
}

/** Drops what stands of the indexes that nothing asks for anymore; gives their names. Another instance may do so, too. */
async function dropRetired(model: Model<CaseDocument>): Promise<readonly string[]> {
  const INDEX_NOT_FOUND = 27;
  const dropped: string[] = [];
  for (const name of await namesOf(model)) {
    if (!RETIRED_INDEXES.includes(name)) continue;
    try {
      await model.collection.dropIndex(name);
      dropped.push(name);
    } catch (error) {
      if (!(error instanceof mongo.MongoServerError && error.code === INDEX_NOT_FOUND)) throw error;
    }
  }
  return dropped;
}

async function namesOf(model: Model<CaseDocument>): Promise<readonly string[]> {
  const NO_SUCH_COLLECTION = 26;
  try {
    return (await model.collection.indexes()).map(({ name = '' }) => name);
  } catch (error) {
    if (error instanceof mongo.MongoServerError && error.code === NO_SUCH_COLLECTION) return [];
    throw error;
  }
}
