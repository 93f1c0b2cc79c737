import { DateTime } from 'luxon';
import type { Actor } from '../domain/case';
import { type Figures, figuresUntil } from '../domain/figures';
import type { ServiceDeps } from './deps';
import { personOf } from './standing';

/** A range of days, the last one whole, in the reader's own zone: `YYYY-MM-DD`. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

/**
 * What was filed on these days and what became of it, for admins and leadership; null for anybody else. Cases about the
 * reader are left out; of need-to-know ones there are counts and no more. One walk along an index, nothing kept but numbers.
 */
export async function figuresOf(deps: ServiceDeps, { from, to }: Days, reader: Actor): Promise<Figures | null> {
  const [{ isAdmin, roles }, policy, { timeZone }] = await Promise.all([
    personOf(deps, reader),
    deps.directory.policy(),
    deps.people.account(reader),
  ]);
  if (!isAdmin && !roles.includes('leadership')) return null;
  const start = (day: string) => DateTime.fromISO(day, { zone: timeZone ?? policy.time_zone });
  const range = { from: start(from).toJSDate(), to: start(to).plus({ days: 1 }).toJSDate() };
  const figures = figuresUntil(deps.now());
  for await (const history of deps.search.histories(range, reader)) figures.add(history);
  return figures.result();
}
