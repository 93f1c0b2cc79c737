import { SYSTEM } from '../domain/actor';
import { CLOCKS_DIFFER_MS } from '../domain/clocks';
import type { ServiceDeps } from './deps';
import { moveCase } from './move-case';
import { pages } from './pages';
import type { Lapsing } from './ports/standings';

const PAGE = 200;

/**
 * Records standings that ended: each case says so in its thread and to the person who answers for it, and the directory
 * is told as with any other change (domain section 12). People who type the account no longer see it since its end date
 * anyway. A second run finds nothing to do. Returns how many; a failing one is reported and does not stop the others.
 * What is recorded as ended stays ended, so Slack's clock has to agree: rejects if something is due and Slack is down.
 */
export async function lapseStandings(
  deps: ServiceDeps,
  onFault: (ref: string, error: unknown) => void,
): Promise<number> {
  const now = await agreed(deps);
  let count = 0;
  if (now === null) return count;
  for await (const page of pages<Lapsing>(PAGE, (last) => deps.standings.lapsing(now, PAGE, last)))
    for (const { refs } of page)
      for (const ref of refs) {
        try {
          const moved = await moveCase(deps, { find: { ref }, move: { type: 'lapse' }, by: SYSTEM, key: null });
          if (moved.ok && moved.changed) count++;
        } catch (error) {
          onFault(ref, error);
        }
      }
  return count;
}

/** The time by this machine's clock, or Slack's if that is behind; null if nothing is due anyway. */
async function agreed({ standings, now, slackNow }: ServiceDeps): Promise<Date | null> {
  const own = now();
  if (!(await standings.lapsing(own, 1, null)).length) return null;
  return new Date(Math.min(+own, +(await slackNow()) + CLOCKS_DIFFER_MS));
}
