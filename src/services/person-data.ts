import { SYSTEM } from '../domain/actor';
import { type CaseFacts, isOpen } from '../domain/case';
import { clockMaker, clockResumer } from '../domain/clocks';
import type { ConfigKind } from '../domain/configuration';
import { decide } from '../domain/decide';
import type { SealedEvent } from '../domain/event';
import { eventsOwed } from '../domain/events-owed';
import { queuesOf } from '../domain/lane-queue';
import { holdReason } from '../domain/legal-hold';
import { enqueue, mailboxOf } from '../domain/mailbox';
import { mailboxWithinBounds } from '../domain/mailbox-bounds';
import { withMessages } from '../domain/messages';
import { type Eraser, eraserOf, mapTexts, type PersonQuery, textsIn, wordsToFind } from '../domain/person-data';
import { isInForce, type SpStanding } from '../domain/sp-standing';
import type { ServiceDeps } from './deps';
import { pages } from './pages';
import type { CaseRecord, StoredCase } from './ports/cases';
import { KEPT_BESIDE, type KeptBeside, type KeptText } from './ports/person-data';
import type { Provable } from './ports/retention';
import { areaOf } from './standing';

const PAGE = 100;
const TRIES = 5;

export type PersonDeps = ServiceDeps;

/** Where words about a person are. */
export interface FoundData {
  readonly cases: readonly FoundCase[];
  readonly beside: readonly { readonly what: KeptBeside; readonly id: string; readonly texts: readonly string[] }[];
  /** What erasing leaves, because it is the business's own directory or is about an SP. */
  readonly standing: readonly { readonly where: string; readonly why: string }[];
}
export interface FoundCase {
  readonly id: string;
  readonly ref: string;
  /** The texts that mention them. */
  readonly texts: readonly string[];
  /** Why nothing in it may be erased now, or null. */
  readonly kept: string | null;
  /** Channels whose threads may repeat it, in Warmline's lines or people's messages. */
  readonly channels: readonly string[];
}

/** How thorough the search is. */
export interface Looking {
  /** Only cases that the search finds: takes seconds, but may miss an edited or old note. */
  readonly quick?: boolean;
  /** Called with the number of cases read so far. */
  readonly onRead?: (cases: number) => void;
}

/**
 * Everything that Warmline stores about someone: in cases, drafts, contact attempts, letters that wait or failed,
 * stored searches, the do-not-send list, the directory and the history. Reads every case unless `quick`.
 */
export async function findPerson(deps: PersonDeps, person: PersonQuery, looking: Looking = {}): Promise<FoundData> {
  const eraser = eraserOf(person);
  const cases: FoundCase[] = [];
  for await (const stored of looking.quick ? mentioned(deps, person) : every(deps, looking)) {
    const said = (await historyOf(deps, stored)).map(({ data }) => textsIn(withoutSp(data)));
    const texts = [...new Set([...textsOf(stored), ...said.flat()])].filter(eraser.mentions);
    if (!texts.length) continue;
    const channels = [...new Set(stored.posts.flatMap(({ sent }) => sent?.channel ?? []))];
    cases.push({ id: stored.id, ref: stored.ref, texts, kept: await whyKept(deps, stored), channels });
  }
  const beside: FoundData['beside'][number][] = [];
  for (const what of KEPT_BESIDE)
    for await (const page of pages<KeptText>(PAGE, (last) => deps.personData.beside(what, last?.id ?? null, PAGE)))
      for (const { id, texts } of page) {
        const own = textsIn(texts).filter(eraser.mentions);
        if (own.length) beside.push({ what, id, texts: own });
      }
  return { cases, beside, standing: await standingOf(deps, eraser) };
}

/** What was erased, case by case, and elsewhere. */
export interface ErasedData {
  readonly found: FoundData;
  readonly cases: readonly string[];
  readonly beside: number;
  /** Cases that kept changing meanwhile: to be tried again. */
  readonly missed: readonly string[];
}

/**
 * Erases what may be erased about someone: words in closed cases that nothing keeps, and outside cases. The rest of a
 * case stays, its chain holds, and the erasure is an event. Each step can be repeated: a crash leaves the rest to the
 * next run.
 */
export async function erasePerson(deps: PersonDeps, person: PersonQuery, looking: Looking = {}): Promise<ErasedData> {
  const found = await findPerson(deps, person, looking);
  const eraser = eraserOf(person);
  const [cases, missed]: [string[], string[]] = [[], []];
  for (const { id, ref, kept } of found.cases) {
    if (kept !== null) continue;
    ((await eraseIn(deps, id, eraser)) ? cases : missed).push(ref);
  }
  for (const { what, id } of found.beside) await deps.personData.clear(what, id, eraser.erased);
  return { found, cases, beside: found.beside.length, missed };
}

/** Why nothing in a case may be erased now, in words. */
async function whyKept(deps: PersonDeps, stored: StoredCase): Promise<string | null> {
  const hold = holdReason(stored);
  if (hold !== null) return `it is on legal hold: ${hold}`;
  if (await deps.holds.of(stored.sp.account)) return `SP ${stored.sp.account} is on legal hold`;
  if (isOpen(stored)) return 'it is open: resolve it first';
  if (isInForce(stored.sanction)) return 'what it set for its SP is in force: lift that first';
  return null;
}

