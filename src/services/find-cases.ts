import { type Sight, sightOf } from '../domain/access';
import type { Actor } from '../domain/case';
import { parseSjNumber, parseSpAccount } from '../domain/forms/numbers';
import { parseReference } from '../domain/kinds';
import type { ServiceDeps } from './deps';
import type { CaseRecord } from './ports';
import { personOf } from './standing';

/** A case that somebody may know of, and how much of it. */
export interface Seen {
  readonly record: CaseRecord;
  readonly sight: Sight;
}

/** So many of an SJ's or an SP's newest cases are looked through. */
const LOOKED_THROUGH = 100;

/**
 * The cases behind a reference, an SJ number or an SP account, newest first, as far as the reader may know of them
 * (domain section 10); null when the text is none of these. Indexed queries: one, or two where digits may be either.
 */
export async function findCases(deps: ServiceDeps, text: string, reader: Actor): Promise<readonly Seen[] | null> {
  const ref = parseReference(text);
  const sj = parseSjNumber(text);
  const account = parseSpAccount(text);
  if (!ref && !sj.ok && !account.ok) return null;
  if (ref) {
    const stored = await deps.cases.byRef(ref);
    return visible(deps, stored ? [stored] : [], reader);
  }
  const [ofSj, ofSp] = await Promise.all([
    sj.ok ? deps.cases.bySj(sj.value, LOOKED_THROUGH) : [],
    account.ok ? deps.cases.bySp(account.value, LOOKED_THROUGH) : [],
  ]);
  const all = [...ofSj, ...ofSp.filter(({ id }) => !ofSj.some((known) => known.id === id))];
  return visible(
    deps,
    all.sort((a, b) => +b.filedAt - +a.filedAt),
    reader,
  );
}

/** What of these cases somebody may know of. */
export async function visible(
  deps: ServiceDeps,
  records: readonly CaseRecord[],
  reader: Actor,
): Promise<readonly Seen[]> {
  const [person, areas] = await Promise.all([personOf(deps, reader), deps.directory.areas()]);
  return records.flatMap((record) => {
    const sight = sightOf(record, person, areas.find(({ name }) => name === record.area) ?? null);
    return sight ? [{ record, sight }] : [];
  });
}
