import type { Connection } from 'mongoose';

export type Keys = Readonly<Record<string, unknown>>;
export interface Query {
  readonly filter: Keys;
  readonly sort: Keys;
  readonly skip?: number | undefined;
  readonly limit?: number | undefined;
}
export interface Index {
  readonly on: Keys;
  /** The condition on a case in the index. */
  readonly where: Keys;
}

/** The fields a filter narrows, as an index names them. `exact`: by one value. */
function narrowed(filter: Keys, prefix = ''): Map<string, { exact: boolean }> {
  const fields = new Map<string, { exact: boolean }>();
  for (const [field, wanted] of Object.entries(filter)) {
    const operators =
      wanted !== null && typeof wanted === 'object' && !(wanted instanceof Date) ? Object.keys(wanted) : [];
    if (field.startsWith('$') || operators.includes('$nin') || operators.includes('$not')) continue;
    const nested = operators.includes('$elemMatch') ? (wanted as { $elemMatch: Keys }).$elemMatch : null;
    if (nested) for (const [inner, how] of narrowed(nested, `${field}.`)) fields.set(inner, how);
    // An index with a list of values in front returns one order by merging a scan for each.
    else fields.set(prefix + field, { exact: operators.every((operator) => operator === '$in') });
  }
  return fields;
}

/** Whether all possible results of a query are in an index. */
const holds = ({ where }: Index, filter: Keys) =>
  Object.entries(where).every(([field, value]) => filter[field] === value);

/** Whether an index finds the results, in order, without reading the rest. */
export function serves(index: Index, { filter, sort }: Query): boolean {
  if (!holds(index, filter)) return false;
  const fields = narrowed(filter);
  const keys = Object.keys(index.on);
  const exact = keys.findIndex((key) => !fields.get(key)?.exact);
  const left = exact < 0 ? [] : keys.slice(exact);
  const [ordered] = Object.keys(sort).filter((key) => !fields.get(key)?.exact);
  if (ordered) return left[0] === ordered && (exact > 0 || fields.has(ordered) || Object.keys(index.where).length > 0);
  return exact !== 0 || fields.has(keys[0] ?? '');
}

/** A query as the planner treats it: each branch of a lone `$or` uses its own index. */
export const branches = (query: Query): Query[] =>
  Object.keys(query.filter).join() === '$or'
    ? (query.filter.$or as Keys[]).map((filter) => ({ ...query, filter }))
    : [query];

/** The indexes of a collection, by the name of its model. */
export const indexesOf = (connection: Connection, model = 'Case'): Index[] => [
  { on: { _id: 1 }, where: {} },
  ...connection
    .model(model)
    .schema.indexes()
    .map(([on, { partialFilterExpression: where = {} }]) => ({ on, where: where as Keys })),
];