async function eraseIn(deps: PersonDeps, id: string, eraser: Eraser): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries++) {
    const based = await deps.cases.byId(id);
    if (!based) return true;
    if ((await whyKept(deps, based)) !== null) return false;
    const before = await historyOf(deps, based);
    const history = before.map((event) => without(event, eraser));
    const count = history.filter((event, i) => event !== before[i]).length;
    if (!count && !textsOf(based).some(eraser.mentions)) return true;
    const policy = await deps.directory.policy();
    const area = await areaOf(deps, based.area);
    const decision = decide(
      withoutWords(based, eraser),
      { type: 'erase_words', events: count },
      {
        actor: SYSTEM,
        now: deps.now(),
        key: null,
        mayAct: true,
        clock: clockMaker(policy, area, based.kind, based.severity),
        resume: clockResumer(policy, area),
      },
    );
    if (!decision.ok) throw new Error(decision.reason);
    const { facts, events } = decision;
    const places = { moveTo: null, leadership: null, people: null };
    const { posts, outbox } = withMessages(facts, events, mailboxOf(based), places);
    // Not through the store of cases, which adds what webhooks are owed: this write replaces events.
    const owed = enqueue(outbox, ...eventsOwed(policy.webhooks, facts, events));
    const mailbox = mailboxWithinBounds({ posts, outbox: owed });
    if (!(await deps.personData.rewrite(based, { facts, history, added: events, mailbox }))) continue;
    deps.onStored(queuesOf(mailbox));
    return true;
  }
  return false;
}

/** The facts without words about the person; the SP stays, because it is the business's own partner. */
function withoutWords(stored: StoredCase, eraser: Eraser): CaseFacts {
  const { id: _i, version: _v, events: _e, posts: _p, outbox: _o, said: _s, sp, ...facts } = stored;
  return { ...mapTexts(facts, eraser.erased), sp };
}

/** An event without words about the person; the same event if it has none. */
function without(event: SealedEvent, eraser: Eraser): SealedEvent {
  const own = withoutSp(event.data);
  const data = mapTexts(own, eraser.erased);
  if (data === own) return event;
  const { salt: _s, ...rest } = event;
  return { ...rest, data: { ...event.data, ...data }, erased: true } as SealedEvent;
}

/** Everything but the SP. */
const withoutSp = (all: object): object => {
  const { sp: _, ...rest } = all as { readonly sp?: unknown };
  return rest;
};

const textsOf = (stored: StoredCase): readonly string[] =>
  textsIn(withoutSp({ ...stored, events: [], posts: [], outbox: [] }));

async function historyOf({ history }: PersonDeps, stored: StoredCase): Promise<readonly SealedEvent[]> {
  const all: SealedEvent[] = [];
  for await (const page of history.all(stored)) all.push(...page);
  return all;
}

const isStored = (one: Provable): one is StoredCase => 'outbox' in one;

async function* every({ records }: PersonDeps, { onRead }: Looking): AsyncGenerator<StoredCase> {
  let read = 0;
  for await (const page of pages<Provable>(PAGE, (last) => records.page(last?.id ?? null, PAGE)))
    for (const one of page) {
      onRead?.(++read);
      if (isStored(one)) yield one;
    }
}

/** The cases with the search words, each once. */
async function* mentioned(deps: PersonDeps, person: PersonQuery): AsyncGenerator<StoredCase> {
  const ids = new Set<string>();
  for (const words of wordsToFind(person)) {
    const query = {
      words: words.map((word) => ({ word, begins: false })),
      readable: [{}],
      notAbout: '',
      filedFrom: null,
      filedBefore: null,
    };
    const found = (last: CaseRecord | null) =>
      deps.search.page(query, PAGE, { key: last && { at: last.filedAt, id: last.id } });
    for await (const page of pages<CaseRecord>(PAGE, found)) for (const { id } of page) ids.add(id);
  }
  for (const id of ids) {
    const stored = await deps.cases.byId(id);
    if (stored) yield stored;
  }
}

async function standingOf(deps: PersonDeps, eraser: Eraser): Promise<FoundData['standing']> {
  const found: FoundData['standing'][number][] = [];
  for await (const page of pages<SpStanding>(PAGE, (last) => deps.standings.page(last?.account ?? null, PAGE)))
    for (const { account, said } of page)
      for (const { ref, banned } of said)
        if (banned && eraser.mentions(banned.who))
          found.push({ where: `do-not-send list of SP ${account}`, why: `it stands until it is lifted in ${ref}` });
  for (let skip = 0; ; skip += PAGE) {
    const { rows } = await deps.configuration.findProviders('', { skip, limit: PAGE, atMost: Number.MAX_SAFE_INTEGER });
    for (const { account, name, phone, email } of rows)
      if ([name, phone, email].some((text) => text && eraser.mentions(text)))
        found.push({ where: `SP directory, ${account}`, why: 'change it under Admin → SPs' });
    if (rows.length < PAGE) break;
  }
  return [...found, ...(await historyNaming(deps, eraser))];
}

/** The history of the configuration has former names and numbers of SPs, and reasons of legal holds. */
async function historyNaming({ configuration }: PersonDeps, eraser: Eraser): Promise<FoundData['standing']> {
  const places = new Set<string>();
  for (let skip = 0; ; skip += PAGE) {
    const events = await configuration.history({}, { skip, limit: PAGE });
    for (const { what, key, before, after } of events)
      if (textsIn([before, after]).some(eraser.mentions)) places.add(`Admin history, ${PLACES[what](key)}`);
    if (events.length < PAGE) return [...places].map((where) => ({ where, why: 'it is never edited' }));
  }
}
const PLACES: Readonly<Record<ConfigKind, (key: string) => string>> = {
  area: (key) => `area ${key}`,
  provider: (key) => `SP ${key}`,
  sp_hold: (key) => `legal hold of SP ${key}`,
  policy: () => 'policy',
  catalogue: () => 'answer options',
  texts: () => 'closing texts',
};
