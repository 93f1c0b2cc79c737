import { isRestricted, type Person, rightOf, type Sight } from '../domain/access';
import type { Actor } from '../domain/actor';
import type { Read } from '../domain/reads';
import { STORE_PATIENCE_MS, within } from './deadline';
import type { ServiceDeps } from './deps';
import { personOf } from './standing';

interface ReadDeps extends ServiceDeps {
  readonly log: { error(about: object, message: string): void };
}

/** Which case someone sees, and how much of it. */
export interface Sighting {
  readonly record: Parameters<typeof rightOf>[0];
  readonly sight: Sight;
}

/**
 * Logs that someone is about to see the text of need-to-know cases, and by which right (domain section 10); other
 * cases, and those of which only the existence shows, are left out. The reader waits for this only as long as for any
 * store; an entry that could not be stored goes to the process's log as an error.
 */
export async function logReads(deps: ReadDeps, who: Actor, seen: readonly Sighting[], how: Read['how']): Promise<void> {
  const at = deps.now();
  const records = seen
    .filter(({ record, sight }) => sight === 'text' && isRestricted(record.kind))
    .map(({ record }) => record);
  const reads = records.map(({ ref }): Read => ({ who, ref, how, at }));
  await keep(deps, reads, async () => {
    const person = await personOf(deps, who);
    return records.map((record, i): Read => ({ ...(reads[i] as Read), ...by(record, person) }));
  });
}

/** Logs that an admin looks at the access log: all of it (`ref` null), or one case's part. */
export const logLook = (deps: ReadDeps, who: Actor, ref: string | null): Promise<void> => {
  const reads: readonly Read[] = [{ who, ref, how: 'access_log', at: deps.now(), right: 'admin' }];
  return keep(deps, reads, async () => reads);
};

async function keep(deps: ReadDeps, reads: readonly Read[], whole: () => Promise<readonly Read[]>): Promise<void> {
  if (!reads.length) return;
  try {
    await within(
      STORE_PATIENCE_MS,
      whole().then((all) => deps.accessLog.add(all)),
    );
  } catch (error) {
    deps.log.error({ err: error, reads }, 'reads of need-to-know cases could not be kept on the access log');
  }
}

/** The right by which a need-to-know case is read; an area gives none. */
function by(record: Sighting['record'], person: Person): Pick<Read, 'right' | 'grant'> {
  const right = rightOf(record, person, null);
  if (!right) return {};
  const grant = right === 'grant' && person.grants.find(({ ref }) => ref === record.ref);
  return grant ? { right, grant: { by: grant.by, until: grant.until, seq: grant.seq } } : { right };
}
