import { type Connection, Schema } from 'mongoose';
import { type CaseKind, KINDS } from '../domain/kinds';
import type { References } from '../services/ports';

const counterSchema = new Schema<{ _id: string; last: number }>(
  { _id: String, last: Number },
  { collection: 'counters', versionKey: false },
);

/**
 * Numbers from one counter a kind. Askers that arrive while a request is under way share the next one, so a burst of
 * submissions costs a few round trips and no number is given twice.
 */
export function references(connection: Connection): References {
  const model = connection.model('Counter', counterSchema);
  const queues = new Map<CaseKind, { resolve: (ref: string) => void; reject: (error: unknown) => void }[]>();

  const reserve = async (kind: CaseKind, count: number) => {
    const counter = await model
      .findOneAndUpdate({ _id: kind }, { $inc: { last: count } }, { upsert: true, returnDocument: 'after' })
      .lean()
      .exec();
    return (counter?.last ?? count) - count + 1;
  };

  const serve = async (kind: CaseKind) => {
    for (let askers = queues.get(kind) ?? []; askers.length; askers = queues.get(kind) ?? []) {
      queues.set(kind, []);
      try {
        const first = await reserve(kind, askers.length);
        for (const [i, asker] of askers.entries())
          asker.resolve(`${KINDS[kind].prefix}-${String(first + i).padStart(6, '0')}`);
      } catch (error) {
        for (const asker of askers) asker.reject(error);
      }
    }
    queues.delete(kind);
  };

  return {
    next: (kind) =>
      new Promise((resolve, reject) => {
        const queue = queues.get(kind);
        if (queue) {
          queue.push({ resolve, reject });
          return;
        }
        queues.set(kind, [{ resolve, reject }]);
        void serve(kind);
      }),
  };
}
