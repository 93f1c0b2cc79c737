import type { Actor } from '../domain/case';
import type { ServiceDeps } from './deps';
import { moveCase } from './move-case';
import type { CaseRecord } from './ports';

const PAGE = 200;
/** How many cases of a page are moved side by side. */
const ABREAST = 10;

/** How many open cases there were, in how many a clock changed, and which could not be changed. */
export interface Applied {
  readonly open: number;
  readonly changed: number;
  readonly failed: readonly string[];
}

/**
 * Sets the clocks of every open case anew under the policy of now (domain section 8): what fired stays as it is, and a
 * promised moment stands. May be repeated, and then changes nothing. `by` is an admin, or `SYSTEM`. A case that cannot be
 * stored is named and stands in no other's way.
 */
export async function applyPolicy(deps: ServiceDeps, by: Actor): Promise<Applied> {
  const failed: string[] = [];
  let [open, changed] = [0, 0];
  let page: readonly CaseRecord[] = [];
  do {
    page = await deps.cases.openPage(page.at(-1)?.id ?? null, PAGE);
    open += page.length;
    for (let i = 0; i < page.length; i += ABREAST) {
      const abreast = page.slice(i, i + ABREAST);
      const results = await Promise.allSettled(
        abreast.map(({ id }) => moveCase(deps, { find: { id }, move: { type: 'apply_policy' }, by, key: null })),
      );
      for (const [j, result] of results.entries()) {
        if (result.status === 'rejected') failed.push(abreast[j]?.ref ?? '');
        else if (result.value.ok && result.value.changed) changed++;
      }
    }
  } while (page.length === PAGE);
  return { open, changed, failed };
}
