import { isWiderThan, mayKnowOf, type Person } from '../domain/access';
import type { Actor } from '../domain/actor';
import { stateWord } from '../domain/case-words';
import type { ExceptionCode } from '../domain/exception-codes';
import type { OpenCase } from '../domain/forms/outlook';
import type { CaseKind } from '../domain/kinds/code';
import type { Tone } from '../domain/severity';
import type { ServiceDeps } from './deps';
import type { StoredCase } from './ports/cases';
import { areaOf, personOf } from './standing';

/** What is known about the report on screen. */
interface Reported {
  readonly kind: CaseKind;
  readonly sj: string | null;
  readonly account: string | null;
  readonly codes: readonly ExceptionCode[];
  readonly tone: Tone | null;
}

const SAME_SP_MS = 7 * 24 * 60 * 60_000;

/**
 * Open cases of the same SJ, then those of the same SP of the last 7 days with a shared code, newest first (domain
 * section 3): two indexed queries. Cases that the reader may not know of are left out, and for a need-to-know report
 * those that others read: what is typed would be added there.
 */
export async function openCases(
  deps: ServiceDeps,
  { kind, sj, account, codes, tone }: Reported,
  reader: Actor | null,
): Promise<readonly OpenCase[]> {
  const now = deps.now();
  const since = new Date(+now - SAME_SP_MS);
  const none: readonly StoredCase[] = [];
  const [ofSj, ofSp] = await Promise.all([
    sj ? deps.cases.openBySj(sj) : none,
    account && codes.length ? deps.cases.openBySp(account, codes, since) : none,
  ]);
  // Praise and complaints do not belong together; until the tone of a report is known, both are offered.
  const fits = (one: StoredCase) =>
    !isWiderThan(one.kind, kind) && (tone === null || (one.tone === 'positive') === (tone === 'positive'));
  const found = [...ofSj, ...ofSp.filter(({ id }) => !ofSj.some((known) => known.id === id))].filter(fits);
  if (!found.length) return [];
  const person = reader ? await personOf(deps, reader, found) : NOBODY;
  const known = await Promise.all(found.map(async (one) => mayKnowOf(one, person, await areaOf(deps, one.area))));
  return found
    .filter((_one, i) => known[i])
    .map((one) => openCase(one, ofSj.includes(one) ? [] : one.codes.filter((code) => codes.includes(code)), now));
}

/** An unknown person, who sees only what everyone does. */
const NOBODY: Person = { id: '', isAdmin: false, isManager: false, roles: [], standsFor: [], grants: [] };

const openCase = (
  { ref, state, filedAt, owner }: StoredCase,
  sharedCodes: readonly ExceptionCode[],
  now: Date,
): OpenCase => ({ ref, state: stateWord(state), ageText: ageText(+now - +filedAt), ownerId: owner, sharedCodes });

/** An age in words: "20 min", "3 h", "2 days". */
function ageText(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h`;
  return `${Math.floor(hours / 24)} days`;
}
