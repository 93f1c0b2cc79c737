import { SYSTEM } from '../domain/case';
import type { ServiceDeps } from './deps';
import { moveCase } from './move-case';

const PAGE = 200;
/** How many cases of a page are moved side by side. */
const ABREAST = 10;

/**
 * Fires every rung whose moment has come (architecture section 4). The cost follows what is due: one indexed query when
 * nothing is. Gives how many cases moved; a case that cannot be moved is reported and the rest go on.
 */
export async function tickCases(deps: ServiceDeps, onFault: (caseId: string, error: unknown) => void): Promise<number> {
  const now = deps.now();
  let moved = 0;
  for (;;) {
    const due = await deps.cases.due(now, PAGE);
    let progress = 0;
    for (let i = 0; i < due.length; i += ABREAST) {
      const results = await Promise.allSettled(due.slice(i, i + ABREAST).map((id) => tickCase(deps, id)));
      for (const [j, result] of results.entries()) {
        if (result.status === 'rejected') onFault(due[i + j] ?? '', result.reason);
        else if (result.value) progress++;
      }
    }
    moved += progress;
    if (due.length < PAGE || progress === 0) return moved;
  }
}

/** A tick has no key of its own: the case remembers which rungs fired, so a second tick finds nothing to do. */
async function tickCase(deps: ServiceDeps, id: string): Promise<boolean> {
  const moved = await moveCase(deps, {
    find: { id },
    move: { type: 'tick' },
    by: SYSTEM,
    key: null,
  });
  return moved.ok && moved.changed;
}
