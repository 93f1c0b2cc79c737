import type { Connection } from 'mongoose';
import type { CaseStore } from '../services/ports/cases';
import { type CaseDocument, caseSchema } from './case-document';
import { caseHistory } from './case-history';
import { caseFinds } from './case-lists';
import { casePlaces } from './case-places';
import { lanesWithWork, waitingIn, waitingOfOne } from './case-queues';
import { caseWalks, owedByCases } from './case-walks';
import { caseWrites } from './case-writes';

/** The cases of one database (architecture sections 3 and 5). */
export function caseStore(connection: Connection): CaseStore & { ensureIndexes(): Promise<void> } {
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
    async remember(ref, place) {
      const found = await model.findOne({ ref }, { _id: 1 }).lean<{ _id: string }>().exec();
      if (found) await places.keep(found._id, [place], true);
    },
    async ensureIndexes() {
      await Promise.all([model.createIndexes(), history.ensureIndexes()]);
    },
  };
}
