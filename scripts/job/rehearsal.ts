import { type Actor, SYSTEM } from '../../src/domain/actor';
import type { Alarm } from '../../src/domain/alarms';
import type { RungTarget } from '../../src/domain/allowance';
import type { CaseEvent } from '../../src/domain/event';
import { type LetterContent, titleOf } from '../../src/domain/letters';
import type { Delivery } from '../../src/domain/mailbox';
import type { JobDeps } from '../../src/jobs/job';
import type { StoredCase } from '../../src/services/ports/cases';
import type { Due } from '../../src/services/ports/retention';
import { storedAfter } from '../../src/services/stored-after';

/** A message that a job would send: one line of a dry run. */
export interface WouldSend {
  /** Not before. */
  readonly at: Date;
  /** A Slack user id or channel id. */
  readonly to: string;
  readonly ref: string | null;
  readonly why: string;
}

/** What jobs may call on each store in a dry run; anything else is refused, so that a new write cannot slip through. */
const READS: { readonly [Store in keyof JobDeps]?: readonly (keyof JobDeps[Store])[] } = {
  cases: [
    'due',
    'openPage',
    'stalled',
    'openOwners',
    'ownerless',
    'openOf',
    'undelivered',
    'changedAfter',
    'backlog',
    'lanesWithWork',
    'grantedTo',
  ],
  history: ['hasKey', 'newestAbout'],
  contacts: ['ofSj'],
  reports: [
    'openIn',
    'praiseIn',
    'inState',
    'unrouted',
    'hasOpen',
    'hasAny',
    'dead',
    'reported',
    'unwatched',
    'watchedOf',
    'raisedFor',
  ],
  letters: ['known', 'served', 'pending', 'due', 'failed'],
  alarms: ['open', 'count'],
  desks: ['withDead'],
  lanes: ['blocked'],
  retention: ['held', 'heldBySp', 'refused', 'older'],
  holds: ['page'],
  standings: ['lapsing'],
  directory: ['area', 'areas', 'formerAreas', 'provider', 'policy', 'catalogue'],
  covers: ['recent', 'notOver', 'byId', 'owing'],
  calendars: ['due', 'find'],
  preferences: ['recent'],
  people: ['inGroup', 'account', 'inChannel'],
};

/** Cases are remembered; what is in their outbox goes to `tell`. */
function caseWrites(deps: JobDeps, tell: (would: WouldSend) => void): Partial<JobDeps['cases']> {
  const cases = new Map<string, StoredCase>();
  return {
    byId: async (id) => cases.get(id) ?? deps.cases.byId(id),
    byRef: async (ref) => [...cases.values()].find((one) => one.ref === ref) ?? deps.cases.byRef(ref),
    async insert(stored) {
      if (cases.has(stored.id) || (await deps.cases.byId(stored.id))) return 'exists';
      cases.set(stored.id, stored);
      for (const delivery of stored.outbox) tell(wouldSend(stored, delivery));
      return 'inserted';
    },
    async save(based, change) {
      const { mailbox } = change;
      const stored = storedAfter(based, change);
      cases.set(stored.id, stored);
      const known = based.outbox.map(({ id }) => id);
      for (const delivery of mailbox.outbox)
        if (!known.includes(delivery.id) && delivery.content.type !== 'redraw') tell(wouldSend(stored, delivery));
      return true;
    },
  };
}

/** `deletes` is called with each case that would be deleted. */
function retentionWrites(deps: JobDeps, deletes: (would: Due) => void): Partial<JobDeps['retention']> {
  const due = new Map<string, Due>();
  return {
    async due(...asked) {
      const found = await deps.retention.due(...asked);
      for (const one of found) due.set(one.id, one);
      return found;
    },
    async bury(ids) {
      for (const one of ids.map((id) => due.get(id))) if (one) deletes(one);
      return ids.length;
    },
    uncleared: async () => [],
    standing: async () => [],
    drop: (what, before, limit) => deps.retention.older(what, before, limit),
  };
}

/**
 * A job's dependencies without any write: what it would send goes to `tell`, what it would store is remembered only for
 * the run, so that the job continues as if it were stored. Nothing is delivered. `deletes` is called with each case
 * that would be deleted.
 */
