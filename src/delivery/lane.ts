import { isFilesQueue, laneOfQueue } from '../domain/mailbox';
import type { Waiting } from '../services/ports/cases';
import { type Attempt, type DispatchDeps, dispatch } from './dispatch';
import { Pace } from './pace';
import { Troubles, waitOf } from './troubles';
import type { DeliveryDeps } from './worker';

const PAGE = 50;
const CONTENDED_MS = 250;
/** The clocks of two machines differ by less. */
const CLOCKS_APART_MS = 60 * 60_000;
/** So many messages are tried in a row to see whether it is Slack that fails. */
const MOST_PROBES = 10;
/** So many nudges for one person make one message; Slack takes 50 blocks, and people less. */
const MOST_TOGETHER = 10;

/** What sending has to know of the worker. */
interface Hooks {
  readonly kick: (lanes: readonly string[]) => void;
  readonly isStopping: () => boolean;
  /** What waits in a lane is looked at now. */
  readonly onLook: (lane: string) => void;
}

/** For how long nothing of a lane goes out. One that `rests` wakes for something new. */
export interface Rest {
  readonly ms: number;
  readonly rests: boolean;
}

/** How a round through what waits ends. */
type End =
  | { readonly is: 'goes_on' }
  /** Nothing of the lane goes out for so long. */
  | { readonly is: 'blocked'; readonly ms: number; readonly fault?: string }
  /** What waits, waits for its own next try. */
  | { readonly is: 'rests'; readonly ms: number };

/** Sending in one lane at a time, under its lease. */
export function createSending(deps: DeliveryDeps, { kick, isStopping, onLook }: Hooks) {
  const { cases, leases } = deps;
  const pace = new Pace();
  /** Deliveries whose last attempt may have arrived, with their lanes. */
  const uncertain = new Map<string, string>();
  const troubles = new Troubles();
  const targetOf = (queue: string) => deps.targetFor(laneOfQueue(queue));
  const failures = new Failures((lane, count) => waitOf(targetOf(lane).patience.waits, count));
  const dispatching: DispatchDeps = {
    ...deps,
    pace,
    uncertain,
    troubles,
    backoff: (lane) => failures.next(lane),
    kick,
    mayGoOn(lane) {
      if (isStopping()) return { is: 'blocked', ms: 0 };
      return leases.holds(lane) ? null : { is: 'blocked', ms: CONTENDED_MS }; // somebody else may be sending here by now
    },
  };
  const round = roundOf((lane, batch) => dispatch(dispatching, lane, batch), troubles, failures);

  /** What waits in a lane, also by a machine whose clock is ahead of this one's. */
  const waitingByAnyClock = (lane: string, most: number) =>
    cases.waiting(lane, most, new Date(+deps.now() + CLOCKS_APART_MS));

  /** Whether something that may have arrived waits in the lane for its moment. */
  async function isInDoubt(lane: string): Promise<boolean> {
    return [...uncertain.values()].includes(lane) && (await waitingByAnyClock(lane, 1)).length > 0;
  }

  /** Nothing waits in the lane any more. */
  function forget(lane: string): null {
    for (const [id, its] of uncertain) if (its === lane) uncertain.delete(id);
    troubles.clear(lane);
    return null;
  }

  return {
    failures,
    stop: () => pace.stop(),

    /** Sends what waits in a lane, in order, until it is empty (null) or something stands in the way. Rejects when the store does not answer. */
    async drain(lane: string): Promise<Rest | null> {
      const lease = await leases.claim(lane);
      if (!lease) return { ms: CONTENDED_MS, rests: false };
      pace.rest(lane, lease.restMs);
      troubles.take(lane, targetOf(lane).serviceOf(laneOfQueue(lane)), lease.troubles);
      for (const deliveryId of lease.suspects) uncertain.set(deliveryId, lane);
      // Whatever its dead holder had in hand may have arrived: look before sending what it could have sent.
      let { orphaned } = lease;
      let blocked: string | null = null;
      try {
        for (;;) {
          onLook(lane);
          const most = PAGE + troubles.aside(lane).count;
          if (orphaned)
            for (const { deliveryId } of await waitingByAnyClock(lane, most)) uncertain.set(deliveryId, lane);
          orphaned = false;
          const page = await cases.waiting(lane, most, deps.now());
          if (!page.length) return (await isInDoubt(lane)) ? null : forget(lane);
          const end = await round(lane, page);
          if (end.is === 'goes_on') continue;
          if (end.is === 'blocked') blocked = end.fault ?? null;
          return { ms: end.ms, rests: end.is === 'rests' };
        }
      } finally {
        const suspects = [...uncertain].flatMap(([id, its]) => (its === lane ? [id] : []));
        const state = { orphaned, suspects, troubles: troubles.of(lane), restMs: pace.restMs(lane), blocked };
        await leases.release(lane, state);
      }
    },
  };
}

/** How often each lane failed in a row. */
class Failures {
  private readonly counts = new Map<string, number>();

  constructor(private readonly waitFor: (lane: string, count: number) => number) {}

  /** It failed once more: how long it waits, ms. */
  next(lane: string): number {
    const count = (this.counts.get(lane) ?? 0) + 1;
    this.counts.set(lane, count);
    return this.waitFor(lane, count);
  }

  forget(lane: string): void {
    this.counts.delete(lane);
  }
}

/** Sends what waits, in order; what waits for its own next try, and what belongs behind it, is left out. */
function roundOf(
  send: (lane: string, batch: readonly Waiting[]) => Promise<Attempt>,
  troubles: Troubles,
  failures: Failures,
) {
  return async (lane: string, page: readonly Waiting[]): Promise<End> => {
    /** Cards of which something has to come first. */
    const halted = new Set<string>();
    const halt = (batch: readonly Waiting[]) => {
      for (const { card } of batch) if (card && !isFilesQueue(lane)) halted.add(card);
    };
    const isLeft = (waiting: Waiting) =>
      troubles.isAside(waiting.deliveryId) || (waiting.card !== null && halted.has(waiting.card));
    let wentOut = false;
    let probes = 0;
    for (const batch of batches(page)) {
      const left = batch.filter(isLeft);
      halt(left);
      const eligible = batch.filter((waiting) => !left.includes(waiting));
      if (!eligible.length) continue;
      const attempt = await send(lane, eligible);
      if (attempt.is === 'blocked') return attempt;
      if (attempt.is === 'aside' || attempt.is === 'probe') halt(eligible);
      if (attempt.is === 'probe' && ++probes >= MOST_PROBES) break;
      if (attempt.is !== 'done' && attempt.is !== 'reordered') continue;
      wentOut = true;
      failures.forget(lane);
      if (attempt.is === 'reordered') break;
    }
    if (wentOut) return { is: 'goes_on' };
    return probes ? { is: 'blocked', ms: failures.next(lane) } : { is: 'rests', ms: troubles.aside(lane).ms };
  };
}

/** What waits, in order; nudges go together in the place of the first of them. */
function batches(page: readonly Waiting[]): readonly (readonly Waiting[])[] {
  const nudges = page.filter(({ isNudge }) => isNudge);
  return page.flatMap((waiting): (readonly Waiting[])[] => {
    if (!waiting.isNudge) return [[waiting]];
    const place = nudges.indexOf(waiting);
    return place % MOST_TOGETHER ? [] : [nudges.slice(place, place + MOST_TOGETHER)];
  });
}
