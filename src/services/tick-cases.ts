import { SYSTEM } from '../domain/case';
import type { Queue } from '../domain/lane-queue';
import type { ServiceDeps } from './deps';
import { moveCase } from './move-case';
import type { DueCase } from './ports/cases';

const PAGE = 200;
/** How many cases of a page are moved in parallel. */
const ABREAST = 10;

/**
 * Fires every rung that is due (architecture section 4). The cost follows what is due: one indexed query if nothing is.
 * Messages go out once a page is done, so that a person gets one message. Returns how many cases moved; a case that
 * cannot be moved is reported and does not stop the others.
 */
export async function tickCases(deps: ServiceDeps, onFault: (ref: string, error: unknown) => void): Promise<number> {
  const now = deps.now();
  let moved = 0;
  let page: readonly DueCase[] = [];
  const queues = new Set<Queue>();
  const gathering: ServiceDeps = { ...deps, onStored: (kicked) => kicked.forEach((queue) => void queues.add(queue)) };
  do {
    page = await deps.cases.due(now, PAGE, page.at(-1) ?? null);
    for (let i = 0; i < page.length; i += ABREAST) {
      const abreast = page.slice(i, i + ABREAST);
      const results = await Promise.allSettled(abreast.map(({ id }) => tickCase(gathering, id)));
      for (const [j, result] of results.entries()) {
        if (result.status === 'rejected') onFault(abreast[j]?.ref ?? '', result.reason);
        else if (result.value) moved++;
      }
    }
    if (queues.size) deps.onStored([...queues]);
    queues.clear();
  } while (page.length === PAGE);
  return moved;
}

/** A tick has no key: the case knows which rungs fired, so a second one finds nothing to do. */
export async function tickCase(deps: ServiceDeps, id: string): Promise<boolean> {
  const moved = await moveCase(deps, { find: { id }, move: { type: 'tick' }, by: SYSTEM, key: null });
  return moved.ok && moved.changed;
}
