import { isFilesQueue, laneOfQueue, type Queue, queueOf } from '../domain/lane-queue';
import { isReady } from '../domain/mailbox';
import type { StoredCase, Waiting } from '../services/ports/cases';
import { CasesAtHand } from './at-hand';
import type { Attempt, DispatchDeps } from './attempt';
import type { DeliveryDeps } from './deps';
import { dispatch } from './dispatch';
import { storeMarks } from './finish';
import { Marks } from './marks';
import { Pace } from './pace';
import { Troubles, waitOf } from './troubles';

const PAGE = 50;
const CONTENDED_MS = 250;
/** The clocks of two machines differ by less. */
const CLOCKS_APART_MS = 60 * 60_000;
/** How many messages in a row are tried to see whether Slack fails. */
const MOST_PROBES = 10;
/** How many nudges for one person make one message; Slack takes 50 blocks, people fewer. */
const MOST_TOGETHER = 10;

/** What sending needs from the worker. */
interface Hooks {
  readonly kick: (queues: readonly Queue[]) => void;
  readonly isStopping: () => boolean;
  /** The queue is being read. */
  readonly onLook: (queue: Queue) => void;
  /** A case was stored with the results of its messages. */
  readonly onMarked: (stored: StoredCase) => void;
}

/** How long a queue pauses. One that `rests` wakes for something new. */
export interface Rest {
  readonly ms: number;
  readonly rests: boolean;
}

/** How a pass through a queue ends. */
type End =
  | { readonly is: 'goes_on' }
  /** Nothing in the queue goes out for this long. */
  | { readonly is: 'blocked'; readonly ms: number; readonly fault?: string }
  /** All that waits has to wait for its next try. */
  | { readonly is: 'rests'; readonly ms: number };

/** Sends in one queue at a time, under its lease. */
export function createSending(deps: DeliveryDeps, { kick, isStopping, onLook, onMarked }: Hooks) {
  const { cases, leases } = deps;
  const pace = new Pace();
  /** Deliveries whose last attempt may have arrived, with their queues. */
  const uncertain = new Map<string, Queue>();
  const troubles = new Troubles();
  const targetOf = (queue: Queue) => deps.targetFor(laneOfQueue(queue));
  const failures = new Failures((queue, count) => waitOf(targetOf(queue).patience.waits, count));
  const atHand = new CasesAtHand();
  const marks = new Marks((some) => storeMarks({ ...deps, atHand, kick, onMarked }, some));
  const dispatching: DispatchDeps = {
    ...deps,
    atHand,
    marks,
    pace,
    uncertain,
    troubles,
    backoff: (queue) => failures.next(queue),
    kick,
    mayGoOn(queue) {
      if (isStopping()) return { is: 'blocked', ms: 0 };
      return leases.holds(queue) ? null : { is: 'blocked', ms: CONTENDED_MS }; // someone else may be sending here by now
    },
  };
  const round = roundOf((queue, batch) => dispatch(dispatching, queue, batch), { troubles, failures, marks });

  /** What waits in a queue, even by a machine whose clock is ahead of this one's. */
  const waitingByAnyClock = (queue: Queue, most: number) =>
    cases.waiting(queue, most, new Date(+deps.now() + CLOCKS_APART_MS));

  /** Whether something that may have arrived waits in the queue for its time. */
  async function isInDoubt(queue: Queue): Promise<boolean> {
    return [...uncertain.values()].includes(queue) && (await waitingByAnyClock(queue, 1)).length > 0;
  }

  /** Nothing waits in the queue anymore. */
  function forget(queue: Queue): null {
    for (const [id, its] of uncertain) if (its === queue) uncertain.delete(id);
    troubles.clear(queue);
    return null;
  }

  return {
    failures,
    stop: () => pace.stop(),

    /** Sends what waits in a queue, in order, until it is empty (null) or blocked. Rejects if the store is down. */
    async drain(queue: Queue): Promise<Rest | null> {
      const lease = await leases.claim(queue);
      if (!lease) return { ms: CONTENDED_MS, rests: false };
      pace.rest(queue, lease.restMs);
      troubles.take(queue, targetOf(queue).serviceOf(laneOfQueue(queue)), lease.troubles);
      for (const deliveryId of lease.suspects) uncertain.set(deliveryId, queue);
      // Whatever the dead holder was sending may have arrived: look before sending it.
      let { orphaned } = lease;
      let isFirst = !orphaned;
      let blocked: string | null = null;
      try {
        for (;;) {
          onLook(queue);
          const most = PAGE + troubles.aside(queue).count;
          if (orphaned)
            for (const { deliveryId } of await waitingByAnyClock(queue, most)) uncertain.set(deliveryId, queue);
          orphaned = false;
          const alone = isFirst ? await oneAlone(dispatching, queue) : null;
          isFirst = false;
          const page = alone?.page ?? (await cases.waiting(queue, most, deps.now()));
          if (!page.length) return (await isInDoubt(queue)) ? null : forget(queue);
          const end = await round(queue, page);
          if (end.is === 'goes_on' && alone && isOver(dispatching, queue, alone.caseId)) return forget(queue);
          if (end.is === 'goes_on') continue;
          if (end.is === 'blocked') blocked = end.fault ?? null;
          return { ms: end.ms, rests: end.is === 'rests' };
        }
      } finally {
        const suspects = [...uncertain].flatMap(([id, its]) => (its === queue ? [id] : []));
        const state = { orphaned, suspects, troubles: troubles.of(queue), restMs: pace.restMs(queue), blocked };
        await leases.release(queue, state);
      }
    },
  };
}

