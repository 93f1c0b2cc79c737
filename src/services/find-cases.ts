import { type Sight, sightOf } from '../domain/access';
import type { Actor } from '../domain/actor';
import { isStoredNumber } from '../domain/forms/numbers';
import { parseReference, typedReference } from '../domain/kinds';
import type { ServiceDeps } from './deps';
import { numbersFor } from './numbers';
import type { CaseRecord } from './ports/cases';
import { personOf } from './standing';
import { understand } from './typed-words';

/** A case that someone may know of, and how much of it. */
export interface Seen {
  readonly record: CaseRecord;
  readonly sight: Sight;
}

/** How many of the newest cases of an SJ or SP are checked. */
const LOOKED_THROUGH = 100;

/**
 * The cases for a reference, an SJ number, an SP account or an SP's name, newest first, as far as the reader may know
 * of them (domain section 10); null if the text is none of these.
 */
export async function findCases(deps: ServiceDeps, text: string, reader: Actor): Promise<readonly Seen[] | null> {
  const ref = parseReference(text);
  if (ref) return byReference(deps, ref, reader);
  const found = await byNumbers(deps, text, reader);
  // An account may look like a short reference, and comes first.
  const short = found?.length ? null : typedReference(text);
  return short ? byReference(deps, short, reader) : found;
}

async function byReference(deps: ServiceDeps, ref: string, reader: Actor): Promise<readonly Seen[]> {
  const stored = await deps.cases.byRef(ref);
  return visible(deps, stored ? [stored] : [], reader);
}

async function byNumbers(deps: ServiceDeps, text: string, reader: Actor): Promise<readonly Seen[] | null> {
  const numbers = await numbersIn(deps, text);
  const isNone = !numbers.sj && !numbers.accounts.length;
  // A number of a format that the policy asked for before.
  const former = isNone && /\d/.test(text) && isStoredNumber(text.trim()) ? text.trim().toUpperCase() : null;
  const { sj, accounts } = former ? { sj: former, accounts: [former] } : numbers;
  if (isNone && !former) return null;
  const [ofSj, ...ofSps] = await Promise.all([
    sj ? deps.cases.bySj(sj, LOOKED_THROUGH) : [],
    ...accounts.map((account) => deps.cases.bySp(account, LOOKED_THROUGH)),
  ]);
  const all = [...new Map([...ofSj, ...ofSps.flat()].map((record) => [record.id, record])).values()];
  if (former && !all.length) return null;
  return visible(
    deps,
    all.sort((a, b) => +b.filedAt - +a.filedAt),
    reader,
  );
}

/** The SJ and the SPs in a text; digits alone, also in groups, may be either. */
async function numbersIn(deps: ServiceDeps, typed: string): Promise<{ sj: string | null; accounts: string[] }> {
  const { account, sj, offer, text } = await understand(deps, typed);
  const { parseSjNumber, parseSpAccount } = await numbersFor(deps);
  const isOne = /^(?:\S*|[\d\s]*)$/.test(text);
  const alone = isOne ? { sj: parseSjNumber(text), account: parseSpAccount(text) } : null;
  const named = offer?.providers.map((provider) => provider.account) ?? [];
  const accounts = [account ?? (alone?.account.ok ? alone.account.value : []), named].flat();
  return { sj: sj ?? (alone?.sj.ok ? alone.sj.value : null), accounts: [...new Set(accounts)] };
}

/** Those of these cases that someone may know of. */
export async function visible(
  deps: ServiceDeps,
  records: readonly CaseRecord[],
  reader: Actor,
): Promise<readonly Seen[]> {
  const [person, areas] = await Promise.all([personOf(deps, reader, records), deps.directory.areas()]);
  return records.flatMap((record) => {
    const sight = sightOf(record, person, areas.find(({ name }) => name === record.area) ?? null);
    return sight ? [{ record, sight }] : [];
  });
}
