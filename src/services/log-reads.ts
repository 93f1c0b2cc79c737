import { isRestricted, type Sight } from '../domain/access';
import type { Actor } from '../domain/case';
import { STORE_PATIENCE_MS, within } from './deadline';
import type { ServiceDeps } from './deps';
import type { CaseRecord } from './ports/cases';
import type { Read } from './ports/people';

interface ReadDeps extends Pick<ServiceDeps, 'accessLog' | 'now'> {
  readonly log: { error(about: object, message: string): void };
}

/** Which case somebody sees, and how much of it. */
export interface Sighting {
  readonly record: Pick<CaseRecord, 'ref' | 'kind'>;
  readonly sight: Sight;
}

/**
 * Puts on the access log that somebody is about to see the text of need-to-know cases (domain section 10); cases of
 * other kinds, and those of which only the existence shows, are left out. Whoever reads waits for it as long as for any
 * store, and no longer: what could not be kept is an error on the log with everything it would have said.
 */
export async function logReads(deps: ReadDeps, who: Actor, seen: readonly Sighting[], how: Read['how']): Promise<void> {
  const at = deps.now();
  const reads = seen
    .filter(({ record, sight }) => sight === 'text' && isRestricted(record.kind))
    .map(({ record }): Read => ({ who, ref: record.ref, how, at }));
  if (!reads.length) return;
  try {
    await within(STORE_PATIENCE_MS, deps.accessLog.add(reads));
  } catch (error) {
    deps.log.error({ err: error, reads }, 'reads of need-to-know cases could not be kept on the access log');
  }
}
