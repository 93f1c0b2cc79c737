import { SYSTEM } from '../domain/actor';
import type { Queue } from '../domain/lane-queue';
import type { ServiceDeps } from './deps';
import { moveCase } from './move-case';
import { pages, workedOff } from './pages';
import type { DueCase } from './ports/cases';

const PAGE = 200;

/**
 * Fires every rung that is due (architecture section 4). The cost follows what is due: one indexed query if nothing is.
 * Messages go out once a page is done, so that a person gets one message. Returns how many cases moved; a case that
 * cannot be moved is reported and does not stop the others.
 */
export async function tickCases(deps: ServiceDeps, onFault: (ref: string, error: unknown) => void): Promise<number> {
  const now = deps.now();
  let moved = 0;
  const queues = new Set<Queue>();
  const gathering: ServiceDeps = { ...deps, onStored: (kicked) => kicked.forEach((queue) => void queues.add(queue)) };
  for await (const page of pages<DueCase>(PAGE, (last) => deps.cases.due(now, PAGE, last))) {
    for (const { row, result } of await workedOff(page, ({ id }) => tickCase(gathering, id))) {
      if (result.status === 'rejected') onFault(row.ref, result.reason);
      else if (result.value) moved++;
    }
    if (queues.size) deps.onStored([...queues]);
    queues.clear();
  }
  return moved;
}

/** A tick has no key: the case knows which rungs fired, so a second one finds nothing to do. */
export async function tickCase(deps: ServiceDeps, id: string): Promise<boolean> {
  const moved = await moveCase(deps, { find: { id }, move: { type: 'tick' }, by: SYSTEM, key: null });
  return moved.ok && moved.changed;
}
