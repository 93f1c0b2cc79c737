import { type Connection, Schema } from 'mongoose';
import { CASE_KINDS, type CaseKind, KINDS } from '../domain/kinds';
import type { References } from '../services/ports/records';
import { inBatches } from './batch';

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

  const reserve = async (kind: CaseKind, count: number): Promise<readonly string[]> => {
    const counter = await model.collection.findOneAndUpdate(
      { _id: kind } as never,
      { $inc: { last: count } },
      { upsert: true, returnDocument: 'after' },
    );
    const first = Number(counter?.last ?? count) - count + 1;
    return Array.from({ length: count }, (_, i) => `${KINDS[kind].prefix}-${String(first + i).padStart(6, '0')}`);
  };
  const askers = Object.fromEntries(
    CASE_KINDS.map((kind) => [kind, inBatches<null, string>((asked) => reserve(kind, asked.length))]),
  );
  return {
    next: (kind) => {
      const ask = askers[kind];
      if (!ask) throw new Error(`There are no references for ${kind}.`);
      return ask(null);
    },
  };
}
