import { type Connection, type QueryFilter, Schema } from 'mongoose';
import { CASE_KINDS, KINDS } from '../domain/kinds';
import type { CaseKind } from '../domain/kinds/code';
import type { References } from '../services/ports/records';
import { inBatches } from './batch';
import { type CaseDocument, caseSchema } from './case-document';
import { filtersOf } from './case-filters';
import { NEWEST_FIRST } from './case-lists';

const counterSchema = new Schema<{ _id: string; last: number }>(
  { _id: String, last: Number },
  { collection: 'counters', versionKey: false },
);

/** How many of the newest cases are checked for the highest number: those filed at once are in any order. */
const NEWEST = 50;

/**
 * Numbers from one counter per kind. Callers that arrive during a request share the next one, so a burst of submissions
 * costs a few round trips and no number is used twice. No index enforces that, so before a process takes its first
 * number of a kind, it moves a counter that was lost or set back past the existing cases.
 */
export function references(connection: Connection): References {
  const model = connection.model('Counter', counterSchema);
  const cases = connection.model<CaseDocument>('Case', caseSchema);
  const checked = new Set<CaseKind>();

  async function setOn(kind: CaseKind): Promise<void> {
    const { keyed } = await filtersOf(cases);
    const found = await cases
      .find(keyed('kind', kind) as QueryFilter<CaseDocument>, { ref: 1 }, { sort: NEWEST_FIRST, limit: NEWEST })
      .lean<Pick<CaseDocument, 'ref'>[]>()
      .exec();
    const highest = Math.max(0, ...found.map(({ ref }) => Number(ref.split('-').at(-1)) || 0));
    if (highest)
      await model.collection.updateOne({ _id: kind } as never, { $max: { last: highest } }, { upsert: true });
    checked.add(kind);
  }

  const reserve = async (kind: CaseKind, count: number): Promise<readonly string[]> => {
    if (!checked.has(kind)) await setOn(kind);
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