export function rehearsal(
  deps: JobDeps,
  tell: (would: WouldSend) => void,
  deletes: (would: Due) => void = () => undefined,
): JobDeps {
  const letters = new Set<string>();
  const raised: Alarm[] = [];
  let references = 0;
  const letter = (to: Actor | string, at: Date, content: LetterContent) =>
    tell({ at, to, ref: null, why: letterWords(content) });

  const writes: { readonly [Store in keyof JobDeps]?: Partial<JobDeps[Store]> } = {
    cases: caseWrites(deps, tell),
    letters: {
      async put({ id, to, at, content }) {
        if (letters.has(id) || (await deps.letters.known([id])).has(id)) return false;
        letters.add(id);
        letter(to, at, content);
        return true;
      },
      bringForward: async () => 0,
      claim: async () => true,
      withdraw: async () => undefined,
      done: async () => undefined,
      fail: async () => undefined,
    },
    alarms: {
      async raise(alarm) {
        const open = await deps.alarms.open(Number.MAX_SAFE_INTEGER);
        if ([...open, ...raised].some(({ id }) => id === alarm.id)) return false;
        raised.push(alarm);
        return true;
      },
      untold: async (limit) => [...(await deps.alarms.untold(limit)), ...raised].slice(0, limit),
      told: async () => undefined,
      clear: async () => true,
    },
    calendars: {
      claim: async () => true,
      done: async () => undefined,
      forget: async () => undefined,
    },
    covers: {
      ask: async () => undefined,
      settle: async () => true,
      shorten: async () => true,
      told: async () => undefined,
    },
    retention: retentionWrites(deps, deletes),
    jobRuns: { keep: async () => undefined },
    reports: { watched: async () => undefined },
    references: { next: async () => `NEW-${++references}` },
  };

  const stores = Object.entries(deps).map(([name, need]) => {
    const store = name as keyof JobDeps;
    return [
      name,
      isStore(need) && store !== 'log' ? guarded(name, need, READS[store] ?? [], writes[store] ?? {}) : need,
    ];
  });
  return {
    ...(Object.fromEntries(stores) as JobDeps),
    sendLetter: async ({ to, at, content }, _again, ids) => {
      letter(to, at, content);
      return { is: 'sent', ids };
    },
    unpost: async () => null,
    // Nothing is deleted, so any time may be tried.
    slackNow: async () => deps.now(),
    onStored: () => undefined,
    onRun: () => undefined,
  };
}

const isStore = (need: unknown): need is object => typeof need === 'object' && need !== null && !Array.isArray(need);

/** The store with these methods replaced, and only its reading ones otherwise. */
const guarded = (name: string, store: object, reads: readonly PropertyKey[], instead: object): object =>
  new Proxy(store, {
    get(target, method) {
      const chosen: unknown = Reflect.get(method in instead ? instead : target, method);
      if (method in instead || reads.includes(method)) return chosen;
      return () => {
        throw new Error(`this job also does ${name}.${String(method)}, which a dry run cannot show`);
      };
    },
  });

function wouldSend(stored: StoredCase, { at, lane, content }: Delivery): WouldSend {
  const event = 'seq' in content ? stored.events.find(({ seq }) => seq === content.seq) : undefined;
  const why = event
    ? eventWords(event)
    : content.type === 'card'
      ? `the card: ${stored.title}`
      : content.type.replace('_', ' ');
  return { at, to: lane, ref: stored.ref, why };
}

/** "acknowledge clock due 2026-11-02 16:00Z, rung 2: DM to the owner". */
function eventWords(event: CaseEvent): string {
  switch (event.type) {
    case 'nudged': {
      const { clock, dueAt, rung, to } = event.data;
      return `${clock} clock due ${moment(dueAt)}, rung ${rung + 1}: ${targetWords(to)}`;
    }
    case 'promise_missed':
      return `the update promised for ${moment(event.data.promisedFor)} has not come`;
    case 'clock_started':
      return `the ${event.data.clock.name} clock did not run and is started`;
    case 'clocks_corrected':
      return 'its clocks began in the future and begin now';
    case 'woken':
      return 'its snooze is over';
    default:
      return `${event.type.replaceAll('_', ' ')}${event.actor === SYSTEM ? '' : ` by ${event.actor}`}`;
  }
}

function targetWords(to: RungTarget): string {
  if (to === 'thread') return 'mention in the thread';
  if (to === 'leadership') return 'the leadership channel';
  if (to === 'owner' || to === 'deputy' || to === 'manager') return `DM to the ${to}`;
  const [kind, id] = to.split(':');
  return kind === 'channel' ? `channel ${id}` : `DM to ${kind} ${id}`;
}

const letterWords = (content: LetterContent): string =>
  content.type === 'alarms' ? `alarm: ${content.about.join(' ')}` : titleOf(content).toLowerCase();

/** An instant as an operator reads it: UTC, to the minute. */
export const moment = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')}Z`;
