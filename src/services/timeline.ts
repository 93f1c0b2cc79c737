import { mayAct, mayRead, type Sight, sightOf } from '../domain/access';
import type { Actor } from '../domain/actor';
import { type Entry, TIMELINE_PAGE, timelineOf } from '../domain/timeline';
import type { ServiceDeps } from './deps';
import type { StoredCase } from './ports/cases';
import { areaOf, personOf } from './standing';

/** A page of a case's history, for one reader. */
export interface TimelinePage {
  readonly stored: StoredCase;
  readonly sight: Sight;
  readonly entries: readonly Entry[];
  /** The last event numbers of the pages before and after it, or null. */
  readonly earlier: number | null;
  readonly later: number | null;
  /** Whether its reader may export the record: see `exportable`. */
  readonly mayExport: boolean;
  /** How many events come before this page. */
  readonly before: number;
}

/** The timeline page that ends with event `until` (null: the newest); null if the person may see nothing. */
export async function timelinePage(
  deps: ServiceDeps,
  ref: string,
  reader: Actor,
  until: number | null = null,
): Promise<TimelinePage | null> {
  const stored = await deps.cases.byRef(ref);
  if (!stored) return null;
  const [person, area] = await Promise.all([personOf(deps, reader, [stored]), areaOf(deps, stored.area)]);
  const sight = sightOf(stored, person, area);
  if (!sight) return null;
  const to = Math.min(Math.max(until ?? stored.seq, 1), stored.seq);
  const before = Math.max(0, to - TIMELINE_PAGE);
  const events = await deps.history.between(stored, before + 1, to);
  return {
    stored,
    sight,
    entries: timelineOf(stored, events, sight === 'text' ? 'full' : 'redacted'),
    earlier: before > 0 ? before : null,
    later: to < stored.seq ? Math.min(stored.seq, to + TIMELINE_PAGE) : null,
    mayExport: sight === 'text' && mayAct(stored, person, area),
    before,
  };
}

/** The case, for someone who answers for it and may read all of it; null for everyone else. */
export async function exportable(deps: ServiceDeps, ref: string, reader: Actor): Promise<StoredCase | null> {
  const stored = await deps.cases.byRef(ref);
  if (!stored) return null;
  const [person, area] = await Promise.all([personOf(deps, reader, [stored]), areaOf(deps, stored.area)]);
  return mayRead(stored, person, area) && mayAct(stored, person, area) ? stored : null;
}
