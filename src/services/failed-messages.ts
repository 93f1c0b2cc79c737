import { isRestricted, mayRead, type Person, type Sight, sightOf } from '../domain/access';
import type { CaseFacts } from '../domain/case';
import type { Page } from '../domain/desk';
import type { FieldFault } from '../domain/directory-rules';
import { queuesOf } from '../domain/lane-queue';
import type { FailedLetter } from '../domain/letters';
import { type Content, mailboxOf } from '../domain/mailbox';
import { type Remedy, remedied } from '../domain/remedy';
import { closedChannels } from '../domain/routing';
import { isPerson, type Lane } from '../domain/targets';
import type { ServiceDeps } from './deps';
import { DESK_COUNTED, DESK_ROWS, paged } from './desk';
import { resolveChannel, resolvePerson } from './import-people-and-channels';
import type { OwingCase } from './ports/cases';
import { areaOf, personOf } from './standing';

/** Messages of a case that did not reach one channel or person. */
export interface FailedToReach {
  readonly record: OwingCase;
  /** For a need-to-know case only its existence, whoever looks: the failure has nothing to do with its text. */
  readonly sight: Sight;
  readonly lane: Lane;
  readonly what: readonly Content['type'][];
  readonly fault: string;
}

export interface FailedMessages {
  /** By case, last changed first, without those about the person. */
  readonly cases: Page<FailedToReach>;
  /** The newest of those that belong to no case, and how many there are. */
  readonly letters: readonly FailedLetter[];
  readonly letterCount: number;
}

/** How many messages are retried at once. */
const MOST_RETRIED = 500;
const MOST_TRIES = 20;

/** Messages that could not be delivered (architecture section 3). For admins only. */
export async function failedMessages(deps: ServiceDeps, person: Person, page: number): Promise<FailedMessages> {
  const [found, areas, letters, letterCount] = await Promise.all([
    paged(page, DESK_ROWS, {
      rows: (skip, limit) => deps.desks.withDead(skip, limit),
      count: () => deps.desks.withDeadCount(DESK_COUNTED + 1),
    }),
    deps.directory.areas(),
    deps.letters.failed(DESK_ROWS),
    deps.letters.failedCount(DESK_COUNTED),
  ]);
  const rows = found.rows.flatMap((record) => {
    const sight = sightOf(record, person, areas.find(({ name }) => name === record.area) ?? null);
    if (!sight) return [];
    const shown = isRestricted(record.kind) ? 'existence' : sight;
    return failedOf(record).map((failed) => ({ record, sight: shown, ...failed }));
  });
  return { cases: { ...found, rows }, letters, letterCount };
}

/** Grouped by the channel or person they were for. */
function failedOf({ outbox }: Pick<OwingCase, 'outbox'>): readonly Pick<FailedToReach, 'lane' | 'what' | 'fault'>[] {
  const dead = outbox.filter(({ dead: fault }) => fault !== null);
  return [...new Set(dead.map(({ lane }) => lane))].map((lane) => {
    const here = dead.filter((delivery) => delivery.lane === lane);
    return { lane, what: here.map(({ content }) => content.type), fault: here[0]?.dead ?? '' };
  });
}

/** Retries all failed messages, of at most 500 cases and 500 letters; returns how many of both. */
export async function retryAll(deps: ServiceDeps): Promise<number> {
  const [cases, letters] = await Promise.all([deps.desks.withDead(0, MOST_RETRIED), deps.letters.failed(MOST_RETRIED)]);
  for (const record of cases)
    for (const { lane } of failedOf(record)) await remedy(deps, record.ref, lane, { is: 'retry' });
  const again = await Promise.all(letters.map(({ id }) => deps.letters.retry(id, deps.now())));
  return cases.length + again.filter(Boolean).length;
}

export type Done = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/**
 * Handles what a case could not deliver to a channel or person, in one versioned write; a lost race is decided again.
 * Rejects if the store is unreachable.
 */
export async function remedy(deps: ServiceDeps, ref: string, lane: Lane, how: Remedy): Promise<Done> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const based = await deps.cases.byRef(ref);
    if (!based) return { ok: false, reason: `${ref} is no longer in the records.` };
    const after = remedied(based, mailboxOf(based), lane, how, deps.now());
    if (!after.ok) return { ok: false, reason: REASONS[after.is](ref) };
    const { mailbox } = after;
    if (await deps.cases.save(based, { facts: based, events: [], mailbox })) {
      deps.onStored(queuesOf(mailbox));
      return { ok: true };
    }
  }
  throw new Error(`${ref} changed ${MOST_TRIES} times while its failed messages were being handled.`);
}

const REASONS: Record<(ReturnType<typeof remedied> & { ok: false })['is'], (ref: string) => string> = {
  gone: (ref) => `No message of ${ref} is given up there anymore: someone already handled it.`,
  closed: (ref) =>
    `${ref} is need-to-know: send it to a channel of the role that reads it, or to a person who has that role. Nothing was sent.`,
  machine: (ref) => `What ${ref} could not post to a webhook is for that webhook alone: try again, or dismiss it.`,
  in_place: (ref) =>
    `The card of ${ref} is in its channel, and what failed belongs under it: try again, or dismiss it.`,
};

export type Redirected = Done | { readonly ok: false; readonly faults: readonly FieldFault[] };

/** Sends a case's failed messages to another channel or person who may know of it (domain section 10). */
export async function redirect(
  deps: ServiceDeps,
  { ref, lane }: { readonly ref: string; readonly lane: Lane },
  { channel, person }: { readonly channel: string; readonly person: string },
): Promise<Redirected> {
  if (Boolean(channel) === Boolean(person))
    return { ok: false, faults: [{ field: 'channel', message: 'Choose either a channel or a person.' }] };
  const facts = await deps.cases.byRef(ref);
  if (!facts) return { ok: false, reason: `${ref} is no longer in the records.` };
  const field = channel ? 'channel' : 'person';
  const closed = closedChannels(facts, (await deps.directory.policy()).channels);
  const isClosed = closed.includes(channel);
  const found = channel ? await resolveChannel(deps.slack, channel, isClosed) : await resolvePerson(deps.slack, person);
  if (!found.ok) return { ok: false, faults: [{ field, message: found.reason }] };
  const place = found.id;
  if (await tellsSubject(deps, facts, place))
    return {
      ok: false,
      faults: [{ field, message: 'Someone the report is about would read it. Choose another.' }],
    };
  const reads = channel ? isClosed : await mayReadIt(deps, facts, place);
  const may = !isRestricted(facts.kind) || reads;
  return remedy(deps, ref, lane, { is: 'redirect', place, mayRead: may });
}

async function tellsSubject({ people }: ServiceDeps, { subjects }: CaseFacts, place: string): Promise<boolean> {
  if (!subjects.length) return false;
  if (subjects.includes(place)) return true;
  if (isPerson(place)) return false;
  const members = await people.inChannel(place);
  return subjects.some((subject) => members.includes(subject));
}

async function mayReadIt(deps: ServiceDeps, facts: CaseFacts, person: string): Promise<boolean> {
  const [who, area] = await Promise.all([personOf(deps, person, [facts]), areaOf(deps, facts.area)]);
  return mayRead(facts, who, area);
}