/** The usual case: all that waits belongs to one case, read with it. Returns its id; null for more, or nothing. */
async function oneAlone(
  { cases, atHand, now }: DispatchDeps,
  queue: Queue,
): Promise<{ page: readonly Waiting[]; caseId: string } | null> {
  const found = await cases.waitingOfOne(queue, now());
  if (!found?.waiting.length) return null;
  atHand.keep(found.of);
  return { page: found.waiting, caseId: found.of.id };
}

/** Whether the case has nothing left in this queue: anything new is announced, and checked then. */
function isOver({ atHand, uncertain }: DispatchDeps, queue: Queue, caseId: string): boolean {
  const stored = atHand.of(caseId);
  const left = stored?.outbox.some((one) => queueOf(one) === queue && isReady(stored.posts, one));
  return left === false && ![...uncertain.values()].includes(queue);
}

/** How often each queue failed in a row. */
class Failures {
  private readonly counts = new Map<Queue, number>();

  constructor(private readonly waitFor: (queue: Queue, count: number) => number) {}

  /** Counts a failure and returns how long to wait, ms. */
  next(queue: Queue): number {
    const count = (this.counts.get(queue) ?? 0) + 1;
    this.counts.set(queue, count);
    return this.waitFor(queue, count);
  }

  forget(queue: Queue): void {
    this.counts.delete(queue);
  }
}

/** Sends what waits, in order, except what waits for its own next try and what belongs after it. */
function roundOf(
  send: (queue: Queue, batch: readonly Waiting[]) => Promise<Attempt>,
  { troubles, failures, marks }: { readonly troubles: Troubles; readonly failures: Failures; readonly marks: Marks },
) {
  return async (queue: Queue, page: readonly Waiting[]): Promise<End> => {
    try {
      return await through(queue, page);
    } finally {
      marks.release(page);
      await marks.stored(queue);
    }
  };

  async function through(queue: Queue, page: readonly Waiting[]): Promise<End> {
    /** Cards with something that has to come first. */
    const halted = new Set<string>();
    const halt = (batch: readonly Waiting[]) => {
      for (const { card } of batch) if (card && !isFilesQueue(queue)) halted.add(card);
    };
    const isLeft = (waiting: Waiting) =>
      troubles.isAside(waiting.deliveryId) || (waiting.card !== null && halted.has(waiting.card));
    let wentOut = false;
    let probes = 0;
    const all = batches(page);
    for (const [i, batch] of all.entries()) {
      const left = batch.filter(isLeft);
      halt(left);
      const eligible = batch.filter((waiting) => !left.includes(waiting));
      if (!eligible.length) continue;
      marks.hold(queue, following(batch, all[i + 1]));
      const attempt = await send(queue, eligible);
      if (attempt.is === 'blocked') return attempt;
      if (attempt.is === 'aside' || attempt.is === 'probe') halt(eligible);
      if (attempt.is === 'probe' && ++probes >= MOST_PROBES) break;
      if (attempt.is !== 'done' && attempt.is !== 'reordered') continue;
      wentOut = true;
      failures.forget(queue);
      if (attempt.is === 'reordered') break;
    }
    if (wentOut) return { is: 'goes_on' };
    return probes ? { is: 'blocked', ms: failures.next(queue) } : { is: 'rests', ms: troubles.aside(queue).ms };
  }
}

/** The messages that follow, if they are of the same case: both are then marked in one write. */
const following = (batch: readonly Waiting[], next: readonly Waiting[] = []): readonly Waiting[] => {
  const about = new Set([...batch, ...next].map(({ caseId }) => caseId));
  return about.size === 1 ? next : [];
};

/** What waits, in order; nudges are combined in the place of the first one. */
function batches(page: readonly Waiting[]): readonly (readonly Waiting[])[] {
  const nudges = page.filter(({ isNudge }) => isNudge);
  return page.flatMap((waiting): (readonly Waiting[])[] => {
    if (!waiting.isNudge) return [[waiting]];
    const place = nudges.indexOf(waiting);
    return place % MOST_TOGETHER ? [] : [nudges.slice(place, place + MOST_TOGETHER)];
  });
}
