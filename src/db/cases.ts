import type { Connection, Model } from 'mongoose';
import type { CaseState } from '../domain/case';
import type { CaseStore } from '../services/ports/cases';
import { type CaseDocument, caseSchema } from './case-document';
import { caseHistory } from './case-history';
import { caseFinds } from './case-lists';
import { casePlaces } from './case-places';
import { lanesWithWork, requeue, waitingIn } from './case-queues';
import { caseWalks, owedByCases } from './case-walks';
import { caseWrites } from './case-writes';

const CLOSED: CaseState[] = ['resolved', 'void'];

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
    lanesWithWork: lanesWithWork(model),
    async ensureIndexes() {
      await Promise.all([model.createIndexes(), history.ensureIndexes()]);
      await deriveLacking(model);
      await requeue(model);
    },
  };
}

/** Cases stored before these fields were derived: an index finds them, and a second run finds none. */
async function deriveLacking(model: Model<CaseDocument>): Promise<void> {
  const lacking = async (field: 'isOpen' | 'hasDead', when: object, value: boolean) => {
    await model.updateMany({ [field]: null, ...when }, { $set: { [field]: value } });
  };
  await lacking('isOpen', { state: { $in: CLOSED } }, false);
  await lacking('isOpen', {}, true);
  await lacking('hasDead', { 'outbox.dead': { $type: 'string' } }, true);
  await lacking('hasDead', {}, false);
}
